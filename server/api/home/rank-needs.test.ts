import { expect, test } from "vitest";
import { rankNeeds, type Waiting } from "./rank-needs.ts";

const now = new Date("2026-03-01T12:00:00Z");
const quiet: Waiting = {
  questions: [],
  held: [],
  drift: [],
  failing: [],
  runs: [],
  engine: { alive: 1, lastSeen: "2026-03-01T11:59:59Z" },
  isConnected: true,
};

test("nothing waits: nothing is asked for", () => {
  expect(rankNeeds(quiet, now)).toEqual([]);
});

test("what blocks more records for longer comes first", () => {
  const needs = rankNeeds(
    {
      ...quiet,
      questions: [
        {
          kind: "field",
          entity: "product",
          count: 3,
          oldest: "2026-03-01T11:00:00Z",
          systems: ["erp", "shop"],
        },
      ],
      held: [
        { entity: "product", count: 40, oldest: "2026-03-01T11:55:00Z", systems: ["crm"] },
        { entity: "customer", count: 2, oldest: "2026-02-27T12:00:00Z", systems: ["crm"] },
      ],
    },
    now,
  );
  expect(needs.map(({ kind, entity }) => `${kind} ${entity}`)).toEqual([
    "held customer",
    "held product",
    "field product",
  ]);
});

test("no engine stands above all, where there is anything for it to do", () => {
  const engine = { alive: 0, lastSeen: "2026-03-01T10:00:00Z" };
  const failing = [
    {
      system: "erp",
      failure: { kind: "unreachable", detail: "…", since: "2026-02-01T00:00:00Z" },
      due: 9_000,
    },
  ];
  expect(rankNeeds({ ...quiet, engine, failing }, now).map(({ kind }) => kind)).toEqual([
    "engine",
    "failing",
  ]);
  expect(rankNeeds({ ...quiet, engine, isConnected: false }, now)).toEqual([]);
});
