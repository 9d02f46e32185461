import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "../../connector.ts";
import type { Relation } from "./relation.ts";
import { Transaction } from "./transaction.ts";

const RELATION: Relation = { oid: 1, name: "public.t", isWanted: true, columns: [], key: [0] };
const IDS = ["a", "b", "c", "d"];

type Rows = Map<string, string>;
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

/** Does what is possible of the acts, in the rows and in the transaction alike. */
function play(acts: readonly Act[], rows: Rows, transaction: Transaction): Change[][] {
  const parts: Change[][] = [];
  acts.forEach((one, place) => {
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
  rows.delete(one.id);
  rows.set(to, value);
  const columns = { value };
  if (one.act === "insert") transaction.insert(RELATION, to, columns);
  else transaction.update(RELATION, to, columns, one.id);
}

/** As a hub takes what one transaction did: all its keys change at once. */
function follow(rows: Rows, changes: readonly Change[]): void {
  if (changes.some((change) => change.kind === "emptied")) rows.clear();
  for (const change of changes) {
    if (change.kind === "gone") rows.delete(change.externalId);
    if (change.kind === "row" && change.previousExternalId !== undefined) {
      rows.delete(change.previousExternalId);
    }
  }
  for (const change of changes) {
    if (change.kind === "row") rows.set(change.externalId, String(change.columns["value"]));
  }
}

describe("a folded transaction", () => {
  test("leads to the same rows as its events", () => {
    fc.assert(
      fc.property(fc.subarray(IDS), fc.array(act, { maxLength: 14 }), (present, acts) => {
        const rows: Rows = new Map(present.map((name) => [name, "before"]));
        const followed: Rows = new Map(rows);
        const parts = play(acts, rows, new Transaction("0000000000000001", "", "1"));
        for (const changes of parts) follow(followed, changes);
        expect(new Map([...followed].sort())).toEqual(new Map([...rows].sort()));
      }),
      { numRuns: 5_000 },
    );
  });

  test("tells each row once at most, and numbers what it tells in order", () => {
    fc.assert(
      fc.property(fc.subarray(IDS), fc.array(act, { maxLength: 14 }), (present, acts) => {
        const rows: Rows = new Map(present.map((name) => [name, "before"]));
        const whole = acts.filter((one) => one.act !== "part");
        const [changes = []] = play(whole, rows, new Transaction("0000000000000001", "", "1"));
        const living = changes.flatMap((change) =>
          change.kind === "row" ? [change.externalId] : [],
        );
        expect(new Set(living).size).toBe(living.length);
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
