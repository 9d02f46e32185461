"use client";

import { cx } from "./cx.ts";
import { Overlay, type OverlayProps } from "./overlay.tsx";

type DrawerProps = OverlayProps & {
  side?: "right" | "left" | "bottom" | undefined;
  /** `md` 400 px, `lg` 640 px. */
  size?: "md" | "lg" | undefined;
};

const SIDES = {
  right:
    "inset-y-0 right-0 h-dvh border-l data-starting-style:translate-x-6 " +
    "data-ending-style:translate-x-6",
  left:
    "inset-y-0 left-0 h-dvh border-r data-starting-style:-translate-x-6 " +
    "data-ending-style:-translate-x-6",
  bottom: "inset-x-0 bottom-0 max-h-[85dvh] border-t data-starting-style:translate-y-6",
} as const;

/**
 * A panel over the page for something beside the work: details, history, a form.
 *
 * <Drawer title="Notices" open={open} onOpenChange={setOpen}>…</Drawer>
 */
export function Drawer({ side = "right", size, ...props }: DrawerProps) {
  const width = size === "lg" ? "w-[40rem]" : "w-[25rem]";
  return (
    <Overlay
      {...props}
      popupClass={cx(
        "fixed max-w-full border-rule bg-raised shadow-float",
        side === "bottom" ? "w-full" : width,
        SIDES[side],
      )}
    />
  );
}
