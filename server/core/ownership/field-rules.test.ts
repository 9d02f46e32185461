import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Field } from "../map/document.ts";
import type { HubValue } from "../reconcile/state.ts";
import { lawRuns } from "../testing/law-runs.ts";
import { isBlank, makeEquals } from "../values/equal-value.ts";
import { barOf, compareRank, compileFieldRules, tierOf } from "./field-rules.ts";

const SYSTEMS = ["a", "b", "c", "d"];

const tiers = fc.array(
  fc.record({
    systems: fc.subarray(SYSTEMS.slice(0, 3), { minLength: 1 }),
    when: fc.constantFrom("always", "always", "blank"),
  }),
  { minLength: 1, maxLength: 3 },
);
const limits = fc.record({
  once: fc.constantFrom(undefined, true),
  clear: fc.option(fc.subarray(SYSTEMS.slice(0, 3)), { nil: undefined }),
});

/** Rules of a field, from the ranked list and the limits. */
const rules = fc.tuple(tiers, limits).map(([list, { once, clear }]) => {
  const ownership = { tiers: list, ...(once && { once }), ...(clear && { clear }) };
  const field = Field.parse({ id: "f", name: "F", type: "text", ownership });
  return compileFieldRules(field, { equals: makeEquals("text"), isBlank });
});

const hubs: fc.Arbitrary<HubValue | undefined> = fc.option(
  fc.record({
    v: fc.constantFrom("red", "blue", "", null),
    by: fc.constantFrom(...SYSTEMS.map((id) => `system:${id}` as const), "person:ana" as const),
    at: fc.constant("2026-01-01T00:00:00Z"),
  }),
  { nil: undefined },
);
const systems = fc.constantFrom(...SYSTEMS);
const values = fc.constantFrom("red", "blue", "", null);

describe("who may decide", () => {
  test("a system that no tier names decides nothing, whatever the hub has", () => {
    fc.assert(
      fc.property(rules, hubs, values, (of, hub, value) => {
        expect(barOf(of, { system: "d", hub, value })).toBe("not-an-owner");
      }),
      lawRuns(100),
    );
  });

  test("who fills a blank decides over its own value and a blank, and over no other", () => {
    fc.assert(
      fc.property(rules, hubs, systems, (of, hub, system) => {
        fc.pre(tierOf(of, system)?.whenBlank === true && hub !== undefined && !isBlank(hub.v));
        const bar = barOf(of, { system, hub, value: "green" });
        if (hub?.by !== `system:${system}`) expect(bar).toBe("not-an-owner");
        else expect(bar).toBeNull();
      }),
      lawRuns(100),
    );
  });

  test("nobody without the right makes a value blank, whatever else they may", () => {
    fc.assert(
      fc.property(rules, hubs, systems, (of, hub, system) => {
        fc.pre(of.clear !== null && !of.clear.has(system) && hub !== undefined);
        expect(barOf(of, { system, hub, value: null })).not.toBeNull();
      }),
      lawRuns(100),
    );
  });

  test("rank is one order of the systems: by tier alone, and a person stands above all", () => {
    fc.assert(
      fc.property(rules, systems, systems, (of, a, b) => {
        const rank = (system: string) => tierOf(of, system)?.rank ?? Number.MAX_SAFE_INTEGER;
        const compared = compareRank(of, a, `system:${b}`);
        expect(Math.sign(compared)).toBe(Math.sign(rank(a) - rank(b)));
        expect(compareRank(of, a, "person:ana")).toBeGreaterThan(0);
      }),
      lawRuns(100),
    );
  });
});
