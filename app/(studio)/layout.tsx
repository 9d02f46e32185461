import type { ReactNode } from "react";
import { Frame } from "../../components/shell/frame.tsx";
import { NAVIGATION } from "./navigation.ts";

/** The frame around every screen. */
export default function StudioLayout({ children }: { children: ReactNode }) {
  return <Frame navigation={NAVIGATION}>{children}</Frame>;
}
