import type { LineEnd } from "../edge-meaning.ts";
import { TANGENT } from "../geometry.ts";

/** Which way a line leaves its box: 1 to the right, -1 to the left. */
export type Way = 1 | -1;

export type LineAt = {
  readonly x: number;
  readonly y: number;
  readonly way: Way;
};

/** Room that an end takes before the line begins, in px. */
const END_ROOM: Record<LineEnd, number> = { chevron: 3, dot: 8, none: 1 };

/** Room of the cross at an end that fails: a gap, the square, a gap. */
const FAILING_ROOM = 18;

type Ends = {
  readonly from: LineAt;
  readonly to: LineAt;
  readonly atFrom: LineEnd;
  readonly atTo: LineEnd;
  readonly failing: "from" | "to" | null;
};

/** The four points of a line's cubic. */
export type Cubic = readonly [number, number, number, number, number, number, number, number];

/** A line between two boxes: level at both ends, so that it is clear which rows it joins. */
export function cubicOf({ from, to, atFrom, atTo, failing }: Ends): Cubic {
  const start = from.x + from.way * (END_ROOM[atFrom] + (failing === "from" ? FAILING_ROOM : 0));
  const end = to.x + to.way * (END_ROOM[atTo] + (failing === "to" ? FAILING_ROOM : 0));
  return [
    ...[start, from.y, from.x + from.way * TANGENT, from.y],
    ...[to.x + to.way * TANGENT, to.y, end, to.y],
  ] as unknown as Cubic;
}

export function cubicPath([x0, y0, x1, y1, x2, y2, x3, y3]: Cubic): string {
  return `M${x0} ${y0}C${x1} ${y1} ${x2} ${y2} ${x3} ${y3}`;
}

/** The point of a cubic at `t`, 0 to 1. */
export function pointAt([x0, y0, x1, y1, x2, y2, x3, y3]: Cubic, t: number) {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return { x: a * x0 + b * x1 + c * x2 + d * x3, y: a * y0 + b * y1 + c * y2 + d * y3 };
}

/** An open arrow whose tip touches the box. */
export function chevronPath({ x, y, way }: LineAt): string {
  const tip = x + way * 3;
  const back = x + way * 8;
  return `M${back} ${y - 4}L${tip} ${y}L${back} ${y + 4}`;
}

/** The middle of a dot, and of the cross at an end that fails. */
export function dotAt({ x, way }: LineAt): number {
  return x + way * 5;
}

export function crossAt({ x, way }: LineAt): number {
  return x + way * 14;
}
