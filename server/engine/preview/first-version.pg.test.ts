import { afterAll, beforeAll, expect, test } from "vitest";
import { isExact } from "../../core/impact/impact.ts";
import { MapDocument } from "../../core/map/document.ts";
import { eventually } from "../../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../../testing/running-hub.ts";
import { ERP_AND_SHOP, oneToOne, textField } from "../../testing/two-systems.ts";
import { previewOf } from "./testing/preview-of.ts";

/** Before anything is live: the hub is empty, and all is read from the systems. */

const ERP = `
  create table products (sku text primary key, name text);
  insert into products select 'SKU-' || n, 'Product ' || n from generate_series(1, 40) n;`;
const SHOP = `
  create table items (id bigserial primary key, sku text not null unique, name varchar(12));
  insert into items (sku, name) select 'SKU-' || n, 'Product ' || n from generate_series(1, 10) n;
  insert into items (sku, name) values ('SKU-11', 'Other');`;

const edges = [oneToOne("sku", "sku"), oneToOne("name", "name")];
const FIRST = MapDocument.parse({
  ...ERP_AND_SHOP,
  entities: [
    {
      ...{ id: "product", name: "Product", title: "name", matchKeys: [["sku"]] },
      fields: [
        textField("sku"),
        { ...textField("name"), ownership: { tiers: [{ systems: ["erp"] }], refused: "revert" } },
      ],
    },
  ],
  bindings: [
    { id: "erp-product", system: "erp", object: "public.products", entity: "product", edges },
    { id: "shop-product", system: "shop", object: "public.items", entity: "product", edges },
  ],
});

let running: RunningHub;
beforeAll(async () => {
  running = await createRunningHub({ erp: ERP, shop: SHOP });
});
afterAll(() => running.close());

test("what the first version matches, makes and changes is what it was said to", async () => {
  const said = await previewOf(running, FIRST);
  expect(isExact(said.evaluated)).toBe(true);
  expect(said.hub).toEqual({ created: 40, changed: 0, deleted: 0 });
  const [erp, shop] = said.systems;
  expect(erp).toMatchObject({ created: 0, changed: 0, deleted: 0, blocked: 0 });
  expect(shop).toMatchObject({ created: 29, changed: 1, deleted: 0, blocked: 0 });
  expect(said.fuses).toMatchObject([{ kind: "share", system: "shop", count: 30 }]);

  await running.publish(FIRST);
  await running.startEngine();
  const items = "select count(*)::int as rows, max(name) filter (where sku = 'SKU-11') as told";
  await eventually(async () => {
    const rows = await running.systems["shop"]?.sql.unsafe(`${items} from items`);
    expect(rows).toEqual([{ rows: 40, told: "Product 11" }]);
  });
});
