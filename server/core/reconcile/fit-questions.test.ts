import { describe, expect, test } from "vitest";
import { answerConflict } from "./answer.ts";
import { fitQuestions } from "./fit-questions.ts";
import { reconcileBatch } from "./reconcile-batch.ts";
import type { Conflict, RecordState } from "./state.ts";
import {
  type AddressRules,
  addressMap,
  agreeOn,
  columnsOf,
  editAtOnce,
  hubText,
  rowText,
} from "./testing/address-states.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import { atSecond, settle } from "./testing/three-states.ts";
import { startWork } from "./world.ts";

/** What a new version of the map makes of questions that are open: asked as it decides now. */

const ALONE: AddressRules = { alone: true };
const TOGETHER: AddressRules = {};
const SHORT: AddressRules = { group: { fields: ["street", "zip"] } };
const TURNED: AddressRules = { group: { fields: ["zip", "city", "street"] } };

const open = (hub: ModelHub): Conflict[] =>
  [...hub.conflicts.values()].filter(({ state }) => state === "open");

const recordIn = (hub: ModelHub): RecordState => {
  const [record] = hub.records.values();
  if (record === undefined) throw new Error("There is no record.");
  return record;
};

/** A version is published, and its rows are looked at again. */
function publish(hub: ModelHub, rules: AddressRules): void {
  hub.publish(addressMap(rules));
  const work = startWork(hub.world(), hub.newId);
  fitQuestions(work, recordIn(hub).id);
  hub.keep(work.changes);
  for (const id of hub.links.keys()) hub.due.add(id);
}

const shown = (hub: ModelHub) =>
  open(hub)
    .map(({ field, base, candidates }) => ({
      field,
      base,
      from: candidates.map(({ from, value }) => [from.replace("system:", ""), value]),
    }))
    .toSorted((one, other) => ((one.field ?? "") < (other.field ?? "") ? -1 : 1));

describe("a map that decides fields together from now on", () => {
  test("asks once what was asked field by field, with all that both sides have said", () => {
    const hub = agreeOn(ALONE, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c1/z2", b: "s3/c1/z3" });
    expect(open(hub).map(({ field }) => field)).toEqual(["street", "zip"]);
    const [first, second] = open(hub);
    publish(hub, TOGETHER);
    expect(shown(hub)).toEqual([
      {
        field: "street",
        base: { parts: columnsOf("s1/c1/z1") },
        from: [
          ["a", { parts: columnsOf("s2/c1/z2") }],
          ["b", { parts: columnsOf("s3/c1/z3") }],
        ],
      },
    ]);
    expect(open(hub)[0]?.id).toBe(first?.id);
    expect(hub.conflicts.get(second?.id ?? "")?.state).toBe("withdrawn");
    expect(settle(hub)).toBe(0);
    answerWith(hub, "b");
    settle(hub);
    for (const system of ["a", "b", "c"]) expect(rowText(hub, system)).toBe("s3/c1/z3");
  });

  test("and asks each part by itself again, once it is parted", () => {
    const hub = agreeOn(TOGETHER, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c1/z2", b: "s1/c1/z3" });
    publish(hub, ALONE);
    // The street was changed by one alone: it is the hub's already, and nobody contends.
    expect(shown(hub)).toEqual([
      {
        field: "zip",
        base: "z1",
        from: [
          ["a", "z2"],
          ["b", "z3"],
        ],
      },
    ]);
    settle(hub);
    expect(hubText(recordIn(hub))).toBe("s2/c1/z2");
    expect(rowText(hub, "b")).toBe("s2/c1/z3");
    answerWith(hub, "b");
    settle(hub);
    for (const system of ["a", "b", "c"]) expect(rowText(hub, system)).toBe("s2/c1/z3");
  });

  test.each([
    ["a field less", SHORT, "street", ["street", "zip"]],
    ["another first field", TURNED, "zip", ["zip", "city", "street"]],
  ])("a group with %s: the question has its parts", (_, rules, field, parts) => {
    const hub = agreeOn(TOGETHER, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c1/z2", b: "s1/c1/z3" });
    publish(hub, rules);
    const [question] = open(hub);
    expect(open(hub)).toHaveLength(1);
    expect(question?.field).toBe(field);
    const [candidate] = question?.candidates ?? [];
    const value = candidate?.value as { parts: object };
    expect(Object.keys(value.parts).sort()).toEqual([...parts].sort());
  });

  test("a field more: what its system has there stands in the question too", () => {
    const hub = agreeOn(SHORT, "s1/c1/z1");
    editAtOnce(hub, { a: "s2/c1/z2", b: "s1/c1/z3" });
    publish(hub, TOGETHER);
    expect(open(hub)[0]?.candidates.map(({ value }) => value)).toEqual([
      { parts: columnsOf("s2/c1/z2") },
      { parts: columnsOf("s1/c1/z3") },
    ]);
  });

  test("finds the question in a row's next news, and a return to what was withdraws it", () => {
    const hub = agreeOn(ALONE, "s1/c1/z1");
    editAtOnce(hub, { a: "s1/c1/z2", b: "s1/c1/z3" });
    hub.publish(addressMap(TOGETHER));
    const told = hub.edit("b", "1", columnsOf("s1/c1/z1"), atSecond(9));
    hub.keep(reconcileBatch(hub.world(), [told], hub.newId));
    expect(open(hub)).toEqual([]);
    settle(hub);
    expect(rowText(hub, "b")).toBe("s1/c1/z2");
  });
});

describe("what is kept apart or due while the map changes", () => {
  const refused = { tiers: [{ systems: ["a"], when: "always" as const }] };

  test("a line that is kept apart keeps its address apart, and alone again when it is parted", () => {
    const rules = { ownership: { ...refused, refused: "keep-apart" as const } };
    const hub = agreeOn({ ...ALONE, group: rules }, "s1/c1/z1");
    editAtOnce(hub, { b: "s1/c1/z3" });
    publish(hub, { group: rules });
    editAtOnce(hub, { a: "s2/c1/z1" });
    settle(hub);
    expect(rowText(hub, "b")).toBe("s1/c1/z3");
    publish(hub, { ...ALONE, group: rules });
    settle(hub);
    expect(rowText(hub, "b")).toBe("s2/c1/z3");
  });

  test("an address that is kept apart keeps apart the line alone that differs, when it is parted", () => {
    const rules = { ownership: { ...refused, refused: "keep-apart" as const } };
    const hub = agreeOn({ group: rules }, "s1/c1/z1");
    editAtOnce(hub, { b: "s1/c1/z3" });
    publish(hub, { ...ALONE, group: rules });
    editAtOnce(hub, { a: "s2/c1/z1" });
    settle(hub);
    expect(rowText(hub, "b")).toBe("s2/c1/z3");
  });
});

function answerWith(hub: ModelHub, system: string): void {
  const [conflict] = open(hub);
  if (conflict === undefined) throw new Error("Nothing is asked.");
  const choice = { kind: "candidate", from: `system:${system}` } as const;
  const { id, revision } = conflict;
  const given = { conflict: id, revision, choice, person: "person:ana", command: "x" } as const;
  const answered = answerConflict(hub.world(), conflict, given, hub.newId);
  if (answered.kind !== "resolved") throw new Error(answered.kind);
  hub.keep(answered.changes);
}
