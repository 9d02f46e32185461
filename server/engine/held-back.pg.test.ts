import { afterAll, beforeAll, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { notify } from "../storage/notify.ts";
import { savePauses } from "../storage/systems.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";

const ERP = `
  create table groups (code text primary key);
  create table products (sku text primary key, grp text, label text);`;
const SHOP = `
  create table groups (code text primary key);
  create table items (article text primary key, grp text references groups (code));`;
const CRM = `
  create table parts (id serial primary key, sku text not null unique, label text unique);`;

const one = (column: string, field: string) => ({ id: field, columns: [column], fields: [field] });
const text = (id: string) => ({ id, name: id, type: "text" });

const MAP = MapDocument.parse({
  format: 1,
  systems: [
    { id: "erp", name: "ERP", code: "ER", line: 1 },
    { id: "shop", name: "Shop", code: "SH", line: 2 },
    { id: "crm", name: "CRM", code: "CR", line: 3 },
  ],
  entities: [
    {
      ...{ id: "product", name: "Product", title: "sku", matchKeys: [["sku"]] },
      fields: [text("sku"), text("grp"), text("label")],
    },
    { id: "group", name: "Group", title: "code", matchKeys: [["code"]], fields: [text("code")] },
  ],
  bindings: [
    {
      ...{ id: "erp-products", system: "erp", object: "public.products", entity: "product" },
      edges: [one("sku", "sku"), one("grp", "grp"), one("label", "label")],
    },
    {
      ...{ id: "shop-items", system: "shop", object: "public.items", entity: "product" },
      edges: [one("article", "sku"), one("grp", "grp")],
    },
    {
      ...{ id: "crm-parts", system: "crm", object: "public.parts", entity: "product" },
      edges: [one("sku", "sku"), one("label", "label")],
    },
    {
      ...{ id: "erp-groups", system: "erp", object: "public.groups", entity: "group" },
      edges: [one("code", "code")],
    },
    {
      ...{ id: "shop-groups", system: "shop", object: "public.groups", entity: "group" },
      edges: [one("code", "code")],
    },
  ],
});

let running: RunningHub;
beforeAll(async () => {
  running = await createRunningHub({ erp: ERP, shop: SHOP, crm: CRM });
  await running.publish(MAP);
  await running.startEngine();
});
afterAll(() => running.close());

const db = (system: string) => running.db(system);
const held = () => running.hub.sql<{ code: string }[]>`
  select code from quarantine where state = 'held' order by code`;
const articles = () => db("shop")`select article, grp from items order by article`;

/** Begins or ends reading, and waits until the engine does so. */
async function read(system: string, isRead: boolean): Promise<void> {
  const { sql } = running.hub;
  await sql.begin(async (tx) => {
    await savePauses(tx, system, { reading: !isRead });
    await notify(tx, ["systems"]);
  });
  await eventually(async () => {
    const readers = await sql`
      select 1 from leases where partition = ${`capture:${system}`} and engine is not null`;
    expect(readers).toHaveLength(isRead ? 1 : 0);
  });
}

test("a row waits for the one that it refers to, and nobody is asked", async () => {
  await db("erp")`insert into products values ('P-1', 'G-1', null)`;
  await eventually(async () => {
    const [waiting] = await running.hub.sql`select failure, state from deliveries where tries > 0`;
    expect(waiting).toMatchObject({ state: "due" });
    expect(waiting?.["failure"]).toContain("foreign key");
  });
  await db("erp")`insert into groups values ('G-1')`;
  await eventually(async () => {
    expect(await articles()).toEqual([{ article: "P-1", grp: "G-1" }]);
  });
  const [asked] = await running.hub.sql`select count(*)::int as count from quarantine`;
  expect(asked?.["count"]).toBe(0);
});

test("what was held for a missing row, or waits for one that is there, goes on when its news comes", async () => {
  await read("crm", false);
  await db("crm")`insert into parts (sku) values ('P-3')`;
  await db("erp")`insert into products values ('P-2', 'G-2', null), ('P-3', null, null)`;
  await eventually(async () => {
    expect((await held()).map(({ code }) => code)).toEqual(["reference"]);
  }, 60_000);
  // The row is there with our match key: it is no refusal, for as long as nobody has told of it.
  await eventually(async () => {
    const [waiting] = await running.hub.sql`
      select state, failure from deliveries where system = 'crm' and tries > 4`;
    expect(waiting).toMatchObject({ state: "due" });
    expect(waiting?.["failure"]).toContain("has the same match key");
  }, 60_000);
  await read("crm", true);
  await db("shop")`insert into groups values ('G-2')`;
  // An item is let go with the intent to write: the row itself comes a moment later.
  await eventually(async () => {
    expect(await held()).toEqual([]);
    expect(await articles()).toContainEqual({ article: "P-2", grp: "G-2" });
  }, 60_000);
  expect(await db("crm")`select sku from parts where sku = 'P-3'`).toHaveLength(1);
}, 120_000);

test("what was held for a taken value is let go when its holder's row gets another", async () => {
  await db("crm")`insert into parts (sku, label) values ('P-8', 'L')`;
  await eventually(async () => {
    expect(await articles()).toContainEqual({ article: "P-8", grp: null });
  });
  await db("erp")`insert into products values ('P-9', null, 'L')`;
  await eventually(async () => {
    expect((await held()).map(({ code }) => code)).toEqual(["unique"]);
  }, 60_000);
  await db("crm")`update parts set label = 'K' where sku = 'P-8'`;
  await eventually(async () => {
    const parts = await db("crm")`select label from parts where sku = 'P-9'`;
    expect(parts).toEqual([{ label: "L" }]);
    expect(await held()).toEqual([]);
  }, 60_000);
}, 150_000);
