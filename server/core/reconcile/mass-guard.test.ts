import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lawRuns } from "../testing/law-runs.ts";
import type { MappedObservation } from "./state.ts";
import {
  agreed,
  clear,
  heldFields,
  living,
  minute,
  missing,
  RULES,
  raise,
  remove,
  rows,
  wordsOf,
} from "./testing/many-rows.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import { settle } from "./testing/three-states.ts";

describe("many rows are gone at once", () => {
  test.each([
    ["three of four pass", 4, 3, 0],
    ["from the fourth of ten on they wait", 10, 6, 3],
    ["four of twenty pass", 20, 4, 0],
    ["from the fifth of twenty on they wait", 20, 8, 4],
  ])("%s", (_, count, gone, waiting) => {
    const hub = agreed(count);
    hub.observe(remove(hub, rows(0, gone - 1), 20));
    expect(missing(hub).length).toBe(waiting);
    expect(living(hub)).toBe(count - gone + waiting);
    settle(hub);
    expect(hub.system("b").rows.size).toBe(count - gone + waiting);
  });

  test("each waiting one has a line, and everything else goes on", () => {
    const hub = agreed(10);
    hub.observe(remove(hub, rows(0, 5), 20));
    const held = hub.audit.filter(({ rule }) => rule === "mass-change");
    expect(held.map(({ kind }) => kind)).toEqual(["held", "held", "held"]);
    hub.observe([hub.edit("a", "9", { word: "blue" }, minute(21))]);
    settle(hub);
    expect(wordsOf(hub, "c")).toContain("blue");
  });

  test("a window later single ones pass again, and those that wait still do", () => {
    const hub = agreed(10);
    hub.observe(remove(hub, rows(0, 4), 20));
    expect(missing(hub).length).toBe(2);
    hub.observe(remove(hub, ["5"], 31));
    expect(missing(hub).length).toBe(2);
    expect(living(hub)).toBe(6);
  });

  test("slowly, they never are many", () => {
    const hub = agreed(10);
    for (const id of rows(0, 8)) hub.observe(remove(hub, [id], 10 * Number(id)));
    expect(living(hub)).toBe(1);
  });

  test("what we delete ourselves counts nowhere", () => {
    const hub = agreed(10, { limits: { gone: "off" } });
    hub.observe(remove(hub, rows(0, 7), 20));
    settle(hub);
    expect(missing(hub)).toEqual([]);
    expect(hub.system("b").rows.size).toBe(2);
  });

  test("a row that is there again waits no more, with what it is now", () => {
    const hub = agreed(10);
    hub.observe(remove(hub, rows(0, 4), 20));
    hub.observe([hub.edit("a", "4", { key: "K4", word: "blue", count: "1" }, minute(22))]);
    settle(hub);
    expect(missing(hub).length).toBe(1);
    expect(wordsOf(hub, "b")).toContain("blue");
    expect(hub.records.size).toBe(10);
  });

  test("another thing under the id of one that waits is matched for itself", () => {
    const hub = agreed(10);
    hub.observe(remove(hub, rows(0, 4), 20));
    hub.observe([hub.edit("a", "4", { key: "New", word: "blue", count: "1" }, minute(22))]);
    settle(hub);
    expect(missing(hub).length).toBe(2);
    expect(hub.records.size).toBe(11);
  });
});

