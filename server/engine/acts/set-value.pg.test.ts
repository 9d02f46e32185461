import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Hub, openHub } from "../../../db/client.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { createSmallHub, type SmallHub } from "../testing/small-hub.ts";
import { setValue } from "./set-value.ts";

let database: TestDatabase;
let hub: Hub;
let small: SmallHub;
let record: string;
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 4);
  small = await createSmallHub(hub);
});

beforeEach(async () => {
  made += 1;
  const columns = { sku: `S-${made}`, title: "Rope", price: "9.5", stock: "4" };
  await small.edit("erp", `e${made}`, columns);
  await small.settle();
  const [row] = await hub.sql<{ id: string }[]>`select id from records order by id desc limit 1`;
  record = row?.id ?? "";
});

afterAll(async () => {
  await hub.close();
  await database.drop();
});

const shopRow = () => [...small.rows("shop").values()].find((row) => row["code"] === `S-${made}`);

describe("setValue", () => {
  test("the hub takes it in canonical form, and every system gets it", async () => {
    const act = { record, field: "price", value: "12.50", shown: { value: "9.5" } };
    expect(await setValue(small.acts, act)).toEqual({ kind: "set", value: "12.5" });
    await small.settle();
    expect(small.rows("erp").get(`e${made}`)).toMatchObject({ price: "12.5" });
    expect(shopRow()).toMatchObject({ price_cents: "1250" });
    const lines = await hub.sql`
      select kind, actor, before, after from audit_entries
      where record = ${record} and field = 'price' and stream = 'people'`;
    expect(lines).toEqual([
      { kind: "set", actor: "person:ana@example.com", before: "9.5", after: "12.5" },
    ]);
  });

  test("a person's value stands against those who are no owners", async () => {
    await setValue(small.acts, { record, field: "price", value: "12.5" });
    await small.settle();
    const shop = String(shopRow()?.["id"]);
    await small.edit("shop", shop, { price_cents: "100" });
    await small.settle();
    expect(shopRow()).toMatchObject({ price_cents: "1250" });
  });

  test("another value than the one that was shown is not written over", async () => {
    await small.edit("erp", `e${made}`, { price: "11" });
    const act = { record, field: "price", value: "12", shown: { value: "9.5" } };
    expect(await setValue(small.acts, act)).toEqual({ kind: "moved", value: "11" });
    const blank = { record, field: "price", value: "12", shown: {} };
    expect(await setValue(small.acts, blank)).toEqual({ kind: "moved", value: "11" });
  });

  test("the same value changes nothing; what breaks a rule is refused", async () => {
    expect(await setValue(small.acts, { record, field: "price", value: "9.50" })).toEqual({
      kind: "same",
    });
    expect(await setValue(small.acts, { record, field: "price", value: "-1" })).toMatchObject({
      kind: "invalid",
      code: "range",
    });
    expect(await setValue(small.acts, { record, field: "colour", value: "red" })).toEqual({
      kind: "unknown",
      what: "field",
    });
  });

  test("a field under review is answered, not passed by", async () => {
    await small.edit("erp", `e${made}`, { title: "Rope, red" });
    await small.edit("shop", String(shopRow()?.["id"]), { name: "Rope, blue" });
    expect(await setValue(small.acts, { record, field: "name", value: "Cord" })).toMatchObject({
      kind: "asked",
    });
  });
});
