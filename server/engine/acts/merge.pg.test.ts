import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hub } from "../../../db/client.ts";
import { recordAt } from "../../core/audit/record-at.ts";
import { asId, type RecordId } from "../../core/ids.ts";
import { verifyAuditChain } from "../../storage/audit.ts";
import { historyOf } from "../../storage/screens/records.ts";
import { eventually } from "../../testing/eventually.ts";
import { openSmallHub } from "../testing/open-small-hub.ts";
import type { SmallHub } from "../testing/small-hub.ts";
import { type MergeChoice, merge, previewMerge, previewUnmerge, unmerge } from "./merge.ts";

let hub: Hub;
let small: SmallHub;
let close: () => Promise<void>;
let made = 0;

beforeAll(async () => {
  ({ hub, small, close } = await openSmallHub());
});

afterAll(async () => {
  expect((await verifyAuditChain(hub.sql)).problems).toEqual([]);
  await close();
});

const LEAVE = { "erp-product": "leave", "shop-product": "leave", "crm-product": "leave" } as const;

type Product = { record: string; erp: string; shop: string; crm: string };

/** A product with a row in each of the three systems. */
async function product(title: string): Promise<Product> {
  made += 1;
  const sku = `S-${made}`;
  const erp = `e${made}`;
  await small.edit("erp", erp, { sku, title, price: "9.5", stock: "4" });
  await small.settle();
  const idOf = (system: string, column: string) =>
    [...small.rows(system)].find(([, row]) => row[column] === sku)?.[0] ?? "";
  const record = await recordOf("erp-product", erp);
  return { record, erp, shop: idOf("shop", "code"), crm: idOf("crm", "sku") };
}

async function recordOf(binding: string, externalId: string): Promise<string> {
  const [row] = await hub.sql<{ record: string }[]>`
    select record from links
    where binding = ${binding} and external_id = ${externalId} and state = 'live'`;
  return row?.record ?? "";
}

const choice = (winner: Product, loser: Product, more: Partial<MergeChoice> = {}): MergeChoice => ({
  ...{ winner: winner.record, loser: loser.record, values: {}, second: LEAVE },
  ...more,
});

async function merged(of: MergeChoice) {
  const result = await merge(small.acts, of);
  if (result.kind !== "merged") throw new Error(result.kind);
  return result;
}

async function unmerged(record: string) {
  const result = await unmerge(small.acts, record);
  if (result.kind !== "unmerged") throw new Error(result.kind);
  return result;
}

const valueIn = async (record: string, field: string) =>
  (await hub.sql`select values->${field}->>'v' as v from records where id = ${record}`)[0]?.["v"];

/** A product of the CRM alone: its other rows were deleted there, or never made. */
async function onlyIn(system: "crm", label: string): Promise<Product> {
  const twin = await product(label);
  await hub.sql`
    update links set state = 'gone' where record = ${twin.record} and system <> ${system}`;
  return twin;
}

