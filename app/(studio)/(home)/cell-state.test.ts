import { expect, test } from "vitest";
import { type Cell, cellState } from "./cell-state.ts";

const now = new Date("2026-03-01T12:00:00Z");
const facts = {
  id: "erp",
  readingPaused: false,
  writingPaused: false,
  failure: null,
  comparing: null,
  readAt: "2026-03-01T11:59:59Z",
  lagBytes: 0,
  lagSeconds: 0,
  lastChangeAt: null,
  loaded: ["public.products"],
};
const well: Cell = {
  system: "erp",
  objects: ["public.products"],
  isLoaded: true,
  staleSecondsMax: 5,
  due: 0,
  oldestDue: null,
  held: 0,
  conflicts: 0,
};

const state = (cell: Partial<Cell>, news: Partial<typeof facts> | null = {}) =>
  cellState(
    "product",
    { id: "erp", facts: news === null ? null : { ...facts, ...news } },
    { ...well, ...cell },
    now,
  );

test("the worst thing is what the lamp shows, and where it leads", () => {
  const failing = { failure: { kind: "unreachable", detail: "", since: "2026-03-01T11:00:00Z" } };
  expect(state({})).toMatchObject({ lamp: "ok", href: "/runs?system=erp" });
  expect(state({}, null)).toMatchObject({ lamp: "waiting", words: "Not connected" });
  expect(state({ isLoaded: false })).toMatchObject({ lamp: "running" });
  expect(state({ isLoaded: false }, { readAt: null as unknown as string })).toMatchObject({
    lamp: "running",
  });
  expect(state({ conflicts: 3, held: 1 })).toMatchObject({ words: "3 to decide" });
  expect(state({ held: 1 })).toMatchObject({ href: "/quarantine?entity=product" });
  expect(state({ conflicts: 3 }, failing as never)).toMatchObject({ lamp: "failed" });
  expect(state({}, { lagSeconds: 6 })).toMatchObject({ lamp: "warning", words: "6 s behind" });
});

test("writes that have only begun to wait are no news", () => {
  expect(state({ due: 40, oldestDue: "2026-03-01T11:59:50Z" }).lamp).toBe("ok");
  expect(state({ due: 40, oldestDue: "2026-03-01T11:55:00Z" })).toMatchObject({
    lamp: "waiting",
    words: "40 to write, 5 min",
  });
});
