import type { Viewport } from "@xyflow/react";
import type { Point } from "./arrange.ts";
import type { CanvasNode } from "./flow-types.ts";

export type Size = { readonly width: number; readonly height: number };

/** Between the boxes and the edge of the canvas, in px of the screen. */
const MARGIN = 32;

/** Rows are readable from here on; a canvas opens no smaller while it can help it. */
const OPEN_ZOOM_MIN = 0.66;

/** The smallest rectangle around all boxes, in canvas units. */
export function boundsOf(nodes: readonly CanvasNode[]): Point & Size {
  const left = Math.min(...nodes.map(({ position }) => position.x));
  const top = Math.min(...nodes.map(({ position }) => position.y));
  const right = Math.max(...nodes.map(({ position, width }) => position.x + (width ?? 0)));
  const bottom = Math.max(...nodes.map(({ position, height }) => position.y + (height ?? 0)));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * Where a canvas opens: all columns in sight and never larger than life; long boxes from their
 * top, since rows that are too small to read help nobody.
 */
export function openingView(nodes: readonly CanvasNode[], size: Size): Viewport {
  const bounds = boundsOf(nodes);
  const byWidth = (size.width - 2 * MARGIN) / bounds.width;
  const zoom = Math.min(1, Math.max(OPEN_ZOOM_MIN, byWidth));
  const isWide = bounds.width * zoom + 2 * MARGIN > size.width;
  // With too little room for all of it the entity stands in the middle.
  const middle = isWide ? entityMiddle(nodes, bounds) : bounds.x + bounds.width / 2;
  return { zoom, x: size.width / 2 - middle * zoom, y: MARGIN - bounds.y * zoom };
}

/** All boxes in sight, however small they get. */
export function wholeView(nodes: readonly CanvasNode[], size: Size, zoomMin: number): Viewport {
  const bounds = boundsOf(nodes);
  const fit = Math.min(
    (size.width - 2 * MARGIN) / bounds.width,
    (size.height - 2 * MARGIN) / bounds.height,
  );
  const zoom = Math.min(1, Math.max(zoomMin, fit));
  return {
    zoom,
    x: size.width / 2 - (bounds.x + bounds.width / 2) * zoom,
    y: size.height / 2 - (bounds.y + bounds.height / 2) * zoom,
  };
}

function entityMiddle(nodes: readonly CanvasNode[], bounds: Point & Size): number {
  const entity = nodes.find(({ type }) => type === "entity");
  if (entity === undefined) return bounds.x + bounds.width / 2;
  return entity.position.x + (entity.width ?? 0) / 2;
}

/**
 * The view moved as little as possible so that a rectangle of the canvas is in sight; null where
 * it is already.
 */
export function viewWith(rectangle: Point & Size, view: Viewport, size: Size): Viewport | null {
  const { zoom } = view;
  const shift = (from: number, length: number, offset: number, room: number) => {
    const start = from * zoom + offset;
    const end = start + length * zoom;
    if (start < MARGIN) return MARGIN - start;
    return end > room - MARGIN ? Math.max(room - MARGIN - end, MARGIN - start) : 0;
  };
  const x = shift(rectangle.x, rectangle.width, view.x, size.width);
  const y = shift(rectangle.y, rectangle.height, view.y, size.height);
  return x === 0 && y === 0 ? null : { zoom, x: view.x + x, y: view.y + y };
}
