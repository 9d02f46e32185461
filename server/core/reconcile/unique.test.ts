import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MapDocument, type Severity } from "../map/document.ts";
import { compileMap } from "../plan/compile-map.ts";
import { lawRuns } from "../testing/law-runs.ts";
import type { MappedObservation } from "./state.ts";
import { ModelHub } from "./testing/model-hub.ts";
import { atSecond, mapOf, type Rules, settle } from "./testing/three-states.ts";

const RULES: Rules = { policy: "newest", tiers: null, refused: "revert" };

/** Things of which no two have one word. */
function hubOf(severity: Severity = "field", ignoreCase = false): ModelHub {
  const { document } = mapOf(RULES);
  const entities = document.entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) => {
      if (field.id === "word") {
        const options = { ...field.options, ignoreCase };
        return { ...field, options, validation: [{ kind: "unique", severity }] };
      }
      return field;
    }),
  }));
  return new ModelHub(compileMap(1, MapDocument.parse({ ...document, entities }), () => null));
}

const held = (hub: ModelHub) => [...hub.held.values()].map(({ field, code }) => `${field} ${code}`);

const words = (hub: ModelHub) =>
  [...hub.records.values()]
    .filter(({ deletedAt }) => deletedAt === null)
    .map(({ values }) => values["word"]?.v ?? null);

const add = (hub: ModelHub, id: string, columns: object, second = 0) =>
  hub.edit("a", id, { key: `K${id}`, ...columns }, atSecond(second));

describe("a value that is unique", () => {
  test("of two in one batch the first has it, the other waits, and its row is made all the same", () => {
    const hub = hubOf();
    hub.observe([add(hub, "1", { word: "red" }), add(hub, "2", { word: "red", count: "7" })]);
    settle(hub);
    expect(words(hub)).toEqual(["red", null]);
    expect(held(hub)).toEqual(["word unique"]);
    expect([...hub.system("b").rows.values()].map(({ count }) => count)).toContain("7");
  });

  test("is compared as its field compares", () => {
    const hub = hubOf("field", true);
    hub.observe([add(hub, "1", { word: "red" }), add(hub, "2", { word: "RED" })]);
    expect(held(hub)).toEqual(["word unique"]);
  });

  test.each([
    ["gives it up", (hub: ModelHub) => hub.edit("a", "1", { word: "blue" }, atSecond(9))],
    ["is gone", (hub: ModelHub) => hub.edit("a", "1", null, atSecond(9))],
  ])("goes on by itself when its holder %s", (_, end) => {
    const hub = hubOf();
    hub.observe([add(hub, "1", { word: "red" })]);
    hub.observe([add(hub, "2", { word: "red" })]);
    expect(held(hub)).toEqual(["word unique"]);
    hub.observe([end(hub)]);
    settle(hub);
    expect(held(hub)).toEqual([]);
    expect(words(hub)).toContain("red");
    expect([...hub.system("c").rows.values()].map(({ word }) => word)).toContain("red");
  });

  test("one after the other goes on, in a chain", () => {
    const hub = hubOf();
    for (const [id, word] of [
      ["1", "red"],
      ["2", "green"],
      ["3", "blue"],
    ] as const) {
      hub.observe([add(hub, id, { word })]);
    }
    hub.observe([hub.edit("a", "3", { word: "green" }, atSecond(5))]);
    hub.observe([hub.edit("a", "2", { word: "red" }, atSecond(6))]);
    expect(held(hub)).toEqual(["word unique", "word unique"]);
    hub.observe([hub.edit("a", "1", { word: "white" }, atSecond(7))]);
    expect(held(hub)).toEqual([]);
    expect(words(hub)).toEqual(["white", "red", "green"]);
  });

  test.each<[Severity, (string | null)[], string[]]>([
    ["warn", ["red", "red"], []],
    ["record", ["red"], []],
  ])("as severe as its rule says: %s", (severity, stand, waiting) => {
    const hub = hubOf(severity);
    hub.observe([add(hub, "1", { word: "red" }), add(hub, "2", { word: "red" })]);
    expect(words(hub)).toEqual(stand);
    expect(held(hub)).toEqual(waiting);
  });
});

/** The last but one gives up what two others wait for, one of which was woken for another value. */
const GIVEN_UP_IN_A_CHAIN: readonly Step[] = [
  ...[step("3", "count", null), step("2", "word", "green"), step("1", "word", "red")],
  ...[step("0", "word", "green"), step("0", "word", "red"), step("3", "word", "red")],
  ...[step("1", "word", "green"), step("2", "gone", null)],
];

function step(row: string, what: string, word: string | null): Step {
  return { row, what, word, other: 0 };
}

const steps = fc.array(
  fc.record({
    row: fc.integer({ min: 0, max: 3 }).map(String),
    what: fc.constantFrom("gone", "word", "word", "word", "count"),
    word: fc.constantFrom("red", "green", null),
    other: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 2, maxLength: 16 },
);

type Step = { row: string; what: string; word: string | null; other: number };

test("one by one, in parts or all at once, the same has each value and the same waits", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 2, max: 5 }), (drawn, size) => {
      const outcomes = [1, size, drawn.length].map((each) => {
        const hub = hubOf();
        const told = drawn.map((step, at) => play(hub, step, at));
        for (let from = 0; from < told.length; from += each) {
          hub.observe(told.slice(from, from + each).filter((one) => one !== null));
        }
        const values = [...hub.records.values()].map((record) => [record.deletedAt, record.values]);
        return {
          values,
          held: held(hub),
          kinds: hub.audit.map(({ kind, field }) => [kind, field]),
        };
      });
      expect(outcomes[1]).toEqual(outcomes[0]);
      expect(outcomes[2]).toEqual(outcomes[0]);
    }),
    { ...lawRuns(200), examples: [[[...GIVEN_UP_IN_A_CHAIN], 2]] },
  );
});

test("no two living records ever have one unique value", () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      const hub = hubOf();
      for (const [at, step] of drawn.entries()) {
        const told = play(hub, step, at);
        if (told !== null) hub.observe([told]);
        const present = words(hub).filter((word) => word !== null);
        expect(new Set(present).size).toBe(present.length);
      }
    }),
    lawRuns(200),
  );
});

function play(
  hub: ModelHub,
  { row, what, word, other }: Step,
  at: number,
): MappedObservation | null {
  const isThere = hub.system("a").rows.has(row);
  if (what === "gone") return isThere ? hub.edit("a", row, null, atSecond(at)) : null;
  const news = what === "word" ? { word } : { count: String(other) };
  return hub.edit("a", row, { key: `K${row}`, ...news }, atSecond(at));
}
