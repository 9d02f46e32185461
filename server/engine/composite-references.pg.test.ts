import { afterAll, beforeAll, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";
import { ERP_AND_SHOP, oneToOne, textField } from "../testing/two-systems.ts";

/** The ERP names a customer by company and number, the shop by a number of its own. */
const ERP = `
  create table customers (company text, no int, name text, primary key (company, no));
  create table orders (
    id int primary key, company text not null, ref text, buyer_no int,
    foreign key (buyer_no, company) references customers (no, company) deferrable initially deferred);`;
const SHOP = `
  create table clients (id int generated always as identity (start 900) primary key, label text);
  create table baskets (
    id int generated always as identity (start 500) primary key,
    code text, client int references clients (id));`;

const MAP = MapDocument.parse({
  ...ERP_AND_SHOP,
  entities: [
    {
      ...{ id: "customer", name: "Customer", title: "name", matchKeys: [["name"]] },
      fields: [textField("name")],
    },
    {
      ...{ id: "order", name: "Order", title: "ref", matchKeys: [["ref"]] },
      fields: [
        textField("ref"),
        { id: "buyer", name: "Buyer", type: "reference", options: { entity: "customer" } },
      ],
    },
  ],
  bindings: [
    {
      ...{ id: "erp-customers", system: "erp", object: "public.customers", entity: "customer" },
      ...{ createsRows: false, edges: [oneToOne("name", "name")] },
    },
    {
      ...{ id: "erp-orders", system: "erp", object: "public.orders", entity: "order" },
      createsRows: false,
      edges: [
        oneToOne("ref", "ref"),
        { id: "buyer", columns: ["company", "buyer_no"], fields: ["buyer"] },
      ],
    },
    {
      ...{ id: "shop-clients", system: "shop", object: "public.clients", entity: "customer" },
      edges: [oneToOne("label", "name")],
    },
    {
      ...{ id: "shop-baskets", system: "shop", object: "public.baskets", entity: "order" },
      edges: [oneToOne("code", "ref"), oneToOne("client", "buyer")],
    },
  ],
});

let running: RunningHub;
beforeAll(async () => {
  running = await createRunningHub({ erp: ERP, shop: SHOP });
  await db("erp")`
    insert into customers values ('DE', 7, 'Ana'), ('AT', 7, 'Bea'), ('DE', 8, 'Cleo')`;
  await db("erp")`insert into orders values (1, 'DE', 'O-1', 7), (2, 'AT', 'O-2', 7)`;
  await running.publish(MAP);
  await running.startEngine();
});
afterAll(() => running.close());

const db = (system: string) => running.db(system);
const baskets = async () =>
  (
    await db("shop")`
      select b.code, c.label from baskets b left join clients c on c.id = b.client order by code`
  ).map(({ code, label }) => `${code} ${label}`);

test("the same number in two companies is two customers, and each order has its own", async () => {
  await eventually(async () => expect(await baskets()).toEqual(["O-1 Ana", "O-2 Bea"]), 60_000);
});

test("another customer is written in both columns, and none in the one that may be empty", async () => {
  const client = async (label: string) =>
    (await db("shop")`select id from clients where label = ${label}`)[0]?.["id"] as number;
  await db("shop")`update baskets set client = ${await client("Ana")} where code = 'O-2'`;
  const order = async () =>
    (await db("erp")`select company, buyer_no from orders where ref = 'O-2'`)[0];
  await eventually(async () => expect(await order()).toEqual({ company: "DE", buyer_no: 7 }));
  await db("shop")`update baskets set client = null where code = 'O-2'`;
  await eventually(async () => expect(await order()).toEqual({ company: "DE", buyer_no: null }));
  await db("erp")`update orders set buyer_no = 8 where ref = 'O-2'`;
  await eventually(async () => expect(await baskets()).toContain("O-2 Cleo"));
}, 60_000);

test("one whose row comes later waits, and goes on by itself", async () => {
  await db("erp").begin(async (tx) => {
    await tx`insert into orders values (3, 'CH', 'O-3', 1)`;
    await tx`insert into customers values ('CH', 1, 'Dora')`;
  });
  await eventually(async () => expect(await baskets()).toContain("O-3 Dora"));
  await eventually(async () => {
    expect(await running.hub.sql`select 1 from quarantine where state = 'held'`).toEqual([]);
    expect(await running.hub.sql`select 1 from deliveries`).toEqual([]);
  });
}, 60_000);
