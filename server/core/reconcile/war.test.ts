import { describe, expect, test } from "vitest";
import { LIMITS } from "../limits.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import { agree, atSecond, type Rules } from "./testing/three-states.ts";

const NEWEST: Rules = { policy: "newest", tiers: null, refused: "revert" };
const ROUNDS = 4 * LIMITS.revertRoundsMax;

const start = (rules: Rules = NEWEST) => agree({ rules, base: [{ word: "grey", count: "0" }] });

/** A job at each of these systems sets the word back to its own, whenever it is another. */
function fight(hub: ModelHub, jobs: Readonly<Record<string, string>>): number {
  let sets = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [system, word] of Object.entries(jobs)) {
      if (hub.system(system).rows.get("1")?.["word"] === word) continue;
      sets += 1;
      hub.observe([hub.edit(system, "1", { word }, atSecond(sets))]);
    }
    hub.deliver();
  }
  return sets;
}

const open = (hub: ModelHub) => [...hub.conflicts.values()].filter(({ state }) => state === "open");

describe("a value that comes back each time", () => {
  test("two jobs that may both decide are stopped, and both values are shown", () => {
    const hub = start();
    const sets = fight(hub, { a: "red", b: "blue" });
    expect(open(hub)).toMatchObject([{ field: "word", reason: "war" }]);
    const shown = open(hub)[0]?.candidates.map(({ value }) => value) ?? [];
    expect(shown.sort()).toEqual(["blue", "red"]);
    expect(sets).toBeLessThanOrEqual(2 * (LIMITS.revertRoundsMax + 1));
    expect([...hub.due]).toEqual([]);
  });

  test("a job that may not decide is stopped too", () => {
    const hub = start({ policy: "ranked", tiers: [{ systems: ["b"] }], refused: "revert" });
    fight(hub, { a: "red" });
    expect(open(hub)).toMatchObject([{ field: "word", reason: "war" }]);
  });

  test("one job alone has its way, and nobody is asked", () => {
    const hub = start();
    expect(fight(hub, { a: "red" })).toBe(1);
    expect(open(hub)).toEqual([]);
  });

  test("people who answer one another with new values are no war", () => {
    const hub = start();
    for (let round = 1; round <= ROUNDS; round += 1) {
      const system = round % 2 === 0 ? "a" : "b";
      hub.observe([hub.edit(system, "1", { word: `w${round}` }, atSecond(round))]);
      hub.deliver();
    }
    expect(open(hub)).toEqual([]);
    expect([...hub.records.values()][0]?.values["word"]?.v).toBe(`w${ROUNDS}`);
  });

  test("counts that come to the same again are changes, each of them", () => {
    const hub = start({ ...NEWEST, policy: "sum-of-deltas" });
    for (let round = 1; round <= ROUNDS; round += 1) {
      const [system, count] = round % 2 === 0 ? ["a", "0"] : ["b", "1"];
      hub.observe([hub.edit(system ?? "", "1", { count: count ?? null }, atSecond(round))]);
      hub.deliver();
    }
    expect(open(hub)).toEqual([]);
  });
});
