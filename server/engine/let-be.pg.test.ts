import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hub } from "../../db/client.ts";
import { MapDocument } from "../core/map/document.ts";
import { verifyAuditChain } from "../storage/audit.ts";
import { correctHeld } from "./acts/correct-value.ts";
import { link } from "./acts/link.ts";
import { dismiss } from "./acts/quarantine.ts";
import { takeUp } from "./acts/take-up.ts";
import { openSmallHub } from "./testing/open-small-hub.ts";
import type { SmallHub } from "./testing/small-hub.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

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

const LONG = "A name far longer than Shop has room for";

async function product(title = "Rope"): Promise<{ sku: string; erp: string; record: string }> {
  made += 1;
  const erp = `e${made}`;
  const sku = `S-${made}`;
  await small.edit("erp", erp, { sku, title, price: "9.5", stock: "4" });
  await small.settle();
  const [row] = await hub.sql<{ record: string }[]>`
    select record from links where external_id = ${erp} and state = 'live'`;
  return { sku, erp, record: row?.record ?? "" };
}

/** What is held of a record, or of a row that is nobody's. */
async function heldAt(place: string): Promise<{ id: string; code: string }[]> {
  return await hub.sql<{ id: string; code: string }[]>`
    select id, code from quarantine
    where state = 'held' and (record::text = ${place} or external_id = ${place}) order by id`;
}

/** Lets all that is held there be. @returns the items */
async function letBe(place: string): Promise<string[]> {
  const items = await heldAt(place);
  expect(items).not.toEqual([]);
  for (const { id } of items) {
    const outcome = await dismiss(small.acts, { item: id, reason: "It may stay so." });
    expect(outcome).toEqual({ kind: "dismissed" });
  }
  return items.map(({ id }) => id);
}

/** Whoever may, reads everything anew, by another version of the map. */
async function readAllAnew(): Promise<void> {
  const entities = TRIO_MAP.entities.map((one) => ({ ...one, name: `Product ${made}` }));
  await small.publish(MapDocument.parse({ ...TRIO_MAP, entities }));
  for (const system of ["erp", "shop", "crm"]) await small.readWhole(system, true);
  await small.settle();
}

const shopRow = (sku: string) => [...small.rows("shop").values()].find(({ code }) => code === sku);

async function hubPrice(record: string): Promise<unknown> {
  const [row] = await hub.sql`
    select values->'price'->>'v' as price from records where id = ${record}`;
  return row?.["price"];
}

describe("a row that nobody has", () => {
  /** It has the key of a record that has a row there already. */
  async function twin(): Promise<{ id: string; item: string; label: string }> {
    const { sku } = await product();
    const id = `c-${sku}`;
    await small.edit("crm", id, { sku, label: "Rope, twin" });
    const [item = ""] = await letBe(id);
    return { id, item, label: sku };
  }

  test("stays let be, whoever reads it again and whatever version is live", async () => {
    const { id } = await twin();
    await readAllAnew();
    await readAllAnew();
    expect(await heldAt(id)).toEqual([]);
    await small.edit("crm", id, { label: "Rope, twin" });
    expect(await heldAt(id)).toEqual([]);
  });

  test("is decided anew as soon as it changes, and by its present values", async () => {
    const { id } = await twin();
    await small.edit("crm", id, { label: "Rope, another" });
    expect(await heldAt(id)).toMatchObject([{ code: "ambiguous-match" }]);
    await small.edit("crm", id, { sku: `${id}-own` });
    const [row] = await hub.sql`select state from links where external_id = ${id}`;
    expect(row).toEqual({ state: "live" });
  });

  test("is decided anew when a whole read finds it changed", async () => {
    const { id } = await twin();
    small.appear("crm", id, { sku: `${id}-own`, label: "Rope" });
    await small.readWhole("crm", true);
    const [row] = await hub.sql`select state from links where external_id = ${id}`;
    expect(row).toEqual({ state: "live" });
  });

  test("is another one when it vanished and comes again", async () => {
    const { id, label } = await twin();
    small.lose("crm", id);
    await readAllAnew();
    await small.edit("crm", id, { sku: label, label: "Rope, twin" });
    expect(await heldAt(id)).toMatchObject([{ code: "ambiguous-match" }]);
  });

  test("is taken up again by a person, and linked by one without that", async () => {
    const { id, item } = await twin();
    expect(await takeUp(small.acts, { item })).toMatchObject({
      kind: "held",
      code: "ambiguous-match",
    });
    expect(await heldAt(id)).toMatchObject([{ id: item }]);
    const lines = await hub.sql`
      select kind, actor, cause->>'command' as command from audit_entries
      where cause->>'quarantine' = ${item} order by at`;
    expect(lines).toEqual([
      { kind: "released", actor: "person:ana@example.com", command: "dismiss" },
      { kind: "quarantined", actor: "person:ana@example.com", command: "take-up" },
    ]);
    await letBe(id);
    const { record, sku } = await product();
    const own = [...small.rows("crm")].find(([, row]) => row["sku"] === sku)?.[0] ?? "";
    await small.remove("crm", own);
    const act = { binding: "crm-product", externalId: id, record };
    expect(await link(small.acts, act)).toMatchObject({ kind: "linked" });
    expect(await takeUp(small.acts, { item })).toEqual({ kind: "over" });
  });
});

