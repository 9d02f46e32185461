"use client";

import { useReactFlow, type Viewport } from "@xyflow/react";
import { useEffect, useEffectEvent, useState } from "react";
import { useShortcuts } from "../shell/use-shortcuts.ts";
import { type CanvasStore, type RowPlace, useCanvas, useCanvasStore } from "./canvas-state.ts";
import { useEditor } from "./editor-context.ts";
import type { Flow } from "./flow-types.ts";
import { HEADER_HEIGHT, ROW_HEIGHT } from "./geometry.ts";
import { standing } from "./gestures/neighbours.ts";
import { placeOf } from "./gestures/row-acts.ts";
import { readSelection } from "./selection.ts";
import { storedPort, storePort } from "./stored-port.ts";
import { openingView, type Size, viewWith, wholeView } from "./viewport.ts";
import { CHIPS_FROM_ZOOM, levelAt } from "./zoom-level.ts";

export const ZOOM_MIN = 0.08;
export const ZOOM_MAX = 2;
const MOVE_MS = 200;

/** What of the canvas is in sight: it opens where this person left it. */
export function useView(entity: string, flow: Flow, size: Size) {
  const store = useCanvasStore();
  const { document, selection } = useEditor();
  const flowOf = useReactFlow();
  const [initial] = useState(() => storedPort(entity) ?? openingView(flow.nodes, size));
  useEffect(() => followZoom(store, initial.zoom, true), [store, initial]);
  const show = (place: RowPlace) => {
    const rectangle = rectangleOf(flow, place);
    if (rectangle === null) return;
    const next = viewWith(rectangle, flowOf.getViewport(), size);
    if (next !== null) void flowOf.setViewport(next, { duration: MOVE_MS });
  };
  const chosen = placeOf(document, selection);
  const chosenKey = chosen === null ? "" : `${chosen.node} ${chosen.row}`;
  useTravel();
  const wanted = useCanvas(({ wantedPort }) => wantedPort);
  useEffect(() => {
    if (wanted === null) return;
    void flowOf.setViewport(wanted, { duration: MOVE_MS });
    store.setState({ wantedPort: null });
  }, [wanted, flowOf, store]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown when chosen or when the room changes, and not again when the person moves away.
  useEffect(() => {
    if (chosen !== null) show(chosen);
  }, [chosenKey, size.width, size.height]);
  const moves = {
    fit: () =>
      void flowOf.setViewport(wholeView(flow.nodes, size, ZOOM_MIN), { duration: MOVE_MS }),
    zoomIn: () => void flowOf.zoomIn({ duration: MOVE_MS }),
    zoomOut: () => void flowOf.zoomOut({ duration: MOVE_MS }),
  };
  useShortcuts("Canvas", [
    { id: "fit", keys: "f", label: "Show everything", run: moves.fit },
    { id: "in", keys: "+", label: "Zoom in", run: moves.zoomIn },
    { id: "out", keys: "-", label: "Zoom out", run: moves.zoomOut },
  ]);
  return {
    ...moves,
    initial,
    follow: (view: Viewport) => {
      followZoom(store, view.zoom, false);
      storePort(entity, view);
    },
    goTo: (place: RowPlace) => {
      store.setState({ active: place });
      show(place);
      const tree = `[data-tree="${CSS.escape(place.node)}"]`;
      window.document.querySelector<HTMLElement>(tree)?.focus({ preventScroll: true });
    },
  };
}

/** Who goes back to a place goes on from there with the keyboard, too. */
function useTravel(): void {
  const store = useCanvasStore();
  const { document } = useEditor();
  const arrive = useEffectEvent(() => {
    const at = new URLSearchParams(window.location.search).get("at");
    const place = placeOf(document, readSelection(at));
    if (place !== null) store.setState({ active: place });
  });
  useEffect(() => {
    const listener = () => arrive();
    window.addEventListener("popstate", listener);
    return () => window.removeEventListener("popstate", listener);
  }, []);
}

/** Changes what is shown where the zoom has passed a threshold. */
function followZoom(store: CanvasStore, zoom: number, isStart: boolean): void {
  const { level, showsSteps } = store.getState();
  const next = {
    level: levelAt(zoom, isStart ? undefined : level),
    showsSteps: zoom >= CHIPS_FROM_ZOOM,
  };
  if (next.level !== level || next.showsSteps !== showsSteps) store.setState(next);
}

/** Where a row lies; null where it is not drawn. */
function rectangleOf({ nodes }: Flow, place: RowPlace) {
  const node = nodes.find(({ id }) => id === place.node);
  if (node === undefined) return null;
  // A row that a fold hides lies where the fold does.
  const at = standing([node], place)?.row;
  const item = node.data.items.find(({ id }) => id === at);
  return {
    ...{ x: node.position.x, width: node.width ?? 0 },
    y: node.position.y + (item?.top ?? 0),
    height: item === undefined ? HEADER_HEIGHT : ROW_HEIGHT,
  };
}
