import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lawRuns } from "../testing/law-runs.ts";
import { ModelHub } from "./testing/model-hub.ts";
import { atSecond, mapOf, SYSTEMS } from "./testing/three-states.ts";

/** The laws of matching; SPEC-identity.md has them in words. */
const MAP = mapOf({ policy: "newest", tiers: null, refused: "revert" });

/** In each system rows with keys, or without one; a key stands in one row of a system. */
const keys = fc.uniqueArray(fc.constantFrom("K1", "K2", "K3", "K4"), { maxLength: 3 });
const rows = fc.record({ a: keys, b: keys, c: keys, blanks: fc.subarray([...SYSTEMS]) });

type Row = { readonly system: string; readonly id: string; readonly key: string | null };

const rowsOf = (of: Record<"a" | "b" | "c" | "blanks", readonly string[]>): Row[] => [
  ...SYSTEMS.flatMap((system) => of[system].map((key) => ({ system, id: key, key }))),
  ...of.blanks.map((system) => ({ system, id: "blank", key: null })),
];

/** The rows are told in this order, so many at once. */
function told(all: readonly Row[], atOnce: number): ModelHub {
  const hub = new ModelHub(MAP);
  const events = all.map(({ system, id, key }, at) =>
    hub.edit(system, id, { key, word: "red" }, atSecond(at)),
  );
  for (let at = 0; at < events.length; at += atOnce) hub.observe(events.slice(at, at + atOnce));
  return hub;
}

/** Which rows are one record: sets of "system row". */
function groupsOf(hub: ModelHub): string[] {
  const groups = new Map<string, string[]>();
  for (const { record, system, externalId, state } of hub.links.values()) {
    if (state !== "live") continue;
    groups.set(record, [...(groups.get(record) ?? []), `${system} ${externalId}`]);
  }
  return [...groups.values()].map((rows) => rows.sort().join(", ")).sort();
}

describe("laws of matching", () => {
  test("rows with one key are one record, and rows without a key are matched with nobody", () => {
    fc.assert(
      fc.property(rows, (of) => {
        const all = rowsOf(of);
        const hub = told(all, 1);
        const distinct = new Set(all.flatMap(({ key }) => key ?? []));
        expect(hub.records.size).toBe(distinct.size + of.blanks.length);
        expect(groupsOf(hub)).toHaveLength(hub.records.size);
      }),
      lawRuns(500),
    );
  });

  test("who is whom depends neither on the order of arrival nor on the size of batches", () => {
    const shuffled = rows.chain((of) => {
      const all = rowsOf(of);
      const order = fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
      return fc.tuple(fc.constant(all), order, fc.integer({ min: 1, max: 9 }));
    });
    fc.assert(
      fc.property(shuffled, ([all, order, atOnce]) => {
        expect(groupsOf(told(order, atOnce))).toEqual(groupsOf(told(all, 1)));
      }),
      lawRuns(500),
    );
  });

  test("two rows of one system with one key are a question, and no third record is made", () => {
    const hub = told([{ system: "a", id: "1", key: "K1" }], 1);
    hub.observe([hub.edit("b", "1", { key: "K1" }, atSecond(1))]);
    hub.observe([hub.edit("b", "2", { key: "K1" }, atSecond(2))]);
    expect(groupsOf(hub)).toEqual(["a 1, b 1"]);
    expect(hub.records.size).toBe(1);
  });

  test("a link lasts when the key by which it was found is edited", () => {
    const hub = told(
      ["a", "b"].map((system) => ({ system, id: "1", key: "K1" })),
      1,
    );
    hub.observe([hub.edit("a", "1", { key: "K2" }, atSecond(5))]);
    expect(groupsOf(hub)).toEqual(["a 1, b 1"]);
    hub.observe([hub.edit("c", "1", { key: "K2" }, atSecond(6))]);
    expect(groupsOf(hub)).toEqual(["a 1, b 1, c 1"]);
  });
});
