import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { systemClock } from "../platform/clock.ts";
import { requireVariable } from "../platform/env.ts";
import { createIdSource } from "../platform/ids.ts";
import { systemRandom } from "../platform/random.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";
import { ERP_AND_SHOP } from "../testing/two-systems.ts";
import { setValue } from "./acts/set-value.ts";
import type { Engine } from "./engine.ts";

/** Notes every row that anybody writes. */
const WRITES = `
  create table writes (operation text, at timestamptz default clock_timestamp());
  create function note() returns trigger language plpgsql as $$ begin
    insert into writes values (tg_op); return null; end $$;`;
const watched = (table: string) =>
  `create trigger note after insert or update or delete on ${table}
    for each row execute function note();`;
const ERP = `
  create table products (sku text primary key, price int, stock int);
  insert into products select 'P-' || n, n, 10 from generate_series(1, 9) n;
  ${WRITES} ${watched("products")}`;
const SHOP = `
  create table items (sku text primary key, price int, stock int);
  ${WRITES} ${watched("items")}`;

const one = (name: string) => ({ id: name, columns: [name], fields: [name] });

const MAP = MapDocument.parse({
  ...ERP_AND_SHOP,
  entities: [
    {
      ...{ id: "product", name: "Product", title: "sku", matchKeys: [["sku"]] },
      fields: [
        { id: "sku", name: "SKU", type: "text" },
        // What the shop says about a price is set back.
        {
          id: "price",
          name: "Price",
          type: "integer",
          ownership: { tiers: [{ systems: ["erp"] }] },
        },
        { id: "stock", name: "Stock", type: "integer", policy: { kind: "sum-of-deltas" } },
      ],
    },
  ],
  bindings: [
    { id: "erp-product", system: "erp", object: "public.products" },
    { id: "shop-product", system: "shop", object: "public.items" },
  ].map((binding) => ({
    ...{ ...binding, entity: "product", whenRowGone: "delete", whenRecordDeleted: "delete" },
    edges: ["sku", "price", "stock"].map(one),
  })),
});

let running: RunningHub;
let engine: Engine;
beforeAll(async () => {
  running = await createRunningHub({ erp: ERP, shop: SHOP });
  await running.publish(MAP);
});
beforeEach(async () => {
  engine = await running.startEngine();
  await settled();
});
afterAll(() => running.close());

const db = (system: "erp" | "shop") => {
  const database = running.systems[system];
  if (database === undefined) throw new Error(system);
  return database.sql;
};
const rowsOf = async (system: "erp" | "shop") =>
  system === "erp"
    ? await db("erp")`select sku, price, stock from products order by sku`
    : await db("shop")`select sku, price, stock from items order by sku`;
const writesOf = async (system: "erp" | "shop") =>
  (await db(system)`select operation from writes`).length;

/** Everything was read, nothing is due, nothing is under way. */
async function settled(): Promise<void> {
  await eventually(async () => {
    const [left] = await running.hub.sql`
      select (select count(*)::int from deliveries) as due,
        (select count(*)::int from attempts) as open,
        (select count(*)::int from captures where comparing is not null) as comparing,
        (select count(*)::int from captures where loaded <> '{}') as read`;
    expect(left).toEqual({ due: 0, open: 0, comparing: 0, read: 2 });
    expect(await rowsOf("shop")).toEqual(await rowsOf("erp"));
  });
}

async function setStock(sku: string, value: string): Promise<void> {
  const [row] = await running.hub.sql`
    select id from records where values->'sku'->>'v' = ${sku}`;
  const ids = createIdSource(systemClock, systemRandom);
  const ctx = { hub: running.hub, clock: systemClock, ids, person: "ada@example.com" };
  const outcome = await setValue(ctx, { record: String(row?.["id"]), field: "stock", value });
  expect(outcome.kind).toBe("set");
}

