/**
 * The cursor of a system that says of each row only when it was changed last. A stamp alone is no
 * place to go on from: many rows may have the same, clocks are coarse, and a long transaction
 * commits with a stamp of before. So the last minutes are read again and again, by stamp and id,
 * and rows in them are told more than once (DESIGN.md §6). Stamps are whole numbers, in a unit of
 * the connector's own.
 */
export type StampedCursor = {
  /** Rows changed at or after it are to be read; by the system's own clock. */
  readonly from: number;
  /** The last row of the page before, while this round goes on; null at its beginning. */
  readonly after: { readonly stamp: number; readonly id: string } | null;
};

export type StampedRow = { readonly stamp: number; readonly id: string };

export function readCursor(text: string): StampedCursor {
  const [from, after] = JSON.parse(text) as [number, [number, string] | null];
  return { from, after: after === null ? null : { stamp: after[0], id: after[1] } };
}

export function writeCursor({ from, after }: StampedCursor): string {
  return JSON.stringify([from, after === null ? null : [after.stamp, after.id]]);
}

/** The order of reading, and the only one in which no row is passed by. */
export function byStampAndId(a: StampedRow, b: StampedRow): number {
  return a.stamp - b.stamp || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** Is the row still to be told in this round? */
export function isAhead({ from, after }: StampedCursor, row: StampedRow): boolean {
  return after === null ? row.stamp >= from : byStampAndId(row, after) > 0;
}

/**
 * Where to go on behind a page.
 * @param page in the order of `byStampAndId`
 * @param overlap so long may a change be committed after its stamp
 */
export function cursorBehind(
  cursor: StampedCursor,
  page: readonly StampedRow[],
  { isLast, overlap }: { readonly isLast: boolean; readonly overlap: number },
): StampedCursor {
  const last = page.at(-1) ?? cursor.after;
  if (!isLast) return { ...cursor, after: last };
  const reachedMs = last === null ? cursor.from : last.stamp - overlap;
  return { from: Math.max(cursor.from, reachedMs), after: null };
}
