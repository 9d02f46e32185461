import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hub, openHub } from "../../../db/client.ts";
import { asId, type RecordId } from "../../core/ids.ts";
import { MapDocument } from "../../core/map/document.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { listRecords, recordName } from "./records.ts";
import { titlesOf } from "./titles.ts";

/** A price is called as its product is, and a product has a name. */
const MAP = MapDocument.parse({
  format: 1,
  entities: [
    {
      ...{ id: "product", name: "Product", title: "name" },
      fields: [{ id: "name", name: "Name", type: "text" }],
    },
    {
      ...{ id: "price", name: "Price", title: "of" },
      fields: [{ id: "of", name: "Product", type: "reference", options: { entity: "product" } }],
    },
  ],
});

const ids = {
  product: "01900000-0000-7000-8000-000000000001",
  price: "01900000-0000-7000-8000-000000000002",
  stray: "01900000-0000-7000-8000-000000000003",
  odd: "01900000-0000-7000-8000-000000000004",
};
const GONE = "01900000-0000-7000-8000-0000000000ff";

let database: TestDatabase;
let hub: Hub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 2);
  const at = "2026-03-01T12:00:00Z";
  const add = async (id: string, entity: string, field: string, v: string) => {
    const values = JSON.stringify({ [field]: { v, by: "system:erp", at } });
    await hub.sql`
      insert into records (id, entity, values, created_at)
      values (${id}, ${entity}, ${values}::text::jsonb, ${at})`;
  };
  await add(ids.product, "product", "name", "Lamp");
  await add(ids.price, "price", "of", ids.product);
  await add(ids.stray, "price", "of", GONE);
  await add(ids.odd, "price", "of", "no key at all");
});

afterAll(async () => {
  await hub.close();
  await database.drop();
});

const titles = titlesOf(MAP);

const found = async (text: string | null) => {
  const filter = { state: "living" as const, text, named: [] };
  const lines = await listRecords(hub.sql, filter, { after: null, countMax: 10, titles });
  return lines.map(({ entity, title }) => [entity, title]);
};

test("a record whose title refers to another is called as that one is", async () => {
  expect(await found(null)).toEqual([
    ["price", "no key at all"],
    ["price", GONE],
    ["price", "Lamp"],
    ["product", "Lamp"],
  ]);
  const named = await recordName(hub.sql, asId<RecordId>(ids.price), titles);
  expect(named?.title).toBe("Lamp");
});

test("and it is found by that name", async () => {
  expect(await found("lam")).toEqual([
    ["price", "Lamp"],
    ["product", "Lamp"],
  ]);
});