async function server<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(requireVariable("FIELDLINE_TEST_PG_URL"), { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

describe("a slot that its source has given up", () => {
  test("is made anew, and what happened meanwhile is found by comparing", async () => {
    await engine.stop();
    const shop = db("shop");
    await shop`
      select pg_drop_replication_slot(slot_name) from pg_replication_slots
      where database = current_database()`;
    await shop`update items set stock = 12 where sku = 'P-1'`;
    await shop`insert into items values ('P-new', null, 1)`;
    await shop`delete from items where sku = 'P-2'`;
    await db("erp")`update products set price = 77 where sku = 'P-3'`;
    engine = await running.startEngine();
    await eventually(async () =>
      expect(await rowsOf("erp")).toEqual(
        expect.arrayContaining([
          { sku: "P-1", price: 1, stock: 12 },
          { sku: "P-new", price: null, stock: 1 },
          { sku: "P-3", price: 77, stock: 10 },
        ]),
      ),
    );
    await settled();
    expect(await rowsOf("erp")).toHaveLength(9);
    const [run] = await running.hub.sql`
      select detail from runs where kind = 'initial-load' and system = 'shop'
      order by started_at desc limit 1`;
    expect(run?.["detail"]).toMatch(/^Slot fieldline_\S+ is gone\. Changes may be missing/);
    await engine.stop();
  });
});

describe("a system that was restored from a backup", () => {
  test("is held: nothing is read from it or written to it, and it is said why", async () => {
    await engine.stop();
    const { sql } = running.hub;
    const [known] = await sql`select position from captures where system = 'shop'`;
    // Its log ends long before the place that the hub remembers.
    await sql`
      update captures set position = 'FFFFFFFF00000000:0000000000' where system = 'shop'`;
    const writes = await writesOf("shop");
    engine = await running.startEngine();
    await setStock("P-8", "66");
    await eventually(async () => {
      expect(await rowsOf("erp")).toContainEqual({ sku: "P-8", price: 8, stock: 66 });
      const [shop] = await sql`select failure from systems where id = 'shop'`;
      expect(shop?.["failure"]).toMatchObject({
        kind: "rejected",
        detail: expect.stringMatching(/was restored from an older state.*remove the system here/),
      });
    });
    expect(await writesOf("shop")).toBe(writes);
    await engine.stop();
    await sql`update captures set position = ${known?.["position"]} where system = 'shop'`;
    engine = await running.startEngine();
    await settled();
    await engine.stop();
  });
});

describe("a hub that was restored from a backup", () => {
  /** The hub's database as it is now; gives the way back to it. */
  async function backUp(): Promise<() => Promise<void>> {
    const name = new URL(running.url).pathname.slice(1);
    const backup = `test_${randomUUID().replaceAll("-", "")}`;
    const copy = async (from: string, to: string) =>
      server(async (sql) => {
        await sql.unsafe(`alter database ${from} allow_connections false`);
        await sql`
          select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ${from}`;
        await sql.unsafe(`create database ${to} template ${from}`);
        await sql.unsafe(`alter database ${from} allow_connections true`);
      });
    await copy(name, backup);
    return async () => {
      await server((sql) => sql.unsafe(`drop database ${name} with (force)`));
      await copy(backup, name);
      await server((sql) => sql.unsafe(`drop database ${backup}`));
    };
  }

  test("learns from the systems what it has forgotten, and writes nothing over it", async () => {
    await engine.stop();
    const restore = await backUp();
    engine = await running.startEngine();
    await db("erp")`update products set price = 500, stock = 7 where sku = 'P-4'`;
    await db("erp")`insert into products values ('P-later', 8, 8)`;
    await db("erp")`delete from products where sku = 'P-5'`;
    await db("shop")`update items set stock = 3 where sku = 'P-6'`;
    await eventually(async () =>
      expect(await rowsOf("erp")).toEqual(
        expect.arrayContaining([
          { sku: "P-4", price: 500, stock: 7 },
          { sku: "P-later", price: 8, stock: 8 },
          { sku: "P-6", price: 6, stock: 3 },
        ]),
      ),
    );
    await settled();
    await engine.stop();
    const before = { erp: await rowsOf("erp"), shop: await rowsOf("shop") };
    const writes = { erp: await writesOf("erp"), shop: await writesOf("shop") };

    await restore();
    engine = await running.startEngine();
    await eventually(async () => {
      const [hub] = await running.hub.sql`
        select values->'price'->>'v' as price from records where values->'sku'->>'v' = 'P-4'`;
      expect(hub?.["price"]).toBe("500");
    });
    await settled();
    expect({ erp: await rowsOf("erp"), shop: await rowsOf("shop") }).toEqual(before);
    expect({ erp: await writesOf("erp"), shop: await writesOf("shop") }).toEqual(writes);
    const [hub] = await running.hub.sql`
      select count(*)::int as records,
        (select count(*)::int from conflicts where state = 'open') as asked
      from records where deleted_at is null`;
    expect(hub).toEqual({ records: before.erp.length, asked: 0 });
    await engine.stop();
  });

  test("delivers nothing before all systems are compared that are read at all", async () => {
    await engine.stop();
    const restore = await backUp();
    engine = await running.startEngine();
    await db("erp")`update products set price = 900 where sku = 'P-7'`;
    await db("shop")`update items set stock = 4 where sku = 'P-9'`;
    await eventually(async () => {
      expect(await rowsOf("shop")).toContainEqual({ sku: "P-7", price: 900, stock: 10 });
      expect(await rowsOf("erp")).toContainEqual({ sku: "P-9", price: 9, stock: 4 });
    });
    await settled();
    await engine.stop();
    const writes = await writesOf("erp");

    await restore();
    const letIn = await running.systems["shop"]?.cutOff();
    engine = await running.startEngine();
    const { sql } = running.hub;
    await eventually(async () => {
      const compared = await sql`select system from captures where comparing is not null`;
      expect(compared.map((row) => row["system"])).toEqual(["shop"]);
    });
    await db("erp")`update products set price = 901 where sku = 'P-7'`;
    await db("erp")`update products set stock = 9 where sku = 'P-9'`;
    await eventually(() => setStock("P-8", "88"));
    // The ERP could be written to, and goes on being read: it waits for the shop.
    await db("erp")`update products set price = 902 where sku = 'P-7'`;
    await eventually(async () => {
      const [row] = await sql`select values->'price'->>'v' as price from records
        where values->'sku'->>'v' = 'P-7'`;
      expect(row?.["price"]).toBe("902");
      expect(await sql`select system, state from deliveries`).toContainEqual({
        ...{ system: "erp", state: "due" },
      });
    });
    await letIn?.();
    // The longer it was out of reach, the later it is called again.
    await eventually(
      async () =>
        expect(await rowsOf("shop")).toContainEqual({ sku: "P-7", price: 902, stock: 10 }),
      60_000,
    );
    // The shop's 4 may be in the ERP's 9 already, or not: added, it might count twice.
    const asked = await sql`select field, reason from conflicts where state = 'open'`;
    expect(asked).toEqual([{ field: "stock", reason: "unknown-outcome" }]);
    await eventually(async () =>
      expect(await rowsOf("erp")).toContainEqual({ sku: "P-8", price: 8, stock: 88 }),
    );
    // The three edits of this test, and what a person has set.
    expect(await writesOf("erp")).toBe(writes + 4);
    const [compared] = await sql`
      select max(finished_at) as at from runs where system = 'shop' and kind = 'initial-load'`;
    const [ours] = await db("erp")`select max(at) as at from writes`;
    expect(Date.parse(ours?.["at"])).toBeGreaterThan(Date.parse(compared?.["at"]));
    await engine.stop();
  });
});
