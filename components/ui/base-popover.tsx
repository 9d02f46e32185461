"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { PopoverProps } from "./popover.tsx";

/** `Popover` at work. */
export function BasePopover(props: PopoverProps) {
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
