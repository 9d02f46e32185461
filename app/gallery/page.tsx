import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Gallery } from "./gallery.tsx";

export const metadata: Metadata = { title: "Gallery" };

/** One story per state of every part; a bug in looks starts with a story. Not in the product. */
export default function GalleryPage() {
  // biome-ignore lint/style/noProcessEnv: which build this is, set by Next itself
  if (process.env.NODE_ENV === "production") notFound();
  return <Gallery />;
}
