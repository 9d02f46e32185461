import type { Point } from "./arrange.ts";
import { BOX_GAP, COLUMN_GAP } from "./geometry.ts";

/** How boxes are put: under each other, beside each other, or where they would lie unmoved. */
export type Alignment = "column" | "row" | "order";

/** A box as it lies on the canvas. */
export type LaidBox = Point & {
  readonly id: string;
  readonly width: number;
  readonly height: number;
};

/**
 * Puts boxes in one line, in the order in which they lie, and none over another: in a column they
 * have one left edge, in a row one upper edge.
 */
export function aligned(
  boxes: readonly LaidBox[],
  way: Exclude<Alignment, "order">,
): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  if (boxes.length === 0) return places;
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  let next = way === "column" ? top : left;
  const order = boxes.toSorted((a, b) => (way === "column" ? a.y - b.y : a.x - b.x));
  for (const { id, x, y, width, height } of order) {
    const at =
      way === "column" ? { x: left, y: Math.max(y, next) } : { x: Math.max(x, next), y: top };
    places.set(id, at);
    next = way === "column" ? at.y + height + BOX_GAP : at.x + width + COLUMN_GAP;
  }
  return places;
}

/** The way that a box has gone at a moment of a move, from 0 to 1: it starts and ends gently. */
export function between(from: Point, to: Point, share: number): Point {
  const eased = share < 0.5 ? 2 * share * share : 1 - (2 - 2 * share) ** 2 / 2;
  return { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased };
}
