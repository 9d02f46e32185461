"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  title?: string | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  align?: "start" | "center" | "end" | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  children: ReactNode;
};

/**
 * Something small beside what it is about; Esc or a press outside closes it.
 *
 * <Popover trigger={<Button>Columns</Button>} title="Columns">…</Popover>
 */
export function Popover(props: PopoverProps) {
  const { trigger, title, side = "bottom", align = "start", open, onOpenChange, children } = props;
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      onOpenChange={(next) => onOpenChange?.(next)}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-50">
          <Base.Popup
            className={
              "floating max-w-[min(28rem,var(--available-width))] p-3 outline-none " +
              "transition-opacity data-starting-style:opacity-0 data-ending-style:opacity-0"
            }
          >
            {title !== undefined && <Base.Title className="mb-2 type-label">{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
