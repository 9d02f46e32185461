/** How much a canvas shows: rows, headers with ribbons between them, or bullets alone. */
export const LEVELS = ["rows", "headers", "bullets"] as const;
export type Level = (typeof LEVELS)[number];

/** Zoom below which a level is left, and above which it is entered again: never flickering. */
const ROWS = { leave: 0.55, enter: 0.65 };
const HEADERS = { leave: 0.23, enter: 0.28 };

/** From this zoom on the steps of an edge are drawn on it. */
export const CHIPS_FROM_ZOOM = 0.8;

/** The level at a zoom, given the level before; without one, the plain middle decides. */
export function levelAt(zoom: number, before?: Level): Level {
  const rowsFrom = before === "rows" ? ROWS.leave : ROWS.enter;
  if (zoom >= (before === undefined ? 0.6 : rowsFrom)) return "rows";
  const headersFrom = before === "bullets" ? HEADERS.enter : HEADERS.leave;
  return zoom >= (before === undefined ? 0.25 : headersFrom) ? "headers" : "bullets";
}