describe("a value that breaks a rule", () => {
  async function refused(): Promise<{ record: string; erp: string; item: string }> {
    const { record, erp } = await product();
    await small.edit("erp", erp, { price: "-3" });
    const [item = ""] = await letBe(record);
    return { record, erp, item };
  }

  test("stays let be when it is read again, and so does nothing else of its row", async () => {
    const { record, erp } = await refused();
    await readAllAnew();
    expect(await heldAt(record)).toEqual([]);
    await small.edit("erp", erp, { stock: "9", title: "Cord" });
    await readAllAnew();
    expect(await heldAt(record)).toEqual([]);
    expect(small.rows("erp").get(erp)).toMatchObject({ price: "-3", title: "Cord" });
    const [row] = await hub.sql`
      select values->'name'->>'v' as name from records where id = ${record}`;
    expect(row).toEqual({ name: "Cord" });
  });

  test("is one item still when its row gets another key, and stays let be", async () => {
    const { record, erp } = await product();
    await small.edit("erp", erp, { price: "-3" });
    await small.rekey("erp", erp, `${erp}-new`, {});
    await small.readWhole("erp", true);
    expect(await heldAt(record)).toHaveLength(1);
    await letBe(record);
    await small.rekey("erp", `${erp}-new`, `${erp}-newer`, {});
    await readAllAnew();
    expect(await heldAt(record)).toEqual([]);
  });

  test("is held anew when it changes to another bad one, and taken when it is good", async () => {
    const { record, erp } = await refused();
    await small.edit("erp", erp, { price: "-4" });
    expect(await heldAt(record)).toMatchObject([{ code: "range" }]);
    await small.edit("erp", erp, { price: "4" });
    expect(await heldAt(record)).toEqual([]);
    expect(await hubPrice(record)).toBe("4");
  });

  test("is an edit like another when it is taken up again", async () => {
    const { record, erp, item } = await refused();
    expect(await takeUp(small.acts, { item })).toMatchObject({ kind: "held", code: "range" });
    await letBe(record);
    const rules = JSON.stringify(TRIO_MAP).replace('"range","min":"0"', '"range","min":"-9"');
    await small.publish(MapDocument.parse(JSON.parse(rules)));
    await small.readWhole("erp", true);
    // A rule that admits it does not undo what the person said; the person does.
    expect(await hubPrice(record)).toBe("9.5");
    expect(await takeUp(small.acts, { item })).toEqual({ kind: "released" });
    expect(await hubPrice(record)).toBe("-3");
    await small.publish(TRIO_MAP);
    await small.settle();
    expect(small.rows("erp").get(erp)).toMatchObject({ price: "-3" });
  });

  test("that a person has corrected is not held again before the system has the right one", async () => {
    const { record, erp } = await product();
    await small.edit("erp", erp, { price: "-3" });
    const [item] = await heldAt(record);
    await correctHeld(small.acts, { item: item?.id ?? "", value: "3" });
    await small.readWhole("erp", true);
    expect(await heldAt(record)).toEqual([]);
    await small.settle();
    expect(small.rows("erp").get(erp)).toMatchObject({ price: "3" });
  });
});

describe("a row that a target does not take", () => {
  test("is not made, whoever reads what, until a value of it changes", async () => {
    const { sku, erp, record } = await product(LONG);
    await letBe(record);
    await readAllAnew();
    await small.edit("erp", erp, { stock: "7" });
    await readAllAnew();
    expect(await heldAt(record)).toEqual([]);
    expect(shopRow(sku)).toBeUndefined();
    await small.edit("erp", erp, { title: "A short name" });
    await small.settle();
    expect(shopRow(sku)).toMatchObject({ name: "A short name" });
  });

  test("is tried again when a person takes it up", async () => {
    const { record } = await product(LONG);
    const [item = ""] = await letBe(record);
    expect(await takeUp(small.acts, { item })).toEqual({ kind: "due" });
    await small.settle();
    expect(await heldAt(record)).toMatchObject([{ code: "length" }]);
  });

  test("a value that a row goes without is sent again when a person takes it up", async () => {
    const { sku, erp, record } = await product();
    await small.edit("erp", erp, { title: LONG });
    await small.settle();
    const [item = ""] = await letBe(record);
    await readAllAnew();
    expect(await heldAt(record)).toEqual([]);
    expect(shopRow(sku)).toMatchObject({ name: "Rope" });
    expect(await takeUp(small.acts, { item })).toEqual({ kind: "due" });
    await small.settle();
    expect(await heldAt(record)).toMatchObject([{ code: "length" }]);
  });
});
