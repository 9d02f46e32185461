import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../audit/audit-entry.ts";
import { asId, type BindingId, type LinkId, type RecordId, type SystemId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { compileMap } from "../plan/compile-map.ts";
import { lawRuns } from "../testing/law-runs.ts";
import { dueFields, heldFields } from "./due.ts";
import { type MergeAct, type MergeOutcome, mergeRecords } from "./merge.ts";
import type { SecondRow } from "./merge-rows.ts";
import type { LinkState } from "./state.ts";
import { ModelHub } from "./testing/model-hub.ts";
import {
  atSecond,
  type Case,
  cases,
  mapOf,
  perturb,
  ROUNDS_MAX,
  SYSTEMS,
  settle,
} from "./testing/three-states.ts";
import { unmergeRecord } from "./unmerge.ts";

const ANA = { person: "person:ana@example.com", command: "merge" } as const;
const NONE: ReadonlySet<LinkId> = new Set();

/** Rows are made by people alone, so that two records may have rows in different systems. */
function hubOf(rules: Case["rules"], rowsAreMade = false): ModelHub {
  const { document } = mapOf(rules);
  const bindings = document.bindings.map((binding) => ({
    ...binding,
    createsRows: rowsAreMade,
    whenRowGone: "unlink" as const,
  }));
  return new ModelHub(compileMap(1, MapDocument.parse({ ...document, bindings }), () => null));
}

/** Record 1 is in a and b, record 2 in b and c. */
function twins(rules: Case["rules"], rowsAreMade = false): ModelHub {
  const hub = hubOf(rules, rowsAreMade);
  const tell = (system: string, row: string, columns: Record<string, string>) =>
    hub.observe([hub.edit(system, row, columns, atSecond(0))]);
  tell("a", "1", { key: "K1", word: "red", count: "1" });
  if (!rowsAreMade) tell("b", "1", { key: "K1", word: "red", count: "1" });
  if (!rowsAreMade) tell("b", "2", { key: "K2", word: "blue", count: "2" });
  tell("c", "2", { key: "K2", word: "blue", count: "2" });
  settle(hub);
  return hub;
}

const REVIEW: Case["rules"] = { policy: "review", tiers: null, refused: "revert" };

function recordOf(hub: ModelHub, system: string, row: string): RecordId {
  const link = [...hub.links.values()].find(
    (one) => one.system === system && one.externalId === row && one.state === "live",
  );
  if (link === undefined) throw new Error(`Nothing is linked to ${system} ${row}.`);
  return link.record;
}

type Chosen = Partial<Pick<MergeAct, "values" | "second">>;

function merge(hub: ModelHub, [winner, loser]: readonly [RecordId, RecordId], chosen: Chosen = {}) {
  const act = { winner, loser, values: {}, second: { "b-thing": "leave" as const }, ...chosen };
  const outcome = mergeRecords(hub.world(), { ...act, ...ANA }, NONE, hub.newId);
  if (outcome.kind === "merged") hub.keep(outcome.changes);
  return outcome;
}

function merged(outcome: MergeOutcome) {
  if (outcome.kind !== "merged") throw new Error(outcome.kind);
  return outcome;
}

function unmerge(hub: ModelHub, record: RecordId) {
  const outcome = unmergeRecord(hub.world(), { record, ...ANA }, NONE, hub.newId);
  if (outcome.kind !== "unmerged") throw new Error(outcome.kind);
  hub.keep(outcome.changes);
  return outcome;
}

const pairOf = (hub: ModelHub) => [recordOf(hub, "a", "1"), recordOf(hub, "c", "2")] as const;
const wordOf = (hub: ModelHub, id: RecordId) => hub.records.get(id)?.values["word"]?.v;
const openFields = (hub: ModelHub, id: RecordId) => hub.openOf(id).map(({ field }) => field);

describe("mergeRecords", () => {
  test("links go along, what differs is named as having lost and is due there", () => {
    const hub = twins(REVIEW);
    const [winner, loser] = pairOf(hub);
    const { fields, rows, writes, changes } = merged(merge(hub, [winner, loser]));
    expect(fields.map(({ field, stands }) => [field, stands])).toEqual([
      ["key", "winner"],
      ["word", "winner"],
      ["count", "winner"],
      ["tags", "both"],
      ["story", "both"],
    ]);
    expect(rows.map(({ binding, end }) => [binding, end]).sort()).toEqual([
      ["b-thing", "left"],
      ["c-thing", "moves"],
    ]);
    expect(writes).toMatchObject([
      {
        system: "c",
        externalId: "2",
        operation: "update",
        fields: [
          { field: "key", before: "K2", after: "K1" },
          { field: "word", before: "blue", after: "red" },
          { field: "count", before: "2", after: "1" },
        ],
      },
    ]);
    const told = changes.audit.find(({ kind, field }) => kind === "merged" && field === "word");
    expect(told).toMatchObject({
      record: winner,
      before: "red",
      after: "red",
      losers: [{ from: "system:b", value: "blue" }],
      cause: { other: loser },
    });
    expect(recordOf(hub, "c", "2")).toBe(winner);
    settle(hub);
    expect(hub.system("c").rows.get("2")).toMatchObject({ word: "red" });
    expect(hub.system("b").rows.get("2")).toMatchObject({ word: "blue" });
  });

  test("a blank yields, and a person may take the loser's value", () => {
    const hub = twins(REVIEW);
    const pair = pairOf(hub);
    hub.observe([hub.edit("a", "1", { word: null }, atSecond(5))]);
    settle(hub);
    const { fields } = merged(merge(hub, pair, { values: { count: "loser" } }));
    expect(fields.map(({ field, stands }) => [field, stands])).toEqual([
      ["key", "winner"],
      ["word", "loser"],
      ["count", "loser"],
      ["tags", "both"],
      ["story", "both"],
    ]);
    settle(hub);
    expect(hub.system("a").rows.get("1")).toMatchObject({ word: "blue", count: "2" });
  });

  test("where both have a row the person says what becomes of the second", () => {
    const hub = twins(REVIEW);
    const pair = pairOf(hub);
    expect(merge(hub, pair, { second: {} })).toMatchObject({
      kind: "undecided",
      rows: [{ binding: "b-thing", winner: "1", loser: "2", choices: ["leave", "delete"] }],
    });
    const { writes } = merged(merge(hub, pair, { second: { "b-thing": "delete" } }));
    expect(writes).toContainEqual(
      expect.objectContaining({ system: "b", externalId: "2", operation: "delete" }),
    );
    settle(hub);
    expect(hub.system("b").rows.has("2")).toBe(false);
    expect(hub.system("b").rows.has("1")).toBe(true);
  });

  test("an open question goes on as the winner's, with the value that waits", () => {
    const hub = twins(REVIEW);
    const [winner, loser] = pairOf(hub);
    hub.observe([hub.edit("b", "2", { word: "green" }, atSecond(5))]);
    hub.observe([hub.edit("c", "2", { word: "grey" }, atSecond(6))]);
    expect(openFields(hub, loser)).toEqual(["word"]);
    merged(merge(hub, [winner, loser]));
    expect(hub.openOf(loser)).toEqual([]);
    expect(hub.openOf(winner)).toMatchObject([
      { field: "word", candidates: [{ value: "red" }, { from: "system:c", value: "grey" }] },
    ]);
    unmerge(hub, loser);
    expect(hub.openOf(winner)).toEqual([]);
    expect(openFields(hub, loser)).toEqual(["word"]);
  });

  test("a value in quarantine holds the winner's field from then on", () => {
    const hub = twins(REVIEW);
    const [winner, loser] = pairOf(hub);
    hub.observe([hub.edit("c", "2", { word: "much too long a word" }, atSecond(5))]);
    merged(merge(hub, [winner, loser]));
    expect([...hub.held.values()]).toMatchObject([{ record: winner, field: "word" }]);
    settle(hub);
    expect(hub.system("c").rows.get("2")).toMatchObject({ word: "much too long a word" });
  });

  test("a row that is being made is waited for; one that was only to be made is not made", () => {
    const hub = twins(REVIEW);
    const [winner, loser] = pairOf(hub);
    const [pending] = [asId<LinkId>("pending")];
    const place = linkIn(hub, loser, "c-thing");
    const toBeMade = { state: "pending", externalId: null, bases: {}, columns: {} } as const;
    const there = { binding: asId<BindingId>("a-thing"), system: asId<SystemId>("a") };
    hub.links.set(pending, { ...place, ...there, ...toBeMade, id: pending });
    const second = { "b-thing": "leave" as const };
    const act = { winner, loser, values: {}, second, ...ANA };
    const outcome = mergeRecords(hub.world(), act, new Set([pending]), hub.newId);
    expect(outcome).toEqual({ kind: "busy", binding: "a-thing" });
    expect(merged(merge(hub, [winner, loser])).rows).toContainEqual(
      expect.objectContaining({ binding: "a-thing", end: "dropped" }),
    );
    settle(hub);
    expect([...hub.system("a").rows.keys()]).toEqual(["1"]);
  });

  test("what finds the loser is led on to the winner, and no third record is made", () => {
    const hub = twins(REVIEW);
    const [winner, loser] = pairOf(hub);
    merged(merge(hub, [winner, loser]));
    settle(hub);
    const before = hub.records.size;
    hub.edit("a", "1", { key: "K1" }, atSecond(7));
    hub.observe([hub.edit("a", "9", { key: "K2" }, atSecond(8))]);
    expect(hub.records.size).toBe(before);
    expect([...hub.waiting]).toEqual(["a-thing\n9"]);
  });

  test("a value under review is decided by its question, not passed by", () => {
    const hub = twins(REVIEW);
    const [winner, loser] = pairOf(hub);
    hub.observe([hub.edit("a", "1", { word: "green" }, atSecond(5))]);
    hub.observe([hub.edit("b", "1", { word: "grey" }, atSecond(6))]);
    const [question] = hub.openOf(winner);
    expect(merge(hub, [winner, loser], { values: { word: "loser" } })).toEqual({
      kind: "asked",
      conflict: question?.id,
      field: "word",
    });
  });

  test("what is not there, and what is one already, is refused", () => {
    const hub = twins(REVIEW);
    const [winner, loser] = pairOf(hub);
    expect(merge(hub, [winner, winner])).toEqual({ kind: "same-record" });
    merged(merge(hub, [winner, loser]));
    expect(merge(hub, [winner, loser])).toEqual({ kind: "no-record", record: loser });
    expect(unmergeRecord(hub.world(), { record: winner, ...ANA }, NONE, hub.newId)).toEqual({
      kind: "not-merged",
    });
  });
});

function linkIn(hub: ModelHub, record: RecordId, binding: string) {
  const link = [...hub.links.values()].find(
    (one) => one.record === record && one.binding === binding,
  );
  if (link === undefined) throw new Error(`The record has no place in ${binding}.`);
  return link;
}

describe("unmergeRecord", () => {
  test("an edit made since by a row that goes back goes back with it", () => {
    const hub = twins(REVIEW);
    const [winner, loser] = pairOf(hub);
    merged(merge(hub, [winner, loser]));
    settle(hub);
    hub.observe([hub.edit("c", "2", { word: "green" }, atSecond(9))]);
    settle(hub);
    expect(hub.system("a").rows.get("1")).toMatchObject({ word: "green" });
    unmerge(hub, loser);
    settle(hub);
    expect(wordOf(hub, winner)).toBe("red");
    expect(wordOf(hub, loser)).toBe("green");
    expect(hub.system("a").rows.get("1")).toMatchObject({ word: "red" });
    expect(hub.system("b").rows.get("2")).toMatchObject({ word: "green" });
  });

  test("the row that was left decides its news when the two are parted", () => {
    const hub = twins(REVIEW);
    const [winner, loser] = pairOf(hub);
    merged(merge(hub, [winner, loser]));
    hub.observe([hub.edit("b", "2", { word: "grey" }, atSecond(9))]);
    settle(hub);
    expect(wordOf(hub, loser)).toBe("blue");
    expect(wordOf(hub, winner)).toBe("red");
    unmerge(hub, loser);
    settle(hub);
    expect(wordOf(hub, loser)).toBe("grey");
    expect(hub.system("c").rows.get("2")).toMatchObject({ word: "grey" });
  });

  test("a system that was asked alone before is asked alone again, and decides nothing by it", () => {
    const nobodyClears = { policy: "newest", refused: "review", clear: [] } as const;
    const hub = twins({ ...nobodyClears, tiers: [{ systems: ["a"] }] } as never);
    const [winner, loser] = pairOf(hub);
    hub.observe([hub.edit("c", "2", { word: "" }, atSecond(1))]);
    hub.observe([hub.edit("a", "1", { word: "" }, atSecond(1))]);
    hub.observe([hub.edit("a", "1", { word: "green" }, atSecond(2))]);
    const asked = () => hub.openOf(winner).map(({ candidates }) => candidates.map((c) => c.value));
    expect(asked()).toEqual([["green"]]);
    merged(merge(hub, [winner, loser]));
    settle(hub);
    unmerge(hub, loser);
    settle(hub);
    expect(asked()).toEqual([["green"]]);
    expect(wordOf(hub, winner)).toBe("red");
  });

  test("of a chain of merges the last one is undone first", () => {
    const hub = twins(REVIEW);
    const [first, second] = pairOf(hub);
    hub.observe([hub.edit("a", "3", { key: "K3", word: "grey", count: "3" }, atSecond(1))]);
    const third = recordOf(hub, "a", "3");
    merged(merge(hub, [first, second]));
    merged(merge(hub, [third, first], { second: { "a-thing": "leave", "b-thing": "leave" } }));
    const outcome = unmergeRecord(hub.world(), { record: second, ...ANA }, NONE, hub.newId);
    expect(outcome).toEqual({ kind: "merged-again", into: third });
    unmerge(hub, first);
    expect(unmerge(hub, second).from).toBe(first);
    settle(hub);
    expect(recordOf(hub, "c", "2")).toBe(second);
    expect(wordOf(hub, second)).toBe("blue");
  });
});

describe("laws of merging", () => {
  const choices = fc.constantFrom<SecondRow>("leave", "delete");
  const who = fc.constantFrom<"winner" | "loser">("winner", "loser");
  const chosen = fc.record({
    second: fc.record({ "a-thing": choices, "b-thing": choices, "c-thing": choices }),
    values: fc.record({ word: who, count: who }, { requiredKeys: [] }),
  });
  const laws = fc.tuple(cases, cases, chosen, fc.boolean());

  /** Steps on both records, some of them delivered; the two are what they are by then. */
  function play(hub: ModelHub, { steps }: Case): void {
    for (const [index, step] of steps.entries()) {
      const isThere = hub.system(step.system).rows.has(step.row);
      // Only rows that are there are edited: which record a new one is, is another question.
      const told = isThere ? perturb(hub, step) : null;
      if (told !== null) hub.observe([told]);
      if (index % 3 === 1) hub.deliver();
    }
  }

  function mergeAny(hub: ModelHub, of: Chosen): readonly [RecordId, RecordId] | null {
    const living = [...hub.records.values()].filter(({ deletedAt }) => deletedAt === null);
    const [winner, loser] = living.map(({ id }) => id).sort();
    if (winner === undefined || loser === undefined) return null;
    const first = merge(hub, [winner, loser], of);
    if (first.kind !== "asked") merged(first);
    else merged(merge(hub, [winner, loser], { ...of, values: {} }));
    return [winner, loser];
  }

  function expectSound(hub: ModelHub): void {
    const places = [...hub.links.values()]
      .filter(({ state }) => state === "live" || state === "pending")
      .map(({ record, binding }) => `${record} ${binding}`);
    expect(new Set(places).size).toBe(places.length);
    expect(settle(hub)).toBeLessThan(ROUNDS_MAX);
    for (const link of hub.links.values()) expect(dueTo(hub, link)).toEqual([]);
    const lines = hub.audit.length;
    for (const id of hub.links.keys()) hub.due.add(id);
    expect(hub.deliver()).toBe(0);
    expect(hub.audit.length).toBe(lines);
  }

  /** Fields in which a living record's row differs from the hub, and nothing says why. */
  function dueTo(hub: ModelHub, link: LinkState): string[] {
    const record = hub.records.get(link.record);
    const rules = hub.world().map.bindings.get(link.binding);
    if (link.state !== "live" || record?.deletedAt !== null || rules === undefined) return [];
    const open = hub.openOf(record.id);
    if (open.some(({ kind }) => kind === "delete")) return [];
    const values = [...hub.held.values()].filter((one) => one.record === record.id);
    return dueFields(rules, record, link, heldFields(rules.entity, open, values));
  }

  test("one place per record, convergence and quiescence, merged and parted again", () => {
    fc.assert(
      fc.property(laws, ([before, after, of, rowsAreMade]) => {
        const hub = twins(before.rules, rowsAreMade);
        play(hub, before);
        const pair = mergeAny(hub, of);
        if (pair === null) return;
        play(hub, after);
        expectSound(hub);
        expect(hub.openOf(pair[1])).toEqual([]);
        unmerge(hub, pair[1]);
        play(hub, before);
        expectSound(hub);
      }),
      lawRuns(400),
    );
  });

  test("nothing pending is lost: each value that waited waits on, or is named as having lost", () => {
    fc.assert(
      fc.property(laws, ([first, , of, rowsAreMade]) => {
        const hub = twins(first.rules, rowsAreMade);
        play(hub, first);
        const waiting = [...hub.conflicts.values()].filter(({ state }) => state === "open");
        const held = [...hub.held.keys()].sort();
        const lines = hub.audit.length;
        const pair = mergeAny(hub, of);
        if (pair === null) return;
        const asked = pair.flatMap((id) => hub.openOf(id)).flatMap((one) => one.candidates);
        const lost = hub.audit.slice(lines).flatMap(({ losers }) => losers ?? []);
        const known = [...asked, ...lost].map(({ from, value }) => `${from} ${value}`);
        const taken = Object.values(hub.records.get(pair[0])?.values ?? {}).map(({ v }) => v);
        const before = waiting.flatMap(({ candidates }) => candidates);
        for (const { from, value, link } of before) {
          if (link === null || taken.includes(value)) continue;
          expect(known).toContain(`${from} ${value}`);
        }
        expect([...hub.held.keys()].sort()).toEqual(held);
      }),
      lawRuns(400),
    );
  });

  test("parted at once, both are as they were: values, links, questions and rows", () => {
    fc.assert(
      fc.property(cases, chosen, fc.boolean(), (before, of, rowsAreMade) => {
        const hub = twins(before.rules, rowsAreMade);
        play(hub, before);
        settle(hub);
        const was = standing(hub);
        // Where the hub had no value, nobody knows what the winner's rows had before it got one.
        const isBlank = [...hub.records.values()].some(({ values }) =>
          ["word", "count"].some((field) => values[field] === undefined),
        );
        // A lone candidate beside a bad value is decided by whoever leaves it alone.
        fc.pre(!isBlank && hub.held.size === 0);
        // A row that the merge's own write has put outside its scope is followed no more.
        fc.pre(before.rules.outside === undefined);
        // The winner's new values may have other owners: what they decide meanwhile is decided.
        fc.pre(before.rules.whileRed === undefined);
        const told = hub.audit.length;
        const pair = mergeAny(hub, { ...of, second: LEAVE });
        if (pair === null) return;
        settle(hub);
        // Whoever contended for the two agree about the one: that is decided, and stays so.
        if (hub.audit.slice(told).some(isAgreed)) return;
        unmerge(hub, pair[1]);
        settle(hub);
        expect(standing(hub)).toEqual(was);
      }),
      lawRuns(400),
    );
  });

  const isAgreed = ({ kind, rule }: AuditEntry) => kind === "resolved" && rule === "equal";

  const LEAVE = { "a-thing": "leave", "b-thing": "leave", "c-thing": "leave" } as const;

  const isWaiting = (hub: ModelHub) =>
    [...hub.records.keys()].some((id) => hub.openOf(id).length > 0);

  const askedOf = (hub: ModelHub, id: RecordId) =>
    hub
      .openOf(id)
      .map(({ field, candidates }) => [
        field,
        candidates.map(({ from, value }) => `${from} ${value}`).sort(),
      ])
      .sort();

  /** What people see: the hub's values, which row is whose, what is asked, and the rows. */
  function standing(hub: ModelHub) {
    const byId = <T extends { readonly id: string }>(items: Iterable<T>) =>
      [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
    return {
      records: byId(hub.records.values()).map(({ id, deletedAt, values }) => [
        id,
        deletedAt,
        Object.entries(values)
          .map(([field, { v, by }]) => `${field} ${v} ${by}`)
          .sort(),
      ]),
      links: byId(hub.links.values())
        .filter(({ state }) => state === "live")
        .map(({ id, record, externalId }) => [id, record, externalId]),
      asked: [...hub.records.keys()].sort().map((id) => askedOf(hub, id)),
      // What waits for a person is not set back by itself.
      rows: isWaiting(hub) ? [] : SYSTEMS.map((system) => [...hub.system(system).rows].sort()),
    };
  }
});
