"use client";

import { cloneElement, lazy, type ReactNode } from "react";
import { AfterPaint } from "./after-paint.tsx";
import type { Trigger } from "./menu.tsx";

export type PopoverProps = {
  /** The button that opens it. */
  trigger: Trigger;
  title?: string | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  align?: "start" | "center" | "end" | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  children: ReactNode;
};

const BasePopover = lazy(() =>
  import("./base-popover.tsx").then((part) => ({ default: part.BasePopover })),
);

/**
 * Something small beside what it is about; Esc or a press outside closes it.
 *
 * <Popover trigger={<Button>Columns</Button>} title="Columns">…</Popover>
 */
export function Popover(props: PopoverProps) {
  return (
    <AfterPaint still={cloneElement(props.trigger, { "aria-disabled": true })}>
      <BasePopover {...props} />
    </AfterPaint>
  );
}
