import { describe, expect, test } from "vitest";
import { asId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { column, table } from "../map/testing/shop-schemas.ts";
import { type CompiledMap, compileMap } from "../plan/compile-map.ts";
import type { Columns } from "../values/field-value.ts";
import { answerConflict } from "./answer.ts";
import { ModelHub } from "./testing/model-hub.ts";
import { atSecond, mapOf, type Rules, settle } from "./testing/three-states.ts";

const RULES: Rules = { policy: "newest", tiers: null, refused: "revert" };

const THINGS = table(
  "things",
  ["id"],
  ["id", "key", "word", "count", "hidden"].map((name) => column(name)),
);

/** c puts its rows away instead of deleting them, b leaves them; scoped: c is about the others. */
function archiving(scoped = false): CompiledMap {
  const { document } = mapOf(RULES);
  const archive = { column: "hidden", value: "yes", back: "no" };
  const scope = { conditions: [{ of: "hidden", operator: "is-not", values: ["yes"] }] };
  const ends = {
    a: {},
    b: { whenRecordDeleted: "leave" },
    c: { whenRecordDeleted: "archive", archive, ...(scoped ? { scope } : {}) },
  };
  const bindings = document.bindings.map((binding) => ({
    ...binding,
    ...ends[binding.system as keyof typeof ends],
  }));
  return compileMap(1, MapDocument.parse({ ...document, bindings }), (system) =>
    system === "c" ? THINGS : null,
  );
}

function agreed(scoped = false): ModelHub {
  const hub = new ModelHub(archiving(scoped));
  hub.observe([hub.edit("a", "1", { key: "K1", word: "grey", count: "1" }, atSecond(0))]);
  settle(hub);
  return hub;
}

const rowOfC = (hub: ModelHub) => [...hub.system("c").rows.values()][0];
const linkOfC = (hub: ModelHub) => [...hub.links.values()].find(({ system }) => system === "c");
const idOfC = (hub: ModelHub) => linkOfC(hub)?.externalId ?? "";
const kinds = (hub: ModelHub) =>
  hub.audit.filter(({ system }) => system === "c").map((l) => l.kind);

/** A write of ours without a field has stored this in the row of c; its event is told. */
function written(hub: ModelHub, columns: Columns): void {
  const { id, binding, system } = linkOfC(hub) ?? {};
  if (id === undefined || binding === undefined || system === undefined) throw new Error("No row.");
  const { rows } = hub.system("c");
  rows.set(idOfC(hub), { ...rows.get(idOfC(hub)), ...columns });
  const told = hub.tell("c", idOfC(hub), { at: atSecond(30), transaction: "ours" });
  const call = { operation: "update", transaction: "ours", sent: {}, columns: {} } as const;
  const ours = { ...call, state: "stored", externalId: idOfC(hub) } as const;
  hub.observe([told], [{ id: asId("ours"), link: id, binding, system, ...ours }]);
}

/** A person says that the record is to stay. */
function keepRecord(hub: ModelHub): void {
  const [conflict] = [...hub.conflicts.values()].filter(({ state }) => state === "open");
  if (conflict === undefined) throw new Error("Nothing is asked.");
  const answer = { conflict: conflict.id, revision: conflict.revision, command: "resolve" };
  const choice = { choice: { kind: "keep" as const }, person: "person:ana" as const };
  let made = 0;
  const answered = answerConflict(hub.world(), conflict, { ...answer, ...choice }, () => {
    made += 1;
    return `answer-${made}`;
  });
  if (answered.kind !== "resolved") throw new Error(answered.kind);
  hub.keep(answered.changes);
}

describe("a row is put away when its record is deleted", () => {
  test("with one write and one line, and then nothing more is written", () => {
    const hub = agreed();
    hub.observe([hub.edit("a", "1", null, atSecond(10))]);
    settle(hub);
    expect(rowOfC(hub)).toMatchObject({ key: "K1", word: "grey", hidden: "yes" });
    expect(linkOfC(hub)?.state).toBe("archived");
    expect(kinds(hub)).toEqual(["row-created", "row-archived"]);
    for (const id of hub.links.keys()) hub.due.add(id);
    expect(hub.deliver()).toBe(0);
  });

  test("what somebody does to it there is followed and makes no record", () => {
    const hub = agreed();
    hub.observe([hub.edit("a", "1", null, atSecond(10))]);
    settle(hub);
    hub.observe([hub.edit("c", idOfC(hub), { word: "red" }, atSecond(20))]);
    settle(hub);
    expect(hub.records.size).toBe(1);
    expect(hub.waiting.size).toBe(0);
    expect(hub.system("a").rows.size).toBe(0);
  });

  test("not over an edit that the hub has not seen: it is asked", () => {
    const hub = agreed();
    hub.observe([hub.edit("a", "1", null, atSecond(10))]);
    const edit = hub.edit("c", idOfC(hub), { word: "red" }, atSecond(11));
    hub.deliver();
    hub.observe([edit]);
    settle(hub);
    expect(rowOfC(hub)?.["hidden"]).toBeNull();
    expect([...hub.conflicts.values()]).toMatchObject([{ kind: "delete", state: "open" }]);
  });

  test("one that somebody put away there already is left as it is", () => {
    const hub = agreed();
    hub.observe([hub.edit("c", idOfC(hub), { hidden: "yes" }, atSecond(5))]);
    hub.observe([hub.edit("a", "1", null, atSecond(10))]);
    settle(hub);
    expect(kinds(hub)).toEqual(["row-created"]);
  });

  test("with a value that its system stores in its own words, once and for all", () => {
    const hub = agreed();
    hub.observe([hub.edit("a", "1", null, atSecond(10))]);
    written(hub, { hidden: "Y" });
    expect(linkOfC(hub)?.state).toBe("archived");
    expect(hub.deliver()).toBe(0);
    hub.observe([hub.edit("c", idOfC(hub), { word: "red" }, atSecond(40))]);
    expect(hub.records.size).toBe(1);
    expect(linkOfC(hub)?.state).toBe("archived");
  });

  test("what brings back a row that somebody brought back before us puts nothing away", () => {
    const hub = agreed();
    hub.observe([hub.edit("c", idOfC(hub), { hidden: "yes" }, atSecond(20))]);
    written(hub, { hidden: "no" });
    expect(linkOfC(hub)?.state).toBe("live");
    expect(kinds(hub)).toEqual(["row-created"]);
  });

  test("somebody brings it back there: it is a row like any other", () => {
    const hub = agreed();
    hub.observe([hub.edit("a", "1", null, atSecond(10))]);
    settle(hub);
    hub.observe([hub.edit("c", idOfC(hub), { hidden: "no" }, atSecond(20))]);
    settle(hub);
    expect(hub.records.size).toBe(2);
    expect([...hub.system("a").rows.values()]).toMatchObject([{ key: "K1", word: "grey" }]);
  });
});

describe("the record comes back", () => {
  test("another row with its key is not taken for it meanwhile", () => {
    const hub = agreed();
    hub.observe([hub.edit("a", "1", null, atSecond(10))]);
    settle(hub);
    const [idOfB = ""] = hub.system("b").rows.keys();
    hub.observe([hub.edit("b", idOfB, { word: "blue" }, atSecond(20))]);
    keepRecord(hub);
    hub.observe([hub.edit("c", "other", { key: "K1" }, atSecond(25))]);
    settle(hub);
    expect([...hub.waiting]).toEqual(["c-thing\nother"]);
    expect(linkOfC(hub)).toMatchObject({ state: "live" });
    expect(hub.records.size).toBe(1);
  });

  test.each([false, true])("and its row with it, brought to its values (scoped: %s)", (scoped) => {
    const hub = agreed(scoped);
    hub.observe([hub.edit("a", "1", null, atSecond(10))]);
    settle(hub);
    expect(rowOfC(hub)?.["hidden"]).toBe("yes");
    const [idOfB = ""] = hub.system("b").rows.keys();
    hub.observe([hub.edit("b", idOfB, { word: "blue" }, atSecond(20))]);
    keepRecord(hub);
    settle(hub);
    expect(linkOfC(hub)?.state).toBe("live");
    expect(rowOfC(hub)).toMatchObject({ key: "K1", word: "blue", hidden: "no" });
    expect(kinds(hub).slice(0, 3)).toEqual(["row-created", "row-archived", "row-restored"]);
    for (const id of hub.links.keys()) hub.due.add(id);
    expect(hub.deliver()).toBe(0);
  });
});
