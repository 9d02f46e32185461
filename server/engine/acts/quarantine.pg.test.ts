import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hub } from "../../../db/client.ts";
import { MapDocument } from "../../core/map/document.ts";
import { verifyAuditChain } from "../../storage/audit.ts";
import { openSmallHub } from "../testing/open-small-hub.ts";
import type { SmallHub } from "../testing/small-hub.ts";
import { TRIO_MAP } from "../testing/trio-map.ts";
import { correctHeld } from "./correct-value.ts";
import { unlink } from "./link.ts";
import { dismiss, replay } from "./quarantine.ts";
import { startReplay, stepReplay } from "./replay-run.ts";
import { setValue } from "./set-value.ts";

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

type Held = { id: string; record: string; state: string; tries: number; message: string };

async function product(title = "Rope"): Promise<{ record: string; erp: string; sku: string }> {
  made += 1;
  const sku = `S-${made}`;
  await small.edit("erp", `e${made}`, { sku, title, price: "9.5", stock: "4" });
  await small.settle();
  const [row] = await hub.sql<{ record: string }[]>`
    select record from links where external_id = ${`e${made}`} and state = 'live'`;
  return { record: row?.record ?? "", erp: `e${made}`, sku };
}

async function heldOf(record: string): Promise<Held> {
  const [row] = await hub.sql<Held[]>`
    select id, record, state, tries, message from quarantine
    where record = ${record} and state = 'held' order by held_at desc`;
  if (row === undefined) throw new Error("Nothing of the record is held.");
  return row;
}

async function item(id: string) {
  const [row] = await hub.sql`
    select state, tries, released_by, note from quarantine where id = ${id}`;
  return row;
}

async function hubPrice(record: string): Promise<unknown> {
  const [row] = await hub.sql`
    select values->'price'->>'v' as price from records where id = ${record}`;
  return row?.["price"];
}

const shopRow = (sku: string) => [...small.rows("shop").values()].find((r) => r["code"] === sku);

/** The map with another smallest price. */
const withMin = (min: string): MapDocument =>
  MapDocument.parse(
    JSON.parse(JSON.stringify(TRIO_MAP).replace('"range","min":"0"', `"range","min":"${min}"`)),
  );

describe("a value that breaks a rule", () => {
  test("still fails by the same rule: it stays held, with one more try", async () => {
    const { record, erp } = await product();
    await small.edit("erp", erp, { price: "-3" });
    const held = await heldOf(record);
    expect(await replay(small.acts, { item: held.id })).toEqual({
      kind: "held",
      code: "range",
      message: '"-3" is below 0.',
    });
    expect(await heldOf(record)).toMatchObject({ id: held.id, tries: 2 });
  });

  test("passes once the map admits it, by today's decision", async () => {
    const { record, erp, sku } = await product();
    await small.edit("erp", erp, { price: "-3" });
    const held = await heldOf(record);
    await small.publish(withMin("-10"));
    expect(await replay(small.acts, { item: held.id })).toEqual({ kind: "released" });
    expect(await hubPrice(record)).toBe("-3");
    await small.settle();
    expect(shopRow(sku)).toMatchObject({ price_cents: "-300" });
    expect(await item(held.id)).toMatchObject({
      state: "released",
      released_by: "ana@example.com",
    });
    expect(await replay(small.acts, { item: held.id })).toEqual({
      kind: "settled",
      state: "released",
    });
    await small.publish(withMin("0"));
  });

  test("a person says what it should have been, and its system gets that too", async () => {
    const { record, erp, sku } = await product();
    await small.edit("erp", erp, { price: "-9.5" });
    const held = await heldOf(record);
    expect(await correctHeld(small.acts, { item: held.id, value: "-1" })).toMatchObject({
      kind: "invalid",
    });
    expect(await correctHeld(small.acts, { item: held.id, value: "9.50" })).toEqual({
      kind: "set",
      value: "9.5",
    });
    await small.settle();
    expect(small.rows("erp").get(erp)).toMatchObject({ price: "9.5" });
    expect(shopRow(sku)).toMatchObject({ price_cents: "950" });
    const lines = await hub.sql`
      select kind, losers from audit_entries where record = ${record} and stream = 'people'`;
    expect(lines).toMatchObject([{ kind: "set", losers: [{ from: "system:erp", value: "-9.5" }] }]);
  });

  test("dismissed, it stays where it is until the hub's value changes", async () => {
    const { record, erp, sku } = await product();
    await small.edit("erp", erp, { price: "-3" });
    const held = await heldOf(record);
    expect(await dismiss(small.acts, { item: held.id, reason: "A test entry." })).toEqual({
      kind: "dismissed",
    });
    await small.settle();
    expect(small.rows("erp").get(erp)).toMatchObject({ price: "-3" });
    expect(await item(held.id)).toMatchObject({ state: "dismissed", note: "A test entry." });
    // A good value is a clean edit again; and the hub's own change goes everywhere.
    await small.edit("erp", erp, { price: "7" });
    expect(await hubPrice(record)).toBe("7");
    await setValue(small.acts, { record, field: "price", value: "8" });
    await small.settle();
    expect(small.rows("erp").get(erp)).toMatchObject({ price: "8" });
    expect(shopRow(sku)).toMatchObject({ price_cents: "800" });
  });

  test("of a row that was deleted since, nothing waits", async () => {
    const { record, erp } = await product();
    await small.edit("erp", erp, { price: "-3" });
    const held = await heldOf(record);
    await small.remove("erp", erp);
    expect(await replay(small.acts, { item: held.id })).toEqual({
      kind: "settled",
      state: "resolved",
    });
  });
});

