import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hub } from "../../../db/client.ts";
import { verifyAuditChain } from "../../storage/audit.ts";
import { openSmallHub } from "../testing/open-small-hub.ts";
import type { SmallHub } from "../testing/small-hub.ts";
import { TRIO_MAP } from "../testing/trio-map.ts";
import { resolveConflict } from "./resolve-conflict.ts";
import { undoResolution } from "./undo-resolution.ts";

let hub: Hub;
let small: SmallHub;
let close: () => Promise<void>;
let made = 0;

beforeAll(async () => {
  ({ hub, small, close } = await openSmallHub());
});

afterAll(async () => {
  await close();
});

type Open = { id: string; revision: number; record: string };

type Clash = { readonly sku: string; readonly conflict: Open; readonly shop: string };

/** A product in all three systems whose name ERP and Shop changed at once. */
async function clash(kept: { crm?: string } = {}): Promise<Clash> {
  made += 1;
  const sku = `SKU-${made}`;
  await small.edit("erp", `e${made}`, { sku, title: "Rope", price: "9.5", stock: "4" });
  await small.settle();
  const shop = [...small.rows("shop")].find(([, row]) => row["code"] === sku)?.[0] ?? "";
  const crm = [...small.rows("crm")].find(([, row]) => row["sku"] === sku)?.[0] ?? "";
  if (kept.crm !== undefined) await small.edit("crm", crm, { label: kept.crm });
  await small.edit("erp", `e${made}`, { title: "Rope, red" });
  await small.edit("shop", shop, { name: "Rope, blue" });
  return { sku, conflict: await openConflict(), shop };
}

async function openConflict(): Promise<Open> {
  const [row] = await hub.sql<Open[]>`
    select id, revision, record from conflicts where state = 'open' order by opened_at desc`;
  if (row === undefined) throw new Error("There is no open question.");
  return row;
}

const names = (sku: string) => ({
  erp: [...small.rows("erp").values()].find((row) => row["sku"] === sku)?.["title"],
  shop: [...small.rows("shop").values()].find((row) => row["code"] === sku)?.["name"],
  crm: [...small.rows("crm").values()].find((row) => row["sku"] === sku)?.["label"],
});

describe("resolveConflict", () => {
  test("a contender is taken, and every system comes to hold it", async () => {
    const { sku, conflict } = await clash();
    const outcome = await resolveConflict(small.acts, {
      conflict: conflict.id,
      revision: conflict.revision,
      choice: { kind: "candidate", from: "system:shop" },
      note: "The shop was right.",
    });
    expect(outcome).toMatchObject({ kind: "resolved", value: "Rope, blue" });
    await small.settle();
    expect(names(sku)).toEqual({ erp: "Rope, blue", shop: "Rope, blue", crm: "Rope, blue" });
    const lines = await hub.sql`
      select actor, stream, rule, losers from audit_entries
      where record = ${conflict.record} and kind = 'resolved'`;
    expect(lines).toMatchObject([
      { actor: "person:ana@example.com", stream: "people", rule: "person" },
    ]);
    expect(JSON.stringify(lines[0]?.["losers"])).toContain("Rope, red");
    expect((await verifyAuditChain(hub.sql)).problems).toEqual([]);
  });

  test("the last agreed value can be kept", async () => {
    const { sku, conflict } = await clash();
    const { id, revision } = conflict;
    const choice = { kind: "hub" } as const;
    expect(await resolveConflict(small.acts, { conflict: id, revision, choice })).toMatchObject({
      kind: "resolved",
      value: "Rope",
    });
    await small.settle();
    expect(names(sku)).toEqual({ erp: "Rope", shop: "Rope", crm: "Rope" });
  });

  test("an answer to values that have moved since is handed back", async () => {
    const { conflict, shop } = await clash();
    await small.edit("shop", shop, { name: "Rope, green" });
    const answer = {
      conflict: conflict.id,
      revision: conflict.revision,
      choice: { kind: "candidate", from: "system:shop" } as const,
    };
    const outcome = await resolveConflict(small.acts, answer);
    expect(outcome).toMatchObject({ kind: "moved", conflict: { revision: conflict.revision + 1 } });
    expect(JSON.stringify(outcome)).toContain("Rope, green");
    const again = await resolveConflict(small.acts, {
      ...answer,
      revision: conflict.revision + 1,
    });
    expect(again).toMatchObject({ kind: "resolved", value: "Rope, green" });
    expect(
      await resolveConflict(small.acts, { ...answer, revision: conflict.revision + 1 }),
    ).toMatchObject({ kind: "settled", by: "ana@example.com" });
  });

  test("two who decide at once: the first counts, the other one is told", async () => {
    const { conflict } = await clash();
    const { id, revision } = conflict;
    const outcomes = await Promise.all(
      (["system:erp", "system:shop"] as const).map((from) =>
        resolveConflict(small.acts, {
          conflict: id,
          revision,
          choice: { kind: "candidate", from },
        }),
      ),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["resolved", "settled"]);
  });

  test("a value of one's own is read by the field's type and rules", async () => {
    const { sku, conflict } = await clash();
    const { id, revision } = conflict;
    const answer = (value: string) =>
      resolveConflict(small.acts, { conflict: id, revision, choice: { kind: "value", value } });
    expect(await answer("x".repeat(61))).toMatchObject({ kind: "invalid", code: "length" });
    expect(await answer("Rope, purple")).toMatchObject({ kind: "resolved" });
    await small.settle();
    expect(names(sku)).toEqual({ erp: "Rope, purple", shop: "Rope, purple", crm: "Rope, purple" });
  });

  test("what is no question or no contender is refused", async () => {
    const { conflict } = await clash();
    const { id, revision } = conflict;
    const crm = { kind: "candidate", from: "system:crm" } as const;
    expect(
      await resolveConflict(small.acts, { conflict: id, revision, choice: crm }),
    ).toMatchObject({ kind: "invalid", code: "no-such-candidate" });
    const conflictId = "00000000-0000-7000-8000-000000000000";
    expect(
      await resolveConflict(small.acts, { conflict: conflictId, revision, choice: crm }),
    ).toEqual({ kind: "unknown" });
  });
});

