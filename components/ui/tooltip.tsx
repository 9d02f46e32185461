"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import { Kbd } from "./kbd.tsx";

type TooltipProps = {
  text: string;
  keys?: string | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  /** Never shows. */
  off?: boolean | undefined;
  /** The element it explains. It must be able to take focus. */
  children: ReactElement;
};

/**
 * A short explanation on hover and focus. It repeats or adds to a visible name; it never holds
 * the only copy of what a person needs.
 *
 * <Tooltip text="Undo: map Email" keys="mod+z"><button>…</button></Tooltip>
 */
export function Tooltip({ text, keys, side = "top", off, children }: TooltipProps) {
  return (
    <Base.Root disabled={off === true}>
      <Base.Trigger render={children} delay={400} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup
            className={
              "flex max-w-80 items-center gap-2 rounded-control bg-ink px-2 py-1 type-small " +
              "text-enamel shadow-float transition-opacity " +
              "data-starting-style:opacity-0 data-ending-style:opacity-0"
            }
          >
            {text}
            {keys !== undefined && <Kbd keys={keys} inherit />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
