import { afterAll, beforeAll, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";
import { ERP_AND_SHOP } from "../testing/two-systems.ts";

const ERP = "create table parts (id int primary key, code text, place int);";
const SHOP = `
  create table items (no int primary key, code text not null unique, place int unique,
    check (code <> 'bad'));`;

const one = (column: string, field: string) => ({ id: field, columns: [column], fields: [field] });

const MAP = MapDocument.parse({
  ...ERP_AND_SHOP,
  entities: [
    {
      ...{ id: "part", name: "Part", title: "code", matchKeys: [["number"]] },
      fields: [
        { id: "number", name: "Number", type: "integer" },
        { id: "code", name: "Code", type: "text" },
        { id: "place", name: "Place", type: "integer" },
      ],
    },
  ],
  bindings: [
    {
      ...{ id: "erp-parts", system: "erp", object: "public.parts", entity: "part" },
      edges: [one("id", "number"), one("code", "code"), one("place", "place")],
    },
    {
      ...{ id: "shop-items", system: "shop", object: "public.items", entity: "part" },
      edges: [one("no", "number"), one("code", "code"), one("place", "place")],
    },
  ],
});

let running: RunningHub;
beforeAll(async () => {
  running = await createRunningHub({ erp: ERP, shop: SHOP });
  await running.publish(MAP);
  await running.startEngine();
});
afterAll(() => running.close());

const db = (system: string) => running.db(system);
const codes = async () =>
  (await db("shop")`select code, place from items order by no`).map(
    ({ code, place }) => `${code} ${place}`,
  );
const atRest = () =>
  eventually(async () => {
    expect(await running.hub.sql`select 1 from deliveries`).toEqual([]);
  }, 60_000);

test("rows exchange unique values, wherever their work is shared out to", async () => {
  await db("erp")`insert into parts select n, 'c' || n, n from generate_series(1, 8) n`;
  await eventually(async () => expect(await codes()).toHaveLength(8));
  await atRest();
  // All of them in a ring; as many partitions as there are take part in it.
  await db("erp")`update parts set code = 'c' || (id % 8 + 1), place = id % 8 + 1`;
  await eventually(
    async () => expect(await codes()).toEqual([2, 3, 4, 5, 6, 7, 8, 1].map((n) => `c${n} ${n}`)),
    60_000,
  );
  await atRest();
  const asked = await running.hub.sql`select code from quarantine`;
  expect(asked).toEqual([]);
  // What stood between never came back: the ERP has what it had.
  const inErp = await db("erp")`select code from parts order by id`;
  expect(inErp.map(({ code }) => code)).toEqual([2, 3, 4, 5, 6, 7, 8, 1].map((n) => `c${n}`));
  const lines = await running.hub.sql`
    select after from audit_entries where kind in ('accepted', 'adjusted') and system = 'shop'`;
  expect(lines).toEqual([]);
}, 120_000);

test("a bad row among them is held alone", async () => {
  await db("erp")`
    update parts set code = case id when 1 then 'c3' when 2 then 'c2' when 3 then 'bad'
      else code end where id <= 3`;
  await eventually(async () => {
    const [held] = await running.hub.sql`select code, message from quarantine where state = 'held'`;
    expect(held).toMatchObject({ code: "check" });
    expect((await codes()).slice(0, 3)).toEqual(["c3 2", "c2 3", "c4 4"]);
  }, 60_000);
}, 120_000);
