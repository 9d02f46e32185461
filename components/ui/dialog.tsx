"use client";

import { cx } from "./cx.ts";
import { Overlay, type OverlayProps } from "./overlay.tsx";

type DialogProps = OverlayProps & { size?: "sm" | "md" | "lg" | undefined };

const WIDTHS = { sm: "w-96", md: "w-[36rem]", lg: "w-[56rem]" } as const;

/**
 * A question that must be answered before going on. Editing belongs in a panel, not here.
 *
 * <Dialog title="Publish version 4" open={open} onOpenChange={setOpen} footer={…}>…</Dialog>
 */
export function Dialog({ size, ...props }: DialogProps) {
  return (
    <Overlay
      {...props}
      popupClass={cx(
        "floating fixed top-[12vh] left-1/2 max-h-[76vh] max-w-[calc(100vw-2rem)] -translate-x-1/2",
        WIDTHS[size ?? "md"],
      )}
    />
  );
}
