import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hub, openHub } from "../../db/client.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { createSmallHub, type SmallHub } from "./testing/small-hub.ts";

let database: TestDatabase;
let hub: Hub;
let small: SmallHub;
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 4);
  small = await createSmallHub(hub);
});

afterAll(async () => {
  await hub.close();
  await database.drop();
});

/** The ERP's new name goes to the shop by a call of which nobody can tell what became. */
async function sentInDoubt(): Promise<{ erp: string; shop: string; record: string }> {
  made += 1;
  const [erp, sku] = [`e${made}`, `S-${made}`];
  await small.edit("erp", erp, { sku, title: "Rope", price: "1", stock: "1" });
  await small.settle();
  const shop = [...small.rows("shop")].find(([, row]) => row["code"] === sku)?.[0] ?? "";
  await small.edit("erp", erp, { title: "Cord" });
  await small.send();
  await hub.sql`update attempts set state = 'unknown'`;
  const [link] = await hub.sql<{ record: string }[]>`
    select record from links where external_id = ${shop} and binding = 'shop-product'`;
  return { erp, shop, record: link?.record ?? "" };
}

const nameOf = async (record: string) =>
  (await hub.sql`select values->'name'->>'v' as name from records where id = ${record}`)[0]?.[
    "name"
  ];

const doubtful = async () =>
  await hub.sql`select 1 from attempts where system = 'shop' and state = 'unknown'`;

describe("an update of which nobody knows the outcome", () => {
  test("makes the next edit of its field concurrent, although the hub is back at the base", async () => {
    const { erp, shop, record } = await sentInDoubt();
    await small.edit("erp", erp, { title: "Rope" });
    await small.edit("shop", shop, { name: "Hawser" });
    const questions = await hub.sql`
      select field, state, candidates from conflicts where record = ${record}`;
    expect(questions).toMatchObject([{ field: "name", state: "open" }]);
    expect(await nameOf(record)).toBe("Rope");
    expect(await doubtful()).toEqual([]);
  });

  test("is seen by its value: that is our own write, and the hub's later value is due", async () => {
    const { erp, shop, record } = await sentInDoubt();
    await small.edit("erp", erp, { title: "Hawser" });
    await small.edit("shop", shop, { name: "Cord" });
    expect(await hub.sql`select 1 from conflicts where record = ${record}`).toEqual([]);
    expect(await nameOf(record)).toBe("Hawser");
    expect(await doubtful()).toEqual([]);
    await small.settle();
    expect(small.rows("shop").get(shop)).toMatchObject({ name: "Hawser" });
  });
});