describe("a value that a target does not take", () => {
  const long = "A name far longer than Shop has room for";

  test("is held at the target alone, and passes once the hub's value fits", async () => {
    const { record, erp, sku } = await product();
    await small.edit("erp", erp, { title: long });
    await small.settle();
    const held = await heldOf(record);
    expect(await replay(small.acts, { item: held.id })).toMatchObject({ kind: "held" });
    expect([...small.rows("crm").values()].at(-1)).toMatchObject({ label: long });
    expect(await correctHeld(small.acts, { item: held.id, value: "A short name" })).toMatchObject({
      kind: "set",
    });
    await small.settle();
    expect(shopRow(sku)).toMatchObject({ name: "A short name" });
    expect(await item(held.id)).toMatchObject({ state: "resolved" });
  });

  test("dismissed, it is kept apart from the target and listed so", async () => {
    const { record, erp, sku } = await product();
    await small.edit("erp", erp, { title: long });
    await small.settle();
    const held = await heldOf(record);
    await dismiss(small.acts, { item: held.id, reason: "Shop keeps its own." });
    await small.settle();
    expect(shopRow(sku)).toMatchObject({ name: "Rope" });
    const [link] = await hub.sql`
      select bases->'name' as base from links
      where record = ${record} and binding = 'shop-product'`;
    expect(link?.["base"]).toMatchObject({ apart: true });
    expect(await hub.sql`select 1 from deliveries where record = ${record}`).toEqual([]);
  });

  test("what only the target can know is sent again", async () => {
    const { record, erp } = await product();
    await small.edit("erp", erp, { title: "forbidden fruit" });
    await small.settle();
    const held = await heldOf(record);
    expect(await replay(small.acts, { item: held.id })).toEqual({ kind: "due" });
    await small.settle();
    expect((await heldOf(record)).message).toBe('The new row violates the check "clean_name".');
    expect(
      await hub.sql`
      select state from deliveries where record = ${record}`,
    ).toEqual([{ state: "parked" }]);
  });
});

test("a row that matches several records passes once only one of them is left", async () => {
  const first = await product("Pulley");
  await small.edit("crm", "c-dup", { sku: first.sku, label: "Pulley" });
  const [held] = await hub.sql<Held[]>`
    select id from quarantine where external_id = 'c-dup' and state = 'held'`;
  const id = held?.id ?? "";
  expect(await replay(small.acts, { item: id })).toMatchObject({ kind: "held" });
  const crm = [...small.rows("crm")].find(([, row]) => row["sku"] === first.sku)?.[0] ?? "";
  await small.edit("crm", crm, { sku: `${first.sku}-old` });
  expect(await replay(small.acts, { item: id })).toMatchObject({ kind: "released" });
  const links = await hub.sql`
    select state from links where external_id = 'c-dup' and binding = 'crm-product'`;
  expect(links).toEqual([{ state: "live" }]);
});

