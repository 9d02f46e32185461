import { expect, test } from "vitest";
import type { QuarantineId } from "../ids.ts";
import { answerConflict } from "./answer.ts";
import { letBe } from "./let-be-act.ts";
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

/** The record is deleted, and its row stays in b with the zip that does not fit. */
function deletedWithBadRow(): ModelHub {
  const hub = agreeOn({ alone: true }, "s1/c1/z1");
  hub.observe([hub.edit("b", "1", columnsOf("s1/c1/too long"), atSecond(2))]);
  for (const record of hub.records.values()) {
    hub.records.set(record.id, { ...record, deletedAt: atSecond(3) });
  }
  return hub;
}

test("what the row of a deleted record had before holds nothing anew, a change of it does", () => {
  const hub = deletedWithBadRow();
  hub.held.clear();
  hub.observe([hub.edit("b", "1", columnsOf("s1/c1/too long"), atSecond(4))]);
  expect(hub.held.size).toBe(0);
  hub.observe([hub.edit("b", "1", columnsOf("s1/c1/longer yet"), atSecond(5))]);
  expect([...hub.held.values()].map(({ field }) => field)).toEqual(["zip"]);
});

test("what was let be while its record was deleted stays so when the record is kept", () => {
  const hub = askedAboutDelete();
  const [record] = hub.records.values();
  const [held] = hub.held.values();
  const link = held === undefined ? undefined : hub.links.get(held.link);
  if (record === undefined || held === undefined || link === undefined)
    throw new Error("No value waits.");
  hub.records.set(record.id, { ...record, deletedAt: atSecond(4) });
  const { binding, system, externalId } = link;
  const row = { binding, system, externalId, columns: null, position: null };
  const id = held.id as QuarantineId;
  const item = { ...held, ...row, id, kind: "value" as const, value: "too long" };
  const changes = letBe(hub.world(), item, hub.newId);
  if (changes === null) throw new Error("It has no place.");
  hub.keep(changes);
  keepIt(hub);
  settle(hub);
  expect(hub.held.size).toBe(0);
  expect(rowText(hub, "b")).toBe("s2/c1/too long");
});
