/**
 * The cursor of a system that says of each row only when it was changed last. A stamp alone is no
 * place to go on from: many rows may have the same, clocks are coarse, and a long transaction
 * commits with a stamp of before. So the last minutes are read again and again, by stamp and id,
 * and rows in them are told more than once (DESIGN.md §6).
 */
export type StampedCursor = {
  /** Rows changed at or after it are to be read; milliseconds of the system's own clock. */
  readonly fromMs: number;
  /** The last row of the page before, while this round goes on; null at its beginning. */
  readonly after: { readonly stampMs: number; readonly id: string } | null;
};

export type StampedRow = { readonly stampMs: number; readonly id: string };

export function readCursor(text: string): StampedCursor {
  const [fromMs, after] = JSON.parse(text) as [number, [number, string] | null];
  return { fromMs, after: after === null ? null : { stampMs: after[0], id: after[1] } };
}

export function writeCursor({ fromMs, after }: StampedCursor): string {
  return JSON.stringify([fromMs, after === null ? null : [after.stampMs, after.id]]);
}

/** The order of reading, and the only one in which no row is passed by. */
export function byStampAndId(a: StampedRow, b: StampedRow): number {
  return a.stampMs - b.stampMs || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** Is the row still to be told in this round? */
export function isAhead({ fromMs, after }: StampedCursor, row: StampedRow): boolean {
  return after === null ? row.stampMs >= fromMs : byStampAndId(row, after) > 0;
}

/**
 * Where to go on behind a page.
 * @param page in the order of `byStampAndId`
 * @param overlapMs so long may a change be committed after its stamp
 */
export function cursorBehind(
  cursor: StampedCursor,
  page: readonly StampedRow[],
  { isLast, overlapMs }: { readonly isLast: boolean; readonly overlapMs: number },
): StampedCursor {
  const last = page.at(-1) ?? cursor.after;
  if (!isLast) return { ...cursor, after: last };
  const reachedMs = last === null ? cursor.fromMs : last.stampMs - overlapMs;
  return { fromMs: Math.max(cursor.fromMs, reachedMs), after: null };
}
