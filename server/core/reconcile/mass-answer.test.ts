import { describe, expect, test } from "vitest";
import type { HeldItem } from "./decide-again.ts";
import { endMissing, type KeptEnd, keepMissing, refuseValues, takeValues } from "./mass-answer.ts";
import {
  agreed,
  clear,
  heldFields,
  living,
  minute,
  missing,
  remove,
  rows,
  wordsOf,
} from "./testing/many-rows.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import { settle } from "./testing/three-states.ts";

const keep = (hub: ModelHub, end: KeptEnd) =>
  hub.keep(
    keepMissing(
      hub.world(),
      missing(hub).map(({ id }) => id),
      { person: "person:ana", command: "decline", end },
      hub.newId,
    ),
  );

/** What waits in quarantine, as the storage hands it out. */
const items = (hub: ModelHub): HeldItem[] =>
  [...hub.held.values()].flatMap(({ id, link: of, record, field }) => {
    const link = hub.links.get(of);
    if (link === undefined) return [];
    const { binding, system, externalId } = link;
    const row = { externalId, columns: null, position: null };
    const place = { kind: "value" as const, binding, system, ...row };
    return [{ id, link: of, record, field, ...place }];
  });

describe("a person answers about rows that are gone", () => {
  test("allowed, they are gone as their binding says", () => {
    const hub = agreed(10);
    hub.observe(remove(hub, rows(0, 4), 20));
    const ids = missing(hub).map(({ id }) => id);
    hub.keep(endMissing(hub.world(), ids, hub.newId));
    settle(hub);
    expect(living(hub)).toBe(5);
    expect(hub.system("c").rows.size).toBe(5);
  });

  test("allowed after somebody edited one of them elsewhere, that one is asked", () => {
    const hub = agreed(10);
    hub.observe(remove(hub, rows(0, 4), 20));
    const place = [...hub.system("b").rows].find(([, row]) => row["key"] === "K4")?.[0] ?? "";
    hub.observe([hub.edit("b", place, { word: "blue" }, minute(22))]);
    const ids = missing(hub).map(({ id }) => id);
    hub.keep(endMissing(hub.world(), ids, hub.newId));
    const open = [...hub.conflicts.values()].filter(({ state }) => state === "open");
    expect(open).toMatchObject([{ kind: "delete", reason: "row-gone-with-edits" }]);
  });

  test.each<[KeptEnd, number]>([
    ["again", 7],
    ["unlink", 5],
  ])("refused with %s, the records stay, each with a line of the person", (end, there) => {
    const hub = agreed(10);
    hub.observe(remove(hub, rows(0, 4), 20));
    keep(hub, end);
    settle(hub);
    expect(living(hub)).toBe(7);
    expect(hub.system("a").rows.size).toBe(there);
    const told = hub.audit.filter(({ actor }) => actor === "person:ana");
    expect(told.map(({ kind }) => kind)).toEqual(["unlinked", "unlinked"]);
  });
});

describe("a person answers about values", () => {
  test("allowed, they are decided by what stands today", () => {
    const hub = agreed(10);
    hub.observe(clear(hub, rows(0, 4), 20));
    hub.keep(takeValues(hub.world(), items(hub), hub.newId));
    settle(hub);
    expect(heldFields(hub)).toEqual([]);
    expect(wordsOf(hub, "c").filter((word) => word === null).length).toBe(5);
  });

  test("refused, the hub's values go back, and each refused one is in a line", () => {
    const hub = agreed(10);
    hub.observe(clear(hub, rows(0, 4), 20));
    const act = { person: "person:ana", command: "decline" } as const;
    hub.keep(refuseValues(hub.world(), items(hub), act, hub.newId));
    settle(hub);
    expect(heldFields(hub)).toEqual([]);
    expect(wordsOf(hub, "a").filter((word) => word === null).length).toBe(3);
    const told = hub.audit.filter(({ actor }) => actor === "person:ana");
    expect(told).toMatchObject([
      { kind: "rejected", losers: [{ from: "system:a", value: null }] },
      { kind: "rejected", losers: [{ from: "system:a", value: null }] },
    ]);
  });

  test("refused with what is decided together with it: nobody gets a mix, and nothing waits on", () => {
    const hub = agreed(10, {
      edge: { changed: { rows: 2, percent: 10 } },
      together: ["word", "count"],
    });
    const both = { count: "2", word: "red" };
    hub.observe(rows(0, 4).map((id) => hub.edit("a", id, both, minute(20))));
    const many = items(hub).filter(({ field }) => field === "count");
    expect(heldFields(hub).sort()).toEqual(["count", "count", "count", "word", "word", "word"]);
    const act = { person: "person:ana", command: "decline" } as const;
    hub.keep(refuseValues(hub.world(), many, act, hub.newId));
    settle(hub);
    expect(heldFields(hub)).toEqual([]);
    const pairs = (system: string) =>
      [...hub.system(system).rows.values()].map(({ word, count }) => `${word} ${count}`).sort();
    const expected = [...Array(8).fill("grey 1"), "red 2", "red 2"];
    expect(["a", "b", "c"].map(pairs)).toEqual([expected, expected, expected]);
  });
});
