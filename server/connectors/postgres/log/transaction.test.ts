import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "../../connector.ts";
import type { Relation } from "./relation.ts";
import { Transaction } from "./transaction.ts";

const RELATION: Relation = { oid: 1, name: "public.t", isWanted: true, columns: [], key: [0] };
const IDS = ["a", "b", "c", "d", "e"];

/** `born` is the key that the row had at first; it tells rows apart that take each other's keys. */
type Row = { readonly born: string; readonly value: string };
type Rows = Map<string, Row>;
type RowAct =
  | { readonly act: "insert" | "update" | "remove"; readonly id: string }
  | { readonly act: "rename"; readonly id: string; readonly to: string };
type Act = RowAct | { readonly act: "empty" | "part" };

const id = fc.constantFrom(...IDS);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constantFrom("insert", "update", "remove"), id }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("rename" as const), id, to: id }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom("empty" as const, "part" as const) }) },
) as fc.Arbitrary<Act>;
const acts = fc.array(act, { maxLength: 18, size: "max" });

/** Does what is possible of the acts, in the rows and in the transaction alike. */
function play(some: readonly Act[], rows: Rows, transaction: Transaction): Change[][] {
  const parts: Change[][] = [];
  some.forEach((one, place) => {
    const value = `v${place}`;
    if ("id" in one) playOnRow(one, value, rows, transaction);
    else if (one.act === "part") parts.push(transaction.tellPart().changes);
    else {
      rows.clear();
      transaction.empty(RELATION);
    }
  });
  parts.push(transaction.tellRest().changes);
  return parts;
}

function playOnRow(one: RowAct, value: string, rows: Rows, transaction: Transaction): void {
  if (rows.has(one.id) === (one.act === "insert")) return;
  if (one.act === "remove") {
    rows.delete(one.id);
    transaction.remove(RELATION, one.id);
    return;
  }
  const to = one.act === "rename" ? one.to : one.id;
  if (to !== one.id && rows.has(to)) return;
  const born = rows.get(one.id)?.born ?? `new ${value}`;
  rows.delete(one.id);
  rows.set(to, { born, value });
  const columns = { value };
  if (one.act === "insert") transaction.insert(RELATION, to, columns);
  else transaction.update(RELATION, to, columns, one.id);
}

/** As the hub takes what is told: in order, but all the keys that change do so at once. */
function follow(rows: Rows, changes: readonly Change[]): void {
  let haveMoved = false;
  for (const change of changes) {
    if (change.kind === "emptied") rows.clear();
    if (change.kind === "gone") rows.delete(change.externalId);
    if (change.kind !== "row") continue;
    if (change.previousExternalId !== undefined && !haveMoved) {
      haveMoved = true;
      moveAll(rows, changes);
    }
    const born = rows.get(change.externalId)?.born ?? `made ${change.externalId}`;
    rows.set(change.externalId, { born, value: String(change.columns["value"]) });
  }
}

function moveAll(rows: Rows, changes: readonly Change[]): void {
  const moves = changes.flatMap((change) => {
    if (change.kind !== "row" || change.previousExternalId === undefined) return [];
    const row = rows.get(change.previousExternalId);
    return row === undefined
      ? []
      : [{ from: change.previousExternalId, to: change.externalId, row }];
  });
  for (const { from } of moves) rows.delete(from);
  for (const { to, row } of moves) {
    expect(rows.has(to), "a row moves to where another one is").toBe(false);
    rows.set(to, row);
  }
}

const present = (names: readonly string[]): Rows =>
  new Map(names.map((name) => [name, { born: name, value: "before" }]));

const valuesOf = (rows: Rows) =>
  Object.fromEntries([...rows].map(([name, { value }]) => [name, value]).sort());

/** What a transaction of these acts tells leads to the rows that they leave. */
function expectSameEnd(names: readonly string[], some: readonly Act[]): void {
  const rows = present(names);
  const followed = present(names);
  const parts = play(some, rows, new Transaction("0000000000000001", "", "1"));
  for (const changes of parts) follow(followed, changes);
  expect(valuesOf(followed)).toEqual(valuesOf(rows));
  for (const [name, { born }] of rows) {
    // One that was there before and lives on is never taken for another.
    if (names.includes(born)) expect(followed.get(name)?.born).toBe(born);
  }
}

describe("a folded transaction", () => {
  test("leads to the same rows as its events", () => {
    fc.assert(fc.property(fc.subarray(IDS), acts, expectSameEnd), { numRuns: 5_000 });
  });

  test("a key that was left, taken and left again is gone when its row is", () => {
    const some: Act[] = [
      { act: "rename", id: "a", to: "d" },
      { act: "rename", id: "b", to: "a" },
      { act: "remove", id: "d" },
      { act: "rename", id: "a", to: "c" },
    ];
    expectSameEnd(["a", "b"], some);
    const [changes] = play(some, present(["a", "b"]), new Transaction("0000000000000001", "", "1"));
    expect(changes).toMatchObject([
      { kind: "gone", externalId: "a" },
      { kind: "row", externalId: "c", previousExternalId: "b" },
    ]);
  });

  test("a key whose row moved on is not gone by the short life of another row under it", () => {
    const some: Act[] = [
      { act: "rename", id: "a", to: "b" },
      { act: "insert", id: "a" },
      { act: "remove", id: "a" },
      { act: "rename", id: "b", to: "c" },
    ];
    expectSameEnd(["a"], some);
    const [changes] = play(some, present(["a"]), new Transaction("0000000000000001", "", "1"));
    expect(changes).toMatchObject([{ kind: "row", externalId: "c", previousExternalId: "a" }]);
  });

  test("a row that left its key is told before a new one that has it", () => {
    const some: Act[] = [
      { act: "rename", id: "a", to: "b" },
      { act: "insert", id: "a" },
      { act: "rename", id: "b", to: "c" },
    ];
    expectSameEnd(["a"], some);
    const [changes] = play(some, present(["a"]), new Transaction("0000000000000001", "", "1"));
    expect(changes).toMatchObject([
      { kind: "row", externalId: "c", previousExternalId: "a" },
      { kind: "row", externalId: "a", operation: "insert" },
    ]);
  });

  test("tells each key once at most, and numbers what it tells in order", () => {
    fc.assert(
      fc.property(fc.subarray(IDS), acts, (names, some) => {
        const whole = some.filter((one) => one.act !== "part");
        const transaction = new Transaction("0000000000000001", "", "1");
        const [changes = []] = play(whole, present(names), transaction);
        const told = changes.flatMap((change) =>
          change.kind === "row" || change.kind === "gone"
            ? [`${change.kind} ${change.externalId}`]
            : [],
        );
        expect(new Set(told).size).toBe(told.length);
        const positions = changes.map((change) => change.position);
        expect(positions).toEqual([...new Set(positions)].sort());
      }),
      { numRuns: 2_000 },
    );
  });

  test("a row that is deleted in one part and back in the next was never gone", () => {
    const transaction = new Transaction("0000000000000001", "", "1");
    transaction.remove(RELATION, "a");
    transaction.remove(RELATION, "b");
    expect(transaction.tellPart().changes).toEqual([]);
    transaction.insert(RELATION, "a", { value: "new" });
    const { changes } = transaction.tellRest();
    expect(changes.map((change) => change.kind)).toEqual(["row", "gone"]);
    expect(changes[0]).toMatchObject({ operation: "update", externalId: "a" });
  });
});
