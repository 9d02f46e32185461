import { describe, expect, test } from "vitest";
import type { QuarantineId } from "../ids.ts";
import { NOBODY } from "../mapping/refer.ts";
import { planDelivery } from "../plan/plan-delivery.ts";
import type { FieldValue } from "../values/field-value.ts";
import { answerConflict, type Choice, setValue } from "./answer.ts";
import { correctValue, decideAgain, type HeldItem } from "./decide-again.ts";
import { letBe } from "./let-be-act.ts";
import type { Conflict } from "./state.ts";
import {
  agreeOn,
  columnsOf,
  edit,
  editAtOnce,
  hubText,
  PARTS,
  rowText,
  textOf,
} from "./testing/address-states.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import { atSecond, settle } from "./testing/three-states.ts";
import { undoAnswer } from "./undo-answer.ts";

const BY_RANK = { ownership: { tiers: [{ systems: ["a"] }, { systems: ["b", "c"] }] } };
const A_OWNS = (refused: "revert" | "keep-apart" | "review") => ({
  group: { ownership: { tiers: [{ systems: ["a"], when: "always" as const }], refused } },
});
const ANA = "person:ana" as const;

const hubOf = (hub: ModelHub): string => hubText([...hub.records.values()][0]);
const rowsOf = (hub: ModelHub): string[] => ["a", "b", "c"].map((one) => rowText(hub, one));
const linkOf = (hub: ModelHub, system: string) =>
  [...hub.links.values()].find((link) => link.system === system);
const tuple = (text: string): FieldValue => ({ parts: columnsOf(text) });
const tupleText = (value: FieldValue | undefined): string => {
  const parts = value !== null && typeof value === "object" && "parts" in value ? value.parts : {};
  return textOf((part) => parts[part]);
};

function questionOf(hub: ModelHub): Conflict {
  const [open, ...more] = [...hub.conflicts.values()].filter(({ state }) => state === "open");
  if (open === undefined || more.length > 0) throw new Error(`${more.length} more than one.`);
  return open;
}

function answer(hub: ModelHub, choice: Choice): void {
  const conflict = questionOf(hub);
  const { id, revision } = conflict;
  const given = { conflict: id, revision, choice, person: ANA, command: "resolve" };
  const answered = answerConflict(hub.world(), conflict, given, hub.newId);
  if (answered.kind !== "resolved") throw new Error(answered.kind);
  hub.keep(answered.changes);
}

