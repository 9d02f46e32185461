"use client";

import { useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "./kbd.tsx";

export type TooltipSide = "top" | "right" | "bottom" | "left";

type TooltipBoxProps = {
  anchor: Element;
  text: string;
  keys?: string | undefined;
  side: TooltipSide;
};

/** Between a box and what it explains, and between it and the window's edge. */
const GAP_PX = 6;

/** The box of a tooltip, beside its anchor and inside the window. */
export function TooltipBox({ anchor, text, keys, side }: TooltipBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const { left, top } = placeOf(anchor.getBoundingClientRect(), current, side);
    current.style.left = `${left}px`;
    current.style.top = `${top}px`;
  });
  return createPortal(
    <div
      ref={box}
      role="tooltip"
      className={
        "pointer-events-none fixed z-50 flex max-w-80 items-center gap-2 rounded-control bg-ink " +
        "px-2 py-1 type-small text-enamel shadow-float"
      }
    >
      {text}
      {keys !== undefined && <Kbd keys={keys} inherit />}
    </div>,
    document.body,
  );
}

type Size = { readonly offsetWidth: number; readonly offsetHeight: number };

function placeOf(of: DOMRect, box: Size, side: TooltipSide): { left: number; top: number } {
  const { offsetWidth: width, offsetHeight: height } = box;
  const places: Record<TooltipSide, { left: number; top: number }> = {
    top: { left: of.left + (of.width - width) / 2, top: of.top - height - GAP_PX },
    bottom: { left: of.left + (of.width - width) / 2, top: of.bottom + GAP_PX },
    left: { left: of.left - width - GAP_PX, top: of.top + (of.height - height) / 2 },
    right: { left: of.right + GAP_PX, top: of.top + (of.height - height) / 2 },
  };
  const fits = ({ left, top }: { left: number; top: number }) =>
    left >= 0 && top >= 0 && left + width <= innerWidth && top + height <= innerHeight;
  const wanted = places[side];
  const { left, top } = fits(wanted) ? wanted : places[OPPOSITE[side]];
  const inside = (at: number, size: number, end: number) =>
    Math.max(GAP_PX, Math.min(at, end - size - GAP_PX));
  return { left: inside(left, width, innerWidth), top: inside(top, height, innerHeight) };
}

const OPPOSITE = { top: "bottom", bottom: "top", left: "right", right: "left" } as const;
