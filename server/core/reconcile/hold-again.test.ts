import { expect, test } from "vitest";
import { answerConflict } from "./answer.ts";
import { agreeOn, columnsOf, edit, rowText } from "./testing/address-states.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import { atSecond, settle } from "./testing/three-states.ts";

/** A record whose row is gone in c while b has a zip that does not fit; somebody is asked. */
function askedAboutDelete(): ModelHub {
  const hub = agreeOn({ alone: true }, "s1/c1/z1");
  hub.observe([hub.edit("c", "1", null, atSecond(1))]);
  hub.observe([hub.edit("b", "1", columnsOf("s1/c1/too long"), atSecond(2))]);
  edit(hub, "b", "s2/c1/too long", 3);
  return hub;
}

function keepIt(hub: ModelHub): void {
  const [conflict] = [...hub.conflicts.values()].filter(({ state }) => state === "open");
  if (conflict === undefined) throw new Error("Nobody is asked.");
  const { id, revision } = conflict;
  const given = { conflict: id, revision, choice: { kind: "keep" as const } };
  const by = { person: "person:ana" as const, command: "resolve" };
  const answered = answerConflict(hub.world(), conflict, { ...given, ...by }, hub.newId);
  if (answered.kind !== "resolved") throw new Error(answered.kind);
  hub.keep(answered.changes);
}

test.each([
  ["that still waits", false],
  ["that was let go because its record was deleted", true],
])("a value %s waits once the record is kept", (_, isLetGo) => {
  const hub = askedAboutDelete();
  if (isLetGo) hub.held.clear();
  keepIt(hub);
  settle(hub);
  expect([...hub.held.values()].map(({ field }) => field)).toEqual(["zip"]);
  expect(rowText(hub, "b")).toBe("s2/c1/too long");
});