test("a row that is dismissed whole leaves a line: who, why, and all that it held", async () => {
  const { sku } = await product("Pulley");
  await small.edit("crm", "c-away", { sku, label: "Pulley, twin" });
  const [held] = await hub.sql<Held[]>`
    select id from quarantine where external_id = 'c-away' and state = 'held'`;
  const id = held?.id ?? "";
  expect(await dismiss(small.acts, { item: id, reason: "A test row." })).toEqual({
    kind: "dismissed",
  });
  const lines = await hub.sql`
    select kind, actor, record, system, field, rule, cause, losers from audit_entries
    where cause->>'quarantine' = ${id}`;
  expect(lines).toMatchObject([
    {
      ...{ kind: "released", actor: "person:ana@example.com", record: null, system: "crm" },
      ...{ field: null, rule: "person" },
      cause: { command: "dismiss", detail: "crm-product c-away: A test row." },
    },
  ]);
  const [lost] = lines[0]?.["losers"] ?? [];
  expect(lost.from).toBe("system:crm");
  expect(JSON.parse(lost.value)).toEqual({ sku, label: "Pulley, twin" });
});

test("all that match are tried, and those that pass leave", async () => {
  const products = [await product(), await product(), await product()];
  for (const { erp } of products) await small.edit("erp", erp, { price: "-5" });
  const [first] = products;
  await small.edit("erp", first?.erp ?? "", { price: "-50" });
  await small.publish(withMin("-10"));
  const filter = { binding: "erp-product", field: "price", code: "range" };
  const started = await startReplay(small.acts, { filter, perSecond: 100 });
  expect(started).toMatchObject({ kind: "started" });
  const run = started.kind === "started" ? started.run : null;
  expect(await stepReplay(small.acts, { run })).toBe(true);
  expect(await heldOf(first?.record ?? "")).toMatchObject({ message: '"-50" is below -10.' });
  for (const { record } of products.slice(1)) expect(await hubPrice(record)).toBe("-5");
  await small.publish(withMin("0"));
});

test("what is not there is unknown", async () => {
  const id = "00000000-0000-7000-8000-000000000000";
  expect(await replay(small.acts, { item: id })).toEqual({ kind: "unknown" });
  expect(await dismiss(small.acts, { item: id, reason: "?" })).toEqual({ kind: "unknown" });
  expect(await correctHeld(small.acts, { item: id, value: "1" })).toEqual({ kind: "unknown" });
});

describe("what a target did not take waits for nobody once nothing is delivered there", () => {
  const long = "A name far longer than Shop has room for";

  async function refused() {
    const made = await product();
    await small.edit("erp", made.erp, { title: long });
    await small.settle();
    return { ...made, held: await heldOf(made.record) };
  }

  const shopId = (sku: string) =>
    [...small.rows("shop")].find(([, row]) => row["code"] === sku)?.[0] ?? "";

  test("its row is parted from the record by a person", async () => {
    const { sku, held } = await refused();
    await unlink(small.acts, { binding: "shop-product", externalId: shopId(sku) });
    expect(await item(held.id)).toMatchObject({
      state: "resolved",
      released_by: "ana@example.com",
      note: "The row was parted from the record.",
    });
  });

  test("its record is deleted", async () => {
    const { erp, held } = await refused();
    const bindings = TRIO_MAP.bindings.map((one) => ({ ...one, whenRowGone: "delete" as const }));
    await small.publish({ ...TRIO_MAP, bindings });
    await small.remove("erp", erp);
    await small.publish(TRIO_MAP);
    expect(await item(held.id)).toMatchObject({
      state: "resolved",
      released_by: "engine",
      note: "The record was deleted.",
    });
  });

  test("its row is gone", async () => {
    const { sku, held } = await refused();
    await small.remove("shop", shopId(sku));
    expect(await item(held.id)).toMatchObject({
      state: "resolved",
      released_by: "engine",
      note: "The row was deleted.",
    });
  });
});
