import { afterAll, beforeAll, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { systemClock } from "../platform/clock.ts";
import { createIdSource } from "../platform/ids.ts";
import { systemRandom } from "../platform/random.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";
import { ERP_AND_SHOP, oneToOne } from "../testing/two-systems.ts";
import type { ActContext } from "./acts/context.ts";
import { link } from "./acts/link.ts";
import { merge, unmerge } from "./acts/merge.ts";

/** The two systems name the same suppliers, products and parts of an order by keys of their own. */
const ERP = `
  create table suppliers (id int primary key, name text, backup int references suppliers (id));
  create table products (id int primary key, sku text, supplier_id int);
  create table prices (
    id int primary key, product_id int not null references products (id), kind text, amount int);`;
const SHOP = `
  create table vendors (
    vendor_no int generated always as identity (start 900) primary key,
    label text, stands_in int references vendors (vendor_no));
  create table items (
    item_no int generated always as identity (start 500) primary key,
    code text, vendor_no int references vendors (vendor_no));
  create table item_prices (
    price_no int generated always as identity (start 700) primary key,
    item_no int not null references items (item_no), kind text, amount int);`;

const to = (id: string, name: string, entity: string) => ({
  ...{ id, name, type: "reference", options: { entity } },
});

const MAP = MapDocument.parse({
  ...ERP_AND_SHOP,
  entities: [
    {
      ...{ id: "supplier", name: "Supplier", title: "name", matchKeys: [["name"]] },
      fields: [{ id: "name", name: "Name", type: "text" }, to("backup", "Backup", "supplier")],
    },
    {
      ...{ id: "product", name: "Product", title: "sku", matchKeys: [["sku"]] },
      fields: [{ id: "sku", name: "SKU", type: "text" }, to("supplier", "Supplier", "supplier")],
    },
    {
      ...{ id: "price", name: "Price", title: "kind", matchKeys: [["product", "kind"]] },
      fields: [
        to("product", "Product", "product"),
        { id: "kind", name: "Kind", type: "text" },
        { id: "amount", name: "Amount", type: "integer" },
      ],
    },
  ],
  bindings: [
    {
      ...{ id: "erp-prices", system: "erp", object: "public.prices", entity: "price" },
      edges: [
        oneToOne("product_id", "product"),
        oneToOne("kind", "kind"),
        oneToOne("amount", "amount"),
      ],
    },
    {
      ...{ id: "erp-products", system: "erp", object: "public.products", entity: "product" },
      edges: [oneToOne("sku", "sku"), oneToOne("supplier_id", "supplier")],
    },
    {
      ...{ id: "erp-suppliers", system: "erp", object: "public.suppliers", entity: "supplier" },
      edges: [oneToOne("name", "name"), oneToOne("backup", "backup")],
      createsRows: false,
    },
    {
      ...{ id: "shop-prices", system: "shop", object: "public.item_prices", entity: "price" },
      edges: [
        oneToOne("item_no", "product"),
        oneToOne("kind", "kind"),
        oneToOne("amount", "amount"),
      ],
    },
    {
      ...{ id: "shop-items", system: "shop", object: "public.items", entity: "product" },
      edges: [oneToOne("code", "sku"), oneToOne("vendor_no", "supplier")],
    },
    {
      ...{ id: "shop-vendors", system: "shop", object: "public.vendors", entity: "supplier" },
      edges: [oneToOne("label", "name"), oneToOne("stands_in", "backup")],
    },
  ],
});

let running: RunningHub;
let ctx: ActContext;
beforeAll(async () => {
  running = await createRunningHub({ erp: ERP, shop: SHOP });
  await db("erp")`insert into suppliers values (1, 'Acme', null), (2, 'Bolt', 1)`;
  await db("erp")`update suppliers set backup = 2 where id = 1`;
  await db("erp")`insert into products values (10, 'lamp', 1), (11, 'desk', 2), (12, 'rug', null)`;
  await db("erp")`insert into prices values (20, 10, 'list', 99), (21, 11, 'list', 300)`;
  // The shop has one of them already, under keys of its own.
  await db("shop")`insert into vendors (label) values ('Bolt')`;
  await db("shop")`insert into items (code, vendor_no) values ('desk', 900)`;
  await db("shop")`insert into item_prices (item_no, kind, amount) values (500, 'list', 300)`;
  await running.publish(MAP);
  await running.startEngine();
  ctx = {
    ...{ hub: running.hub, clock: systemClock, person: "ana@example.com" },
    ids: createIdSource(systemClock, systemRandom),
  };
});
afterAll(() => running.close());

const db = (system: string) => running.db(system);
const items = async () =>
  (
    await db("shop")`
      select i.code, v.label from items i left join vendors v using (vendor_no) order by code`
  ).map(({ code, label }) => `${code} of ${label}`);
const held = async () =>
  (await running.hub.sql`select code, message from quarantine where state = 'held'`).map(
    ({ code, message }) => `${code}: ${message}`,
  );
const supplier = async (name: string) => {
  const [row] = await running.hub.sql<{ id: string }[]>`
    select id from records where entity = 'supplier' and values->'name'->>'v' = ${name}`;
  return row?.id ?? "";
};
const atRest = () =>
  eventually(async () => {
    expect(await held()).toEqual([]);
    expect(await running.hub.sql`select 1 from deliveries`).toEqual([]);
  }, 60_000);

test("a reference leads to the same record in every system, whatever its key there", async () => {
  await eventually(async () => {
    expect(await items()).toEqual(["desk of Bolt", "lamp of Acme", "rug of null"]);
  }, 60_000);
  await atRest();
  // Two that refer to one another were made in two steps.
  const backups = await db("shop")`
    select v.label, b.label as backup from vendors v join vendors b on b.vendor_no = v.stands_in
    order by 1`;
  expect(backups.map(({ label, backup }) => `${label} ${backup}`)).toEqual([
    "Acme Bolt",
    "Bolt Acme",
  ]);
  // A part of another record is found by that record and its own key: none is there twice.
  const prices = async () =>
    (
      await db("shop")`
        select i.code, p.kind, p.amount from item_prices p join items i using (item_no) order by 1`
    ).map(({ code, kind, amount }) => `${code} ${kind} ${amount}`);
  await eventually(async () => {
    expect(await prices()).toEqual(["desk list 300", "lamp list 99"]);
  });
}, 120_000);

test("it is changed in the words of whoever changes it", async () => {
  await db("shop")`
    update items set vendor_no = (select vendor_no from vendors where label = 'Bolt')
    where code = 'lamp'`;
  await eventually(async () => {
    const [lamp] = await db("erp")`select supplier_id from products where sku = 'lamp'`;
    expect(lamp).toEqual({ supplier_id: 2 });
  });
  await db("erp")`update products set supplier_id = null where sku = 'desk'`;
  await eventually(async () => expect(await items()).toContain("desk of null"));
  await atRest();
}, 60_000);

test("what leads nowhere yet waits visibly, and goes on when the row comes", async () => {
  await db("erp")`insert into products values (13, 'vase', 3)`;
  await eventually(async () => {
    expect(await items()).toContain("vase of null");
    expect(await held()).toEqual([
      "reference-missing: The row 3 of public.suppliers, which it refers to, is no record yet.",
    ]);
  });
  await db("erp")`insert into suppliers values (3, 'Clay', null)`;
  await eventually(async () => expect(await items()).toContain("vase of Clay"));
  await atRest();
}, 60_000);

test("a part waits for the record that it is a part of, and is not made twice", async () => {
  // Within one transaction, and the other way round: the part is told first.
  await db("erp").begin(async (tx) => {
    await tx`alter table prices drop constraint prices_product_id_fkey`;
    await tx`insert into prices values (22, 14, 'list', 7)`;
    await tx`insert into products values (14, 'mug', 1)`;
    await tx`insert into prices values (23, 14, 'sale', 5)`;
  });
  const prices = () => db("shop")`
    select p.kind, p.amount from item_prices p join items i using (item_no)
    where i.code = 'mug' order by 1`;
  await eventually(async () => {
    expect((await prices()).map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
      "list 7",
      "sale 5",
    ]);
  });
  await atRest();
  const records = await running.hub.sql`
    select count(*)::int as count from records where entity = 'price'`;
  expect(records).toEqual([{ count: 4 }]);
}, 60_000);