describe("undoResolution", () => {
  test("before anything was sent: the question and the hub are as they were", async () => {
    const { sku, conflict } = await clash();
    const { id, revision } = conflict;
    const choice = { kind: "candidate", from: "system:shop" } as const;
    await resolveConflict(small.acts, { conflict: id, revision, choice });
    const undone = await undoResolution(small.acts, { conflict: id });
    expect(undone).toMatchObject({ kind: "reopened", conflict: { id, state: "open" } });
    await small.settle();
    expect(names(sku)).toEqual({ erp: "Rope, red", shop: "Rope, blue", crm: "Rope" });
    const [record] = await hub.sql`
      select values->'name'->>'v' as name from records where id = ${conflict.record}`;
    expect(record?.["name"]).toBe("Rope, red");
    const next = { conflict: id, revision: revision + 1, choice: { kind: "hub" } as const };
    expect(await resolveConflict(small.acts, next)).toMatchObject({ kind: "resolved" });
    await small.settle();
    expect(names(sku)).toEqual({ erp: "Rope", shop: "Rope", crm: "Rope" });
  });

  test("after it was delivered: the old values can still be chosen and then arrive", async () => {
    const { sku, conflict } = await clash();
    const { id, revision } = conflict;
    const shop = { kind: "candidate", from: "system:shop" } as const;
    await resolveConflict(small.acts, { conflict: id, revision, choice: shop });
    await small.settle();
    expect(await undoResolution(small.acts, { conflict: id })).toMatchObject({ kind: "reopened" });
    await small.settle();
    const erp = { kind: "candidate", from: "system:erp" } as const;
    expect(
      await resolveConflict(small.acts, { conflict: id, revision: revision + 1, choice: erp }),
    ).toMatchObject({ kind: "resolved", value: "Rope, red" });
    await small.settle();
    expect(names(sku)).toEqual({ erp: "Rope, red", shop: "Rope, red", crm: "Rope, red" });
  });

  test("once the value has changed the answer stands no more", async () => {
    const { conflict, shop } = await clash();
    const { id, revision } = conflict;
    const choice = { kind: "candidate", from: "system:shop" } as const;
    await resolveConflict(small.acts, { conflict: id, revision, choice });
    await small.settle();
    await small.edit("shop", shop, { name: "Rope, later" });
    expect(await undoResolution(small.acts, { conflict: id })).toEqual({
      kind: "moved",
      message: "The value has changed since.",
    });
    expect(await undoResolution(small.acts, { conflict: conflict.record })).toEqual({
      kind: "unknown",
    });
  });

  test("a question that agreement closed was nobody's answer", async () => {
    const { conflict, shop } = await clash();
    await small.edit("shop", shop, { name: "Rope, red" });
    expect(await undoResolution(small.acts, { conflict: conflict.id })).toEqual({
      kind: "not-answered",
    });
  });
});

