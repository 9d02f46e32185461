import "@fontsource-variable/atkinson-hyperlegible-mono";
import "@fontsource-variable/atkinson-hyperlegible-next";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { FIRST_PAINT_SCRIPT } from "../components/shell/first-paint.ts";
import { ReadyMark } from "../components/shell/ready-mark.tsx";

export const metadata: Metadata = {
  title: { default: "Fieldline", template: "%s · Fieldline" },
  description: "Keeps records in agreement between systems, field by field.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** The page around everything: fonts, tokens, and the reader's theme before the first paint. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The script sets attributes on <html> before React sees it.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of our own */}
        <script dangerouslySetInnerHTML={{ __html: FIRST_PAINT_SCRIPT }} />
      </head>
      <body>
        {children}
        <ReadyMark />
      </body>
    </html>
  );
}
