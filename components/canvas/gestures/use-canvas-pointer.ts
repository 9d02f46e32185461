"use client";

import type { OnConnectStart } from "@xyflow/react";
import type { MouseEvent, PointerEvent } from "react";
import { isSamePlace, type RowPlace, useCanvasStore } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import type { CanvasNode } from "../flow-types.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import { pickTo } from "../picks/pick-rows.ts";
import { isFold, rowsOfBox } from "./neighbours.ts";
import { selectionOf } from "./row-acts.ts";
import type { Joining } from "./use-joining.ts";

type PointerOptions = {
  readonly joining: Joining;
  readonly toggle: (place: RowPlace) => void;
  readonly nodes: readonly CanvasNode[];
};

/**
 * The canvas by mouse, pen and finger: one listener for all rows. A press on a row opens it; a
 * press on its knob, or on a row that leads nowhere yet, begins a connection that the next row
 * completes; a drag draws at once, to anywhere on a row. With Shift, a press picks.
 */
export function useCanvasPointer({ joining, toggle, nodes }: PointerOptions) {
  const store = useCanvasStore();
  const { select, document, readOnly } = useEditor();

  const open = (place: RowPlace, isKnob: boolean) => {
    const selection = selectionOf(document, place);
    const isFree = selection.kind === "column";
    const isAgain = isSamePlace(store.getState().armed, place);
    if ((isKnob || isFree) && !isAgain) joining.arm(place);
    else joining.disarm();
    // A knob draws; it does not open anything over what is being drawn to.
    if (!isKnob) select(selection, isFree ? undefined : "mapping");
  };
  const press = (place: RowPlace, isKnob: boolean) => {
    const { armed } = store.getState();
    store.setState({ active: place });
    if (isFold(place)) return toggle(place);
    // Two systems cannot be joined: then the press begins anew.
    const isDone = isOtherEnd(armed, place) && joining.complete(armed, place);
    if (!isDone) open(place, isKnob);
  };

  const pick = (place: RowPlace) => {
    joining.disarm();
    pickTo(store, rowsOfBox(nodes, place.node), place);
    store.setState({ active: place });
  };

  return {
    onClick: (event: MouseEvent) => {
      const place = placeAt(event.target);
      if (place === null) return;
      if (event.shiftKey && !isFold(place)) return pick(place);
      store.setState({ picked: [], pickRange: null });
      press(place, event.target instanceof Element && event.target.closest("[data-knob]") !== null);
    },
    onPointerOver: (event: PointerEvent) => {
      const place = placeAt(event.target);
      if (!isSamePlace(place, store.getState().hovered)) store.setState({ hovered: place });
    },
    onPointerLeave: () => store.setState({ hovered: null }),
    onConnectStart: ((_event, { nodeId, handleId }) => {
      if (nodeId === null || handleId === null || readOnly !== null) return;
      const row = handleId.slice(handleId.indexOf(":") + 1);
      store.setState({ armed: { node: nodeId, row }, isDrawing: true });
    }) satisfies OnConnectStart,
    onConnectEnd: (event: globalThis.MouseEvent | TouchEvent) => {
      const { armed } = store.getState();
      store.setState({ isDrawing: false });
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      joining.disarm();
      if (armed === null || point === undefined) return;
      const target = placeAt(window.document.elementFromPoint(point.clientX, point.clientY));
      if (target === null || isSamePlace(target, armed) || target.row === HEADER_ANCHOR) return;
      joining.complete(armed, target);
    },
    onPaneClick: () => {
      const { armed } = store.getState();
      store.setState({ picked: [], pickRange: null });
      if (armed !== null) joining.disarm();
      else select({ kind: "entity" }, null);
    },
  };
}

/** Whether a row can complete what was begun at another. */
function isOtherEnd(armed: RowPlace | null, place: RowPlace): armed is RowPlace {
  return armed !== null && armed.node !== place.node && place.row !== HEADER_ANCHOR;
}

/** The row at an element; null between the rows. */
function placeAt(target: EventTarget | Element | null): RowPlace | null {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  const node = row?.dataset["node"];
  const id = row?.dataset["row"];
  return node === undefined || id === undefined ? null : { node, row: id };
}