describe("a question about a delete", () => {
  /** A product in all three systems whose ERP row somebody deleted. */
  async function deleted(): Promise<{ sku: string; conflict: Open }> {
    made += 1;
    const sku = `SKU-${made}`;
    await small.edit("erp", `e${made}`, { sku, title: "Rope", price: "9.5", stock: "4" });
    await small.settle();
    await small.remove("erp", `e${made}`);
    return { sku, conflict: await openConflict() };
  }

  test("kept, the record lives on; taken back, the question is open again", async () => {
    const { sku, conflict } = await deleted();
    const answer = { conflict: conflict.id, revision: conflict.revision };
    expect(
      await resolveConflict(small.acts, { ...answer, choice: { kind: "keep" } }),
    ).toMatchObject({ kind: "resolved", conflict: { kind: "delete" } });
    await small.settle();
    expect(names(sku)).toEqual({ erp: undefined, shop: "Rope", crm: "Rope" });
    expect(await undoResolution(small.acts, { conflict: conflict.id })).toMatchObject({
      kind: "reopened",
    });
    expect((await openConflict()).id).toBe(conflict.id);
  });

  test("deleted, its other rows go; then there is no way back", async () => {
    const { sku, conflict } = await deleted();
    const answer = { conflict: conflict.id, revision: conflict.revision };
    const choice = { kind: "delete" } as const;
    expect(await resolveConflict(small.acts, { ...answer, choice })).toMatchObject({
      kind: "resolved",
    });
    expect(await undoResolution(small.acts, { conflict: conflict.id })).toMatchObject({
      kind: "reopened",
    });
    await small.settle();
    expect(names(sku)).toEqual({ erp: undefined, shop: "Rope", crm: "Rope" });
    await resolveConflict(small.acts, { ...answer, revision: conflict.revision + 1, choice });
    await small.settle();
    expect(names(sku)).toEqual({ erp: undefined, shop: undefined, crm: undefined });
    expect(await undoResolution(small.acts, { conflict: conflict.id })).toEqual({
      kind: "moved",
      message: "Rows of the record have been deleted since.",
    });
    expect((await verifyAuditChain(hub.sql)).problems).toEqual([]);
  });

  test("an answer of another kind of question is refused", async () => {
    const { conflict } = await deleted();
    const { id, revision } = conflict;
    expect(
      await resolveConflict(small.acts, { conflict: id, revision, choice: { kind: "hub" } }),
    ).toMatchObject({ kind: "invalid", code: "no-such-candidate" });
  });
});

test("what a system was allowed to keep it keeps again, when the answer that met it is taken back", async () => {
  const map = structuredClone(TRIO_MAP);
  for (const field of map.entities.flatMap(({ fields }) => fields)) {
    const tiers = [{ systems: ["erp", "shop"], when: "always" as const }];
    if (field.id === "name") field.ownership = { tiers, refused: "keep-apart" };
  }
  await small.publish(map);
  const { sku } = await clash({ crm: "Rope, blue" });
  const { id, revision } = await openConflict();
  const from = (system: string) => ({ kind: "candidate", from: `system:${system}` }) as const;
  await resolveConflict(small.acts, { conflict: id, revision, choice: from("shop") });
  expect(await undoResolution(small.acts, { conflict: id })).toMatchObject({ kind: "reopened" });
  await small.settle();
  const again = await openConflict();
  const choice = from("erp");
  await resolveConflict(small.acts, { conflict: id, revision: again.revision, choice });
  await small.settle();
  expect(names(sku)).toEqual({ erp: "Rope, red", shop: "Rope, red", crm: "Rope, blue" });
  await small.publish(TRIO_MAP);
});
