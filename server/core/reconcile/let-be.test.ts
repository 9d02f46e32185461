import { describe, expect, test } from "vitest";
import type { BindingId, QuarantineId } from "../ids.ts";
import { NOBODY } from "../mapping/refer.ts";
import { asPosition } from "../position.ts";
import type { Columns } from "../values/field-value.ts";
import { observe } from "./decide-again.ts";
import { unsaid } from "./let-be.ts";
import { reconcileBatch } from "./reconcile-batch.ts";
import { agreeOn } from "./testing/address-states.ts";
import { rowKey, type World } from "./world.ts";

const BINDING = "b-thing" as BindingId;
const THEN: Columns = { key: "K", note: "n", street: "s1" };

/** What becomes of a row that was let be as it was then, when it is told once more. */
function told(columns: Columns, place = "5", letBe = THEN) {
  const hub = agreeOn({}, "s1/c1/z1");
  const known = { columns: letBe, position: asPosition("3") };
  const key = rowKey(BINDING, "9");
  const world: World = { ...hub.world(), letBe: new Map([[key, known]]) };
  const rules = world.map.bindings.get(BINDING);
  if (rules === undefined) throw new Error("There is no such binding.");
  const row = observe(rules, { externalId: "9", columns, place }, NOBODY);
  const changes = reconcileBatch(world, [row], hub.newId);
  return { made: changes.links.size > 0, kept: changes.letBe.get(key) };
}

describe("a row that was let be", () => {
  test.each([
    ["the same", THEN],
    ["a part of it", { key: "K" }],
    ["with a column that nobody read then", { ...THEN, city: "c9" }],
  ])("stays so when it is told again: %s", (_, columns) => {
    const { made, kept } = told(columns);
    expect(made).toBe(false);
    // What was read of it since counts from now on.
    expect(kept?.columns).toEqual({ ...THEN, ...columns });
  });

  test("is decided as soon as one of its columns has changed", () => {
    expect(told({ ...THEN, street: "s2" })).toEqual({ made: true, kept: null });
    expect(told({ ...THEN, street: null })).toEqual({ made: true, kept: null });
  });

  test("is not decided by what was told of it before somebody looked", () => {
    expect(told({ ...THEN, street: "s0" }, "2")).toEqual({ made: false, kept: undefined });
  });
});

test("a value about which a person has spoken breaks no rule, another one does", () => {
  const said = "item" as QuarantineId;
  const bases = { zip: { s: "too long", g: "z1", said }, note: { s: "bad" }, city: { s: "c" } };
  const problem = (field: string, value: string) => ({ field, code: "x", message: "", value });
  const all = [problem("zip", "too long"), problem("zip", "longer"), problem("note", "bad")];
  expect(unsaid({ bases }, all)).toEqual(all.slice(1));
  const apart = { zip: { ...bases.zip, apart: true as const } };
  expect(unsaid({ bases: apart }, all.slice(0, 1))).toHaveLength(1);
});