describe("an address that two sides change at once", () => {
  test("is asked about once, as a whole, and nothing of it is delivered meanwhile", () => {
    const hub = agreeOn({}, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c2/z2", b: "s1/c1/z3" });
    expect(questionOf(hub)).toMatchObject({ field: "street", reason: "policy-review" });
    const { candidates, base } = questionOf(hub);
    expect(candidates.map(({ value }) => tupleText(value))).toEqual(["s2/c2/z2", "s1/c1/z3"]);
    expect(tupleText(base)).toBe("s1/c1/z1");
    expect(settle(hub)).toBe(0);
    expect(rowsOf(hub)).toEqual(["s2/c2/z2", "s1/c1/z3", "s1/c1/z1"]);
  });

  test.each<[string, Choice, string]>([
    ["a contender", { kind: "candidate", from: "system:b" }, "s1/c1/z3"],
    ["what was agreed", { kind: "hub" }, "s1/c1/z1"],
    ["a combination", { kind: "value", value: tuple("s2/c2/z3") }, "s2/c2/z3"],
  ])("an answer sets all of it, from %s, and every system has the whole", (_, choice, stands) => {
    const hub = agreeOn({}, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c2/z2", b: "s1/c1/z3" });
    answer(hub, choice);
    settle(hub);
    expect(hubOf(hub)).toBe(stands);
    expect(rowsOf(hub)).toEqual([stands, stands, stands]);
    const [record] = hub.records.values();
    expect(PARTS.map((part) => record?.values[part]?.by)).toEqual([ANA, ANA, ANA]);
  });

  test("the answer is taken back as a whole, and the question stands as it was", () => {
    const hub = agreeOn({}, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c2/z2", b: "s1/c1/z3" });
    const before = [...hub.records.values()][0]?.values;
    const conflict = questionOf(hub);
    answer(hub, { kind: "candidate", from: "system:b" });
    const at = [...hub.records.values()][0]?.values["zip"]?.at ?? "";
    const { v: _, ...source } = before?.["zip"] ?? { v: null, by: ANA, at };
    const given = {
      ...{ conflict: { ...conflict, state: "resolved" as const }, by: ANA, at },
      before: { ...source, v: tuple("s2/c2/z2") },
      ...{ met: [], deletedBefore: null, sending: new Set<never>(), rowsDeleted: false },
    };
    const undone = undoAnswer(hub.world(), given, { person: ANA, command: "undo" }, hub.newId);
    if (undone.kind !== "reopened") throw new Error(undone.message);
    hub.keep(undone.changes);
    expect(hubOf(hub)).toBe("s2/c2/z2");
    expect([...hub.records.values()][0]?.values).toEqual(before);
    expect(questionOf(hub).candidates).toEqual(conflict.candidates);
    answer(hub, { kind: "candidate", from: "system:a" });
    settle(hub);
    expect(rowsOf(hub)).toEqual(["s2/c2/z2", "s2/c2/z2", "s2/c2/z2"]);
  });

  test("the question closes by itself when both come to one address", () => {
    const hub = agreeOn({}, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c2/z2", b: "s1/c1/z3" });
    edit(hub, "b", "s2/c2/z3");
    expect(questionOf(hub).candidates).toHaveLength(2);
    edit(hub, "b", "s2/c2/z2");
    expect([...hub.conflicts.values()].map(({ state }) => state)).toEqual(["withdrawn"]);
    settle(hub);
    expect(rowsOf(hub)).toEqual(["s2/c2/z2", "s2/c2/z2", "s2/c2/z2"]);
  });

  test("rank and the newest edit take one of the two whole", () => {
    const ranked = agreeOn({ group: BY_RANK as never }, "s1/c1/z1");
    editAtOnce(ranked, { a: "s1/c1/z2", b: "s3/c3/z1" });
    settle(ranked);
    expect(rowsOf(ranked)).toEqual(["s1/c1/z2", "s1/c1/z2", "s1/c1/z2"]);
    const newest = agreeOn({ group: { policy: { kind: "newest" } } }, "s1/c1/z1");
    editAtOnce(newest, { a: "s1/c1/z2", b: "s3/c3/z1" });
    settle(newest);
    expect(rowsOf(newest)).toEqual(["s3/c3/z1", "s3/c3/z1", "s3/c3/z1"]);
    const lines = newest.audit.filter(
      ({ kind, actor }) => kind === "accepted" && actor.endsWith("b"),
    );
    expect(
      lines.map(({ field, before, after, losers }) => [field, before, after, losers?.[0]?.value]),
    ).toEqual([
      ["street", "s1", "s3", "s1"],
      ["city", "c1", "c3", "c1"],
      ["zip", "z2", "z1", "z2"],
    ]);
    expect(lines[0]?.cause.detail).toBe("Decided as a part of Address.");
  });
});

describe("a system that tells only a part", () => {
  test("changes its part where nobody else has changed anything", () => {
    const hub = agreeOn({ ofC: ["zip"] }, "s1/c1/z1");
    edit(hub, "c", "-/-/z2");
    settle(hub);
    expect(rowsOf(hub).slice(0, 2)).toEqual(["s1/c1/z2", "s1/c1/z2"]);
  });

  test("is asked where another has changed the address meanwhile, whatever the policy", () => {
    const hub = agreeOn({ ofC: ["zip"], group: { policy: { kind: "newest" } } }, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c2/z2", c: "-/-/z3" });
    const { reason, candidates } = questionOf(hub);
    expect(reason).toBe("part-of-group");
    expect(candidates.map(({ value }) => tupleText(value))).toEqual(["s2/c2/z2", "s2/c2/z3"]);
    answer(hub, { kind: "candidate", from: "system:a" });
    settle(hub);
    expect(hubOf(hub)).toBe("s2/c2/z2");
    expect(linkOf(hub, "c")?.bases["zip"]).toEqual({ s: "z2" });
  });

  test("that loses by rank is set back", () => {
    const hub = agreeOn({ ofC: ["zip"], group: BY_RANK as never }, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c2/z2", c: "-/-/z3" });
    settle(hub);
    expect(hub.conflicts.size).toBe(0);
    expect(hub.system("c").rows.get("1")?.["zip"]).toBe("z2");
  });
});

describe("an address that its rule does not admit", () => {
  test("is set back whole, also the lines that were not touched", () => {
    const hub = agreeOn(A_OWNS("revert"), "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c1/z2", b: "s1/c3/z1" });
    settle(hub);
    expect(rowsOf(hub)).toEqual(["s2/c1/z2", "s2/c1/z2", "s2/c1/z2"]);
    const refused = hub.audit.filter(({ kind }) => kind === "rejected");
    expect(refused.map(({ field, losers }) => [field, losers?.[0]?.value])).toEqual([
      ["city", "c3"],
    ]);
  });

  test("is kept apart whole: no line of it is delivered there until the two meet", () => {
    const hub = agreeOn(A_OWNS("keep-apart"), "s1/c1/z1");
    edit(hub, "b", "s1/c1/z3");
    edit(hub, "a", "s2/c2/z2");
    settle(hub);
    expect(rowsOf(hub)).toEqual(["s2/c2/z2", "s1/c1/z3", "s2/c2/z2"]);
    edit(hub, "b", "s2/c2/z2");
    edit(hub, "a", "s4/c4/z4");
    settle(hub);
    expect(rowsOf(hub)).toEqual(["s4/c4/z4", "s4/c4/z4", "s4/c4/z4"]);
  });
});

describe("a line that does not fit", () => {
  const broken = () => {
    const hub = agreeOn({}, "s1/c1/z1");
    edit(hub, "b", "s2/c2/too long");
    return hub;
  };
  const itemOf = (hub: ModelHub): HeldItem => {
    const link = linkOf(hub, "b");
    if (link === undefined) throw new Error("b has no row.");
    const held = [...hub.held.values()].find(({ field }) => field === "zip");
    return {
      ...{ id: held?.id as QuarantineId, kind: "value", record: link.record, link: link.id },
      ...{ binding: link.binding, system: link.system, externalId: link.externalId },
      ...{ field: "zip", value: "too long", columns: null, position: null },
    };
  };

  test("holds the others of its address: they wait with it and are taken with it", () => {
    const hub = broken();
    expect([...hub.held.values()].map(({ field }) => field)).toEqual(["zip", "street", "city"]);
    edit(hub, "a", "s3/c3/z3");
    settle(hub);
    expect(rowText(hub, "c")).toBe("s1/c1/z1");
    const again = decideAgain(hub.world(), itemOf(hub), "", hub.newId);
    expect(again).toMatchObject({ kind: "fails", problem: { value: "too long" } });
    edit(hub, "b", "s2/c2/z2");
    expect(hub.held.size).toBe(0);
  });

  test("is corrected by a person, who makes the rest of the row's address theirs", () => {
    const hub = broken();
    const correction = { value: "z9", person: ANA, command: "correct" };
    const changes = correctValue(hub.world(), itemOf(hub), correction, hub.newId);
    if (changes === null) throw new Error("It has no place.");
    hub.keep(changes);
    settle(hub);
    expect(hub.held.size).toBe(0);
    expect(rowsOf(hub)).toEqual(["s2/c2/z9", "s2/c2/z9", "s2/c2/z9"]);
  });

  test("is let be with its address, until the hub's changes", () => {
    const hub = broken();
    const changes = letBe(hub.world(), itemOf(hub), hub.newId);
    if (changes === null) throw new Error("It has no place.");
    hub.keep(changes);
    settle(hub);
    expect([hub.held.size, rowText(hub, "b")]).toEqual([0, "s2/c2/too long"]);
    hub.edit("b", "1", { note: "read again with all the rest" }, atSecond(1));
    expect([hub.held.size, rowText(hub, "b")]).toEqual([0, "s2/c2/too long"]);
    edit(hub, "a", "s3/c1/z1");
    settle(hub);
    expect(rowsOf(hub)).toEqual(["s3/c1/z1", "s3/c1/z1", "s3/c1/z1"]);
  });
});

test("a person sets one line, and the rest of the address stays", () => {
  const hub = agreeOn({}, "s1/c1/z1");
  const [record] = hub.records.values();
  if (record === undefined) throw new Error("There is no record.");
  const act = { record: record.id, field: "zip", value: "z9", person: ANA, command: "set-value" };
  const changes = setValue(hub.world(), act, hub.newId);
  if (changes === null) throw new Error("There is no such field.");
  hub.keep(changes);
  settle(hub);
  expect(rowsOf(hub)).toEqual(["s1/c1/z9", "s1/c1/z9", "s1/c1/z9"]);
});

test("all of an address is sent where one line is due, on condition that all stand there still", () => {
  const hub = agreeOn({}, "s1/c1/z1");
  edit(hub, "a", "s1/c1/z2");
  const link = linkOf(hub, "b");
  const record = link === undefined ? undefined : hub.records.get(link.record);
  const rules = hub.world().map.bindings.get("b-thing" as never);
  if (link === undefined || record === undefined || rules === undefined)
    throw new Error("Nothing.");
  const asked = { rules, record, link, held: new Set<string>(), deleteAsked: false };
  const plan = planDelivery({ ...asked, refer: NOBODY });
  expect(plan).toMatchObject({
    columns: { street: "s1", city: "c1", zip: "z2" },
    condition: { street: "s1", city: "c1", zip: "z1" },
  });
  // Somebody changes another line there before we write: nothing is written over it.
  hub.edit("b", "1", { city: "c7" }, atSecond(2));
  hub.deliver();
  expect(rowText(hub, "b")).toBe("s1/c7/z1");
});
