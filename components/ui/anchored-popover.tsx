"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactNode } from "react";

type AnchoredPopoverProps = {
  /** What it stands beside; null: in the middle of what is seen. */
  anchor: Element | null;
  title: string;
  /**
   * Asked to close. `returns`: the focus goes back to where it was, for nothing else was pressed
   * or reached.
   */
  onClose: (returns: boolean) => void;
  children: ReactNode;
};

/**
 * A popover at something that is no button: a row, a cell. It is open while it is on the page.
 *
 * <AnchoredPopover anchor={row} title="Columns for Price" onClose={close}>…</AnchoredPopover>
 */
export function AnchoredPopover({ anchor, title, onClose, children }: AnchoredPopoverProps) {
  return (
    <Base.Root
      open
      onOpenChange={(open, { reason }) => {
        if (!open) onClose(reason === "escape-key" || reason === "close-press");
      }}
    >
      <Base.Portal>
        <Base.Positioner
          anchor={anchor ?? CENTRE}
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          collisionAvoidance={{ side: "flip", align: "shift", fallbackAxisSide: "end" }}
          className="z-50"
        >
          <Base.Popup
            finalFocus={false}
            className={
              "floating flex w-[27rem] max-w-[calc(100vw-1rem)] flex-col outline-none " +
              "max-h-[min(36rem,var(--available-height))]"
            }
          >
            <Base.Title className="px-4 pt-3 pb-2 type-node">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The middle of the window, as a place that something can stand beside. */
const CENTRE = {
  getBoundingClientRect: () =>
    new DOMRect(window.innerWidth / 2 - 216, window.innerHeight / 4, 0, 0),
};
