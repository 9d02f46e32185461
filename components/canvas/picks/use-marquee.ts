"use client";

import { type PointerEvent, useState } from "react";
import { useCanvasStore } from "../canvas-state.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import { type Picks, withPicks } from "./picks.ts";

type Drawn = { readonly from: DOMPointReadOnly; readonly to: DOMPointReadOnly };

/**
 * Shift and a drag over the empty canvas pick every row that the rectangle meets; from afar, where
 * no rows are drawn, every box.
 */
export function useMarquee() {
  const store = useCanvasStore();
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  return {
    /** What is being drawn, in px of the window. */
    area: drawn === null ? null : areaOf(drawn),
    surface: {
      onPointerDownCapture: (event: PointerEvent<HTMLElement>) => {
        if (!event.shiftKey || event.button !== 0 || !isEmptyCanvas(event.target)) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrawn({ from: pointOf(event), to: pointOf(event) });
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (drawn !== null) setDrawn({ ...drawn, to: pointOf(event) });
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        if (drawn === null) return;
        setDrawn(null);
        const met = metBy(event.currentTarget, areaOf({ ...drawn, to: pointOf(event) }));
        store.setState(({ picked }) => ({ picked: withPicks(picked, met) }));
      },
      onPointerCancel: () => setDrawn(null),
    },
  };
}

function isEmptyCanvas(target: EventTarget): boolean {
  if (!(target instanceof Element) || target.closest(".react-flow__pane") === null) return false;
  return target.closest(".react-flow__node") === null;
}

function pointOf({ clientX, clientY }: PointerEvent): DOMPointReadOnly {
  return new DOMPointReadOnly(clientX, clientY);
}

function areaOf({ from, to }: Drawn): DOMRectReadOnly {
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  return new DOMRectReadOnly(x, y, Math.abs(from.x - to.x), Math.abs(from.y - to.y));
}

function metBy(canvas: HTMLElement, area: DOMRectReadOnly): Picks {
  const met = [...canvas.querySelectorAll<HTMLElement>("[data-row]")]
    .filter((row) => isMet(area, row.getBoundingClientRect()))
    .map(({ dataset }) => ({ node: dataset["node"] ?? "", row: dataset["row"] ?? "" }));
  const rows = met.filter(({ row }) => row !== HEADER_ANCHOR && !row.startsWith("toggle:"));
  return rows.length > 0 ? rows : met.filter(({ row }) => row === HEADER_ANCHOR);
}

function isMet(area: DOMRectReadOnly, row: DOMRectReadOnly): boolean {
  const isBeside = row.right < area.left || row.left > area.right;
  return !isBeside && row.bottom >= area.top && row.top <= area.bottom;
}