test("what a person links is found by whoever waited for it", async () => {
  await db("shop")`insert into vendors (label) values ('Kappa')`;
  await db("erp")`insert into suppliers values (61, 'Acme', null)`;
  await db("erp")`insert into products values (15, 'pen', 61)`;
  await eventually(async () => {
    expect((await held()).map((line) => line.split(":")[0]).sort()).toEqual([
      "ambiguous-match",
      "reference-missing",
    ]);
  });
  const act = { binding: "erp-suppliers", externalId: "61", record: await supplier("Kappa") };
  expect(await link(ctx, act)).toMatchObject({ kind: "linked" });
  await eventually(async () => expect(await items()).toContain("pen of Kappa"));
  await atRest();
}, 60_000);

test("two records that are one are one for whoever refers to them, and may be parted again", async () => {
  const [winner, loser] = [await supplier("Acme"), await supplier("Clay")];
  const linesBefore = await lines();
  const second = { "erp-suppliers": "leave", "shop-vendors": "leave" } as const;
  const merged = await merge(ctx, { winner, loser, values: {}, second });
  expect(merged.kind).toBe("merged");
  await atRest();
  // Nobody's product was told anything: both names lead to one record.
  expect(await items()).toContain("vase of Clay");
  expect(await lines()).toEqual(linesBefore);
  // A product that moves to the loser's row is a product of the winner.
  await db("erp")`update products set supplier_id = 3 where sku = 'rug'`;
  await eventually(async () => expect(await items()).toContain("rug of Acme"));
  const parted = await unmerge(ctx, loser);
  expect(parted.kind).toBe("unmerged");
  await atRest();
  expect(await items()).toContain("vase of Clay");
}, 60_000);

const lines = async () =>
  await running.hub.sql`
    select count(*)::int as count from audit_entries where entity = 'product'`;