describe("one field changes in many rows at once", () => {
  test("from the first one above the limit on its clearing waits, and the rest of the row goes on", () => {
    const hub = agreed(10);
    hub.observe(rows(0, 5).map((id) => hub.edit("a", id, { word: null, count: "7" }, minute(20))));
    settle(hub);
    expect(heldFields(hub)).toEqual(["word", "word", "word"]);
    expect(wordsOf(hub, "b").filter((word) => word === "grey").length).toBe(7);
    expect([...hub.system("b").rows.values()].filter(({ count }) => count === "7").length).toBe(6);
  });

  test("only rows that have a value are the whole of it", () => {
    const hub = agreed(40);
    hub.observe(clear(hub, rows(0, 7), 20));
    expect(heldFields(hub)).toEqual([]);
    hub.observe(clear(hub, rows(8, 15), 40));
    // Of 32 that had one still, 7 are more than a fifth.
    expect(heldFields(hub).length).toBe(2);
  });

  test("whoever may not clear it is refused as ever", () => {
    const hub = agreed(10, { rules: { ...RULES, tiers: [{ systems: ["a"] }], clear: ["b"] } });
    hub.observe(clear(hub, rows(0, 5), 20));
    settle(hub);
    expect(heldFields(hub)).toEqual([]);
    expect(wordsOf(hub, "a")).not.toContain(null);
  });

  test("a new price list goes through, unless its line says how many", () => {
    const free = agreed(10);
    free.observe(raise(free, rows(0, 9), 20));
    expect(heldFields(free)).toEqual([]);
    const hub = agreed(10, { edge: { changed: { rows: 4, percent: 50 } } });
    hub.observe(raise(hub, rows(0, 9), 20));
    expect(heldFields(hub).length).toBe(5);
  });

  test("rows are counted, not edits", () => {
    const hub = agreed(10, { edge: { changed: { rows: 4, percent: 10 } } });
    for (const count of ["2", "3", "4", "5", "6"]) {
      hub.observe(raise(hub, rows(0, 2), 20, count));
    }
    expect(heldFields(hub)).toEqual([]);
  });

  test("a value that comes back waits no more; told again it is counted once", () => {
    const hub = agreed(10);
    const cleared = clear(hub, rows(0, 4), 20);
    hub.observe(cleared);
    expect(heldFields(hub).length).toBe(2);
    hub.observe([hub.edit("a", "4", { count: "3" }, minute(21))]);
    expect(heldFields(hub).length).toBe(2);
    hub.observe([hub.edit("a", "4", { word: "blue" }, minute(22))]);
    settle(hub);
    expect(heldFields(hub).length).toBe(1);
    expect(wordsOf(hub, "b")).toContain("blue");
  });
});

describe("the batch", () => {
  const steps = fc.array(
    fc.record({
      row: fc.integer({ min: 0, max: 11 }).map(String),
      minute: fc.integer({ min: 0, max: 14 }),
      what: fc.constantFrom("gone", "gone", "cleared", "filled", "raised"),
      count: fc.constantFrom("2", "3"),
    }),
    { minLength: 4, maxLength: 30 },
  );

  test("one by one, in parts or all at once, the same waits", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 2, max: 9 }), (drawn, size) => {
        const sorted = drawn.toSorted((a, b) => a.minute - b.minute);
        const outcomes = [1, size, sorted.length].map((each) => {
          const hub = agreed(12, { edge: { changed: { rows: 2, percent: 20 } } });
          const told = sorted.map((step) => play(hub, step));
          for (let from = 0; from < told.length; from += each) {
            hub.observe(told.slice(from, from + each).filter((one) => one !== null));
          }
          const kinds = hub.audit.map(({ kind, rule, field, link }) => ({
            kind,
            rule,
            field,
            link,
          }));
          return { states: [...hub.links.values()].map(({ state }) => state), kinds };
        });
        expect(outcomes[1]).toEqual(outcomes[0]);
        expect(outcomes[2]).toEqual(outcomes[0]);
      }),
      lawRuns(150),
    );
  });
});

type Step = { row: string; minute: number; what: string; count: string };

function play(hub: ModelHub, { row, minute: at, what, count }: Step): MappedObservation | null {
  const isThere = hub.system("a").rows.has(row);
  if (what === "gone") return isThere ? hub.edit("a", row, null, minute(at + 20)) : null;
  const news = { cleared: { word: null }, filled: { word: "blue" }, raised: { count } };
  const columns = news[what as keyof typeof news];
  return hub.edit("a", row, { key: `K${row}`, ...columns }, minute(at + 20));
}
