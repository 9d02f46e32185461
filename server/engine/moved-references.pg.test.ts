import { afterAll, beforeAll, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { type CompiledMap, compileMap } from "../core/plan/compile-map.ts";
import { systemClock } from "../platform/clock.ts";
import { createIdSource } from "../platform/ids.ts";
import { systemRandom } from "../platform/random.ts";
import { noteMoved } from "../storage/moved-references.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";
import { ERP_AND_SHOP, oneToOne, textField } from "../testing/two-systems.ts";
import type { ActContext } from "./acts/context.ts";
import { link, unlink } from "./acts/link.ts";
import { merge, unmerge } from "./acts/merge.ts";
import { takeMoved } from "./moved-references.ts";

const ERP = `
  create table suppliers (id int primary key, name text);
  create table products (id int primary key, sku text, supplier_id int references suppliers (id));`;
const SHOP = `
  create table vendors (vendor_no int primary key, label text);
  create table items (
    item_no int generated always as identity (start 500) primary key,
    code text, vendor_no int references vendors (vendor_no));`;

const MAP = MapDocument.parse({
  ...ERP_AND_SHOP,
  entities: [
    {
      ...{ id: "supplier", name: "Supplier", title: "name", matchKeys: [["name"]] },
      fields: [textField("name")],
    },
    {
      ...{ id: "product", name: "Product", title: "sku", matchKeys: [["sku"]] },
      fields: [
        textField("sku"),
        { id: "supplier", name: "Supplier", type: "reference", options: { entity: "supplier" } },
      ],
    },
  ],
  bindings: [
    {
      ...{ id: "erp-suppliers", system: "erp", object: "public.suppliers", entity: "supplier" },
      ...{ createsRows: false, edges: [oneToOne("name", "name")] },
    },
    {
      ...{ id: "erp-products", system: "erp", object: "public.products", entity: "product" },
      ...{
        createsRows: false,
        edges: [oneToOne("sku", "sku"), oneToOne("supplier_id", "supplier")],
      },
    },
    {
      ...{ id: "shop-vendors", system: "shop", object: "public.vendors", entity: "supplier" },
      ...{ createsRows: false, edges: [oneToOne("label", "name")] },
    },
    {
      ...{ id: "shop-items", system: "shop", object: "public.items", entity: "product" },
      ...{
        createsRows: false,
        edges: [oneToOne("code", "sku"), oneToOne("vendor_no", "supplier")],
      },
    },
  ],
});

let running: RunningHub;
let ctx: ActContext;
beforeAll(async () => {
  running = await createRunningHub({ erp: ERP, shop: SHOP });
  await db("erp")`insert into suppliers values (1, 'Acme'), (2, 'Bolt'), (3, 'Clay')`;
  await db("erp")`insert into products values (10, 'lamp', 1), (11, 'desk', 1), (12, 'rug', 2)`;
  await db("shop")`insert into vendors values (91, 'Acme'), (92, 'Bolt')`;
  await db("shop")`
    insert into items (code, vendor_no) values ('lamp', 91), ('desk', 91), ('rug', 92)`;
  await running.publish(MAP);
  await running.startEngine();
  ctx = {
    ...{ hub: running.hub, clock: systemClock, person: "ana@example.com" },
    ids: createIdSource(systemClock, systemRandom),
  };
  await eventually(async () => {
    // All eleven rows, and whom three of the products' rows refer to.
    expect(await running.hub.sql`select 1 from links where state = 'live'`).toHaveLength(11);
    expect(await supplierOf("lamp")).toBe(await recordAt("shop-vendors", "91"));
  }, 60_000);
});
afterAll(() => running.close());

const db = (system: string) => running.db(system);
const suppliers = async () =>
  (await db("erp")`select sku, supplier_id from products order by sku`).map(
    ({ sku, supplier_id }) => `${sku} ${supplier_id}`,
  );
const recordAt = async (binding: string, externalId: string) =>
  (
    await running.hub.sql<{ record: string }[]>`
      select record from links
      where binding = ${binding} and external_id = ${externalId} and state = 'live'`
  )[0]?.record ?? "";
/** The record that the hub has as the supplier of a product. */
const supplierOf = async (sku: string) =>
  (
    await running.hub.sql<{ supplier: string }[]>`
      select values->'supplier'->>'v' as supplier from records
      where entity = 'product' and values->'sku'->>'v' = ${sku}`
  )[0]?.supplier;

const VENDOR = { binding: "shop-vendors", externalId: "91" };

test("rows that refer to one that was parted mean what it is now, without a change of their own", async () => {
  const before = await recordAt("erp-suppliers", "1");
  expect(await unlink(ctx, VENDOR)).toMatchObject({ kind: "unlinked", from: before });
  const own = await recordAt("shop-vendors", "91");
  await eventually(async () => {
    expect([await supplierOf("lamp"), await supplierOf("desk")]).toEqual([own, own]);
  });
  expect(await supplierOf("rug")).toBe(await recordAt("erp-suppliers", "2"));
});

test("and those of one that was linked are sent on to whoever knows it", async () => {
  // What waits in the ERP for the parted row's record, which has no row there, goes on too.
  const record = await recordAt("erp-suppliers", "3");
  expect(await link(ctx, { ...VENDOR, record })).toMatchObject({ kind: "linked" });
  await eventually(async () => expect(await suppliers()).toEqual(["desk 3", "lamp 3", "rug 2"]));
  await eventually(async () => {
    expect(await running.hub.sql`select 1 from deliveries`).toEqual([]);
    expect(await running.hub.sql`select 1 from moved_references`).toEqual([]);
  });
});

test("what refers to a merged record's row means the other one's, and its own when parted", async () => {
  const [winner, loser] = [await recordAt("erp-suppliers", "1"), await supplierOf("rug")];
  const second = { "erp-suppliers": "leave" } as const;
  const merged = await merge(ctx, { winner, loser: loser ?? "", values: {}, second });
  expect(merged.kind).toBe("merged");
  // It is said anew while the two are one.
  await db("shop")`update items set vendor_no = 92 where code = 'lamp'`;
  await eventually(async () => expect(await supplierOf("lamp")).toBe(winner));
  await eventually(async () => expect(await suppliers()).toContain("lamp 1"));
  expect((await unmerge(ctx, loser ?? "")).kind).toBe("unmerged");
  await eventually(async () => expect(await supplierOf("lamp")).toBe(loser));
  await eventually(async () => expect(await suppliers()).toContain("lamp 2"));
}, 60_000);

test("a delivery that waits for a record's row is sent by the row that it gets by merging", async () => {
  await db("shop")`insert into vendors values (93, 'Dune')`;
  await db("shop")`update items set vendor_no = 93 where code = 'desk'`;
  await eventually(async () => {
    const held = await running.hub.sql`select code from quarantine where state = 'held'`;
    expect(held).toMatchObject([{ code: "reference-missing" }]);
  });
  const loser = await recordAt("shop-vendors", "93");
  const winner = await recordAt("erp-suppliers", "1");
  expect((await merge(ctx, { winner, loser, values: {}, second: {} })).kind).toBe("merged");
  await eventually(async () => expect(await suppliers()).toContain("desk 1"));
  const held = await running.hub.sql`select code from quarantine where state = 'held'`;
  expect(held).toEqual([]);
}, 60_000);

test("very many of them are decided some at a time, none twice and none left out", async () => {
  const map = elsewhere(compileMap(1, MAP, () => null));
  const record = (await supplierOf("rug")) as never;
  const seen: string[] = [];
  await running.hub.sql.begin(async (tx) => {
    await noteMoved(tx, [{ system: "elsewhere", record }], new Date().toISOString());
    for (let times = 0; times < 9; times += 1) {
      const { rows, isMore } = await takeMoved(tx, map, "elsewhere", 1);
      if (!isMore) break;
      expect(rows.length).toBeLessThanOrEqual(1);
      seen.push(...rows.map(({ binding, externalId }) => `${binding} ${externalId}`));
    }
    expect(await tx`select 1 from moved_references`).toEqual([]);
  });
  const meaning = await running.hub.sql`
    select binding, external_id from links
    where state = 'live' and bases->'supplier'->>'s' = ${record}`;
  expect(seen.sort()).toEqual(
    meaning.map((row) => `${row["binding"]} ${row["external_id"]}`).sort(),
  );
  expect(seen.length).toBeGreaterThan(1);
});

/** The map with all bindings in a system that no engine reads: one would take this test's work. */
function elsewhere(map: CompiledMap): CompiledMap {
  const bindings = [...map.bindings].map(([id, rules]) => {
    return [id, { ...rules, binding: { ...rules.binding, system: "elsewhere" } }] as const;
  });
  return { ...map, bindings: new Map(bindings) };
}