describe("merging", () => {
  test("the preview says what changes where, and changes nothing", async () => {
    const rope = await product("Rope");
    const twin = await onlyIn("crm", "Rope, twin");
    await hub.sql`
      update links set state = 'gone' where record = ${rope.record} and system = 'crm'`;
    const lines = () => hub.sql`select count(*)::int as n from audit_entries`;
    const before = await lines();
    const preview = await previewMerge(small.acts, choice(rope, twin));
    expect(preview).toMatchObject({
      kind: "merged",
      rows: [{ binding: "crm-product", externalId: twin.crm, end: "moves" }],
      writes: [
        {
          system: "crm",
          externalId: twin.crm,
          operation: "update",
          fields: [
            { field: "sku", after: `S-${made - 1}` },
            { field: "name", before: "Rope, twin", after: "Rope" },
          ],
        },
      ],
    });
    expect(await lines()).toEqual(before);
    expect(await recordOf("crm-product", twin.crm)).toBe(twin.record);
    // Done, it is what was said.
    const { writes } = await merged(choice(rope, twin));
    expect(writes).toEqual((preview as typeof preview & { writes: unknown }).writes);
    await small.settle();
    expect(small.rows("crm").get(twin.crm)).toMatchObject({ label: "Rope" });
    expect(await recordOf("crm-product", twin.crm)).toBe(rope.record);
  });

  test("time travel and what lost are told by both histories, before and after", async () => {
    const rope = await product("Cord");
    const twin = await product("Cord, twin");
    const at = new Date(small.acts.clock.now()).toISOString();
    small.wait(5_000);
    await merged(choice(rope, twin, { second: { ...LEAVE, "shop-product": "delete" } }));
    const id = (of: Product) => asId<RecordId>(of.record);
    const [winner, loser] = await Promise.all([
      historyOf(hub.sql, id(rope), 100),
      historyOf(hub.sql, id(twin), 100),
    ]);
    expect(recordAt(loser, at).hub["name"]?.value).toBe("Cord, twin");
    expect(recordAt(loser, at).deletedAt).toBeNull();
    const now = "2100-01-01T00:00:00Z";
    expect(recordAt(loser, now)).toMatchObject({ mergedInto: rope.record });
    expect(recordAt(winner, now).hub["name"]?.value).toBe("Cord");
    const line = winner.find(({ kind, field }) => kind === "merged" && field === "name");
    expect(line).toMatchObject({
      actor: "person:ana@example.com",
      losers: [{ from: "system:erp", value: "Cord, twin" }],
      cause: { other: twin.record },
    });
    await small.settle();
    expect(small.rows("shop").has(twin.shop)).toBe(false);
    expect(small.rows("shop").has(rope.shop)).toBe(true);
    expect(small.rows("erp").get(twin.erp)).toMatchObject({ title: "Cord, twin" });
    // What the row that was left tells is nobody's news while it is left.
    await small.edit("erp", twin.erp, { title: "Cord, left alone" });
    await small.settle();
    expect(await valueIn(rope.record, "name")).toBe("Cord");
    await unmerged(twin.record);
    await small.settle();
    expect(await valueIn(twin.record, "name")).toBe("Cord, left alone");
    expect(await valueIn(rope.record, "name")).toBe("Cord");
    // Its row in the shop was deleted, and is made again.
    const names = [...small.rows("shop").values()].map((row) => row["name"]);
    expect(names).toContain("Cord, left alone");
    const story = await historyOf(hub.sql, id(twin), 100);
    expect(recordAt(story, now)).toMatchObject({ mergedInto: null, deletedAt: null });
  });

  test("a write on its way to the loser's row arrives as ours, and is brought to the winner's", async () => {
    const rope = await product("Anchor");
    const twin = await onlyIn("crm", "Anchor, twin");
    await hub.sql`
      update links set state = 'gone' where record = ${rope.record} and system = 'crm'`;
    await hub.sql`
      update links set state = 'live' where record = ${twin.record} and system = 'erp'`;
    await small.edit("erp", twin.erp, { title: "Anchor, on its way" });
    await small.send();
    await merged(choice(rope, twin));
    const [attempt] = await hub.sql`select record from attempts where system = 'crm'`;
    expect(attempt?.["record"]).toBe(rope.record);
    await small.arrive();
    const lines = await hub.sql`
      select kind, actor from audit_entries
      where record = ${rope.record} and system = 'crm' and field = 'name' and kind <> 'merged'`;
    expect(lines).toEqual([{ kind: "stored", actor: "engine" }]);
    expect(await valueIn(rope.record, "name")).toBe("Anchor");
    await small.settle();
    expect(small.rows("crm").get(twin.crm)).toMatchObject({ label: "Anchor" });
  });

  test("an attempt of unknown outcome goes along: its value is no edit of anybody", async () => {
    const rope = await product("Bolt");
    const twin = await onlyIn("crm", "Bolt, twin");
    await hub.sql`
      update links set state = 'gone' where record = ${rope.record} and system = 'crm'`;
    await hub.sql`
      update links set state = 'live' where record = ${twin.record} and system = 'erp'`;
    await small.edit("erp", twin.erp, { title: "Bolt, perhaps" });
    await small.send();
    await hub.sql`update attempts set state = 'unknown'`;
    await merged(choice(rope, twin));
    await small.edit("crm", twin.crm, { label: "Bolt, perhaps" });
    expect(await valueIn(rope.record, "name")).toBe("Bolt");
    await small.settle();
    expect(small.rows("crm").get(twin.crm)).toMatchObject({ label: "Bolt" });
    expect(await hub.sql`select 1 from conflicts where record = ${rope.record}`).toEqual([]);
  });

  test("held values and questions go along and come back", async () => {
    const rope = await product("Hook");
    const twin = await onlyIn("crm", "Hook, twin");
    await hub.sql`
      update links set state = 'gone' where record = ${rope.record} and system = 'crm'`;
    await hub.sql`
      update links set state = 'live' where record = ${twin.record} and system = 'shop'`;
    await hub.sql`
      update links set state = 'gone' where record = ${rope.record} and system = 'shop'`;
    await small.edit("shop", twin.shop, { price_cents: "-5" });
    await small.edit("crm", twin.crm, { label: "Hook, of the CRM" });
    await small.edit("shop", twin.shop, { name: "Hook, of the shop" });
    const waits = async (record: string) => ({
      held: (
        await hub.sql`
        select field from quarantine where record = ${record} and state = 'held'`
      ).length,
      asked: (
        await hub.sql`
        select field from conflicts where record = ${record} and state = 'open'`
      ).length,
    });
    expect(await waits(twin.record)).toEqual({ held: 1, asked: 1 });
    const preview = await merged(choice(rope, twin));
    expect(preview.pending).toEqual({ questions: 1, held: 1 });
    expect(await waits(twin.record)).toEqual({ held: 0, asked: 0 });
    expect(await waits(rope.record)).toEqual({ held: 1, asked: 1 });
    await unmerged(twin.record);
    expect(await waits(twin.record)).toEqual({ held: 1, asked: 1 });
    expect(await waits(rope.record)).toEqual({ held: 0, asked: 0 });
  });

  test("a row that has the loser's key is led to the winner", async () => {
    const rope = await product("Pulley");
    const twin = await product("Pulley, twin");
    const sku = `S-${made}`;
    await merged(choice(rope, twin, { second: { ...LEAVE, "crm-product": "delete" } }));
    await small.settle();
    await small.remove("crm", rope.crm);
    await small.edit("crm", "c-new", { sku, label: "Pulley" });
    expect(await recordOf("crm-product", "c-new")).toBe(rope.record);
  });

  test("a row's news that comes while two records are merged is the winner's", async () => {
    const rope = await product("Winch");
    const twin = await onlyIn("crm", "Winch, twin");
    await hub.sql`
      update links set state = 'gone' where record = ${rope.record} and system = 'crm'`;
    const waiting = (count: number) =>
      eventually(async () => {
        const [row] = await hub.sql<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        expect(row?.n).toBe(count);
      });
    const gate = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const holding = hub.sql.begin(async (tx) => {
      await tx`select 1 from records where id = ${twin.record} for update`;
      held.resolve();
      await gate.promise;
    });
    await held.promise;
    const merging = merged(choice(rope, twin));
    await waiting(1);
    // The capture has found whose the row is, and waits for its record behind the merge.
    const telling = small.edit("crm", twin.crm, { label: "Winch, edited" });
    await waiting(2);
    gate.resolve();
    await Promise.all([holding, merging, telling]);
    expect(await recordOf("crm-product", twin.crm)).toBe(rope.record);
    const told = await hub.sql`
      select kind from audit_entries
      where record = ${rope.record} and system = 'crm' and losers @> '[{"value": "Winch, edited"}]'`;
    expect(told).toEqual([{ kind: "held" }]);
    expect(small.warnings()).toEqual([]);
  });
});

describe("what is refused", () => {
  test("second rows without a word about them, the record itself, one that is merged", async () => {
    const rope = await product("Shackle");
    const twin = await product("Shackle, twin");
    expect(await merge(small.acts, choice(rope, twin, { second: {} }))).toMatchObject({
      kind: "undecided",
      rows: [
        { binding: "erp-product", winner: rope.erp, loser: twin.erp },
        { binding: "shop-product" },
        { binding: "crm-product" },
      ],
    });
    expect(await merge(small.acts, choice(rope, rope))).toEqual({ kind: "same-record" });
    expect(await unmerge(small.acts, rope.record)).toEqual({ kind: "not-merged" });
    await merged(choice(rope, twin));
    expect(await merge(small.acts, choice(rope, twin))).toEqual({
      kind: "no-record",
      record: twin.record,
    });
    expect(await previewUnmerge(small.acts, twin.record)).toMatchObject({ kind: "unmerged" });
    const third = await product("Shackle, third");
    await merged(choice(third, rope));
    expect(await unmerge(small.acts, twin.record)).toEqual({
      kind: "merged-again",
      into: third.record,
    });
  });
});
