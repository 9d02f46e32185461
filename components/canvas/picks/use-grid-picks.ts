"use client";

import { type MouseEvent, useRef } from "react";
import type { Binding } from "../../../server/core/map/document.ts";
import { useCanvasStore } from "../canvas-state.ts";
import type { GridRow } from "../grid/grid-rows.ts";
import type { At } from "../grid/use-grid-keys.ts";
import { placesBetween, placesOfCell } from "./grid-picks.ts";
import { setPicks } from "./pick-rows.ts";
import { isPicked, type Picks, withPicks } from "./picks.ts";

export type GridPicks = {
  /** Picks what lies between where the range began, or `at`, and a cell, beside the rest. */
  readonly extend: (at: At, to: At) => void;
  /** The keyboard went on without picking: the next range begins anew. */
  readonly leave: () => void;
  /** Picks what a cell stands for, or lets it go. */
  readonly toggle: (at: At) => void;
  /** Whether there was something to let go. */
  readonly clear: () => boolean;
  /** With Shift a press picks; without, nothing stays picked. */
  readonly surface: {
    readonly onMouseDownCapture: (event: MouseEvent) => void;
    readonly onClickCapture: (event: MouseEvent) => void;
  };
};

type GridPicksOptions = {
  readonly rows: readonly GridRow[];
  readonly bindings: readonly Binding[];
  /** Where the keyboard is. */
  readonly at: At;
  readonly focusAt: (at: At) => void;
};

/** Picking in the grid: rectangles of cells. */
export function useGridPicks({ rows, bindings, at, focusAt }: GridPicksOptions): GridPicks {
  const store = useCanvasStore();
  const range = useRef<{ from: At; before: Picks } | null>(null);
  const grid = { rows, bindings };
  const extend = (start: At, to: At) => {
    range.current ??= { from: start, before: store.getState().picked };
    const { from, before } = range.current;
    setPicks(store, withPicks(before, placesBetween(grid, from, to)));
  };
  const leave = () => {
    range.current = null;
  };
  const clear = () => {
    leave();
    const isAny = store.getState().picked.length > 0;
    if (isAny) setPicks(store, []);
    return isAny;
  };
  return {
    ...{ extend, leave, clear },
    toggle: (cell) => {
      const places = placesOfCell(grid, cell);
      const { picked } = store.getState();
      const rest = picked.filter((place) => !isPicked(places, place));
      leave();
      setPicks(store, rest.length < picked.length ? rest : withPicks(picked, places));
    },
    surface: {
      onMouseDownCapture: (event) => {
        // The browser would mark the text up to here.
        if (event.shiftKey && cellAt(event.target) !== null) event.preventDefault();
      },
      onClickCapture: (event) => {
        const cell = cellAt(event.target);
        if (cell === null) return;
        if (!event.shiftKey) {
          clear();
          return;
        }
        event.stopPropagation();
        // Before the keyboard is in the grid there is nowhere that a range could begin.
        const isInside = event.currentTarget.contains(document.activeElement);
        extend(isInside ? at : cell, cell);
        focusAt(cell);
      },
    },
  };
}

function cellAt(target: EventTarget): At | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
  const [row, column] = (cell?.dataset["at"] ?? "").split(" ").map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}
