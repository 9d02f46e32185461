import fc from "fast-check";
import { expect, test } from "vitest";
import {
  byStampAndId,
  cursorBehind,
  isAhead,
  readCursor,
  type StampedRow,
  writeCursor,
} from "./stamped-cursor.ts";

const OVERLAP_MS = 10;

/** One round of asking, page by page, as a connector does. @returns the ids that it told */
function ask(rows: readonly StampedRow[], cursor: string, pageRows: number) {
  const told: string[] = [];
  let text = cursor;
  for (;;) {
    const place = readCursor(text);
    const ahead = rows.filter((row) => isAhead(place, row)).sort(byStampAndId);
    const page = ahead.slice(0, pageRows);
    const isLast = page.length === ahead.length;
    told.push(...page.map(({ id }) => id));
    text = writeCursor(cursorBehind(place, page, { isLast, overlap: OVERLAP_MS }));
    if (isLast) return { told, cursor: text };
  }
}

test("300 rows of one stamp are all told, in pages of seven", () => {
  const rows = Array.from({ length: 300 }, (_, place) => ({ stamp: 50, id: `row ${place}` }));
  const { told } = ask(rows, writeCursor({ from: 0, after: null }), 7);
  expect(new Set(told).size).toBe(300);
  expect(told).toHaveLength(300);
});

test("whatever is committed at most so late is told, whatever the stamps and pages", () => {
  const edit = fc.record({
    row: fc.integer({ min: 0, max: 8 }),
    lateMs: fc.integer({ min: 0, max: OVERLAP_MS }),
    passesMs: fc.integer({ min: 0, max: 15 }),
    isAsked: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(edit, { maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 5 }),
      (edits, pageRows, coarseMs) => {
        const rows = new Map<string, StampedRow>();
        const untold = new Set<string>();
        let cursor = writeCursor({ from: 0, after: null });
        let now = 100;
        const round = () => {
          const asked = ask([...rows.values()], cursor, pageRows);
          for (const id of asked.told) untold.delete(id);
          cursor = asked.cursor;
          expect([...untold]).toEqual([]);
        };
        for (const { row, lateMs, passesMs, isAsked } of edits) {
          now += passesMs;
          const id = `row ${row}`;
          // A coarse clock makes a stamp older still: what it loses is part of the lateness.
          const late = Math.min(lateMs, OVERLAP_MS - coarseMs);
          const stamp = Math.floor((now - late) / coarseMs) * coarseMs;
          rows.set(id, { id, stamp });
          untold.add(id);
          if (isAsked) round();
        }
        round();
      },
    ),
  );
});
