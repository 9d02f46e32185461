import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hub, openHub } from "../../db/client.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { createSmallHub, type SmallHub } from "./testing/small-hub.ts";

let database: TestDatabase;
let hub: Hub;
let small: SmallHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 4);
  small = await createSmallHub(hub);
  await small.edit("erp", "e1", { sku: "A", title: "Rope", price: "1", stock: "1" });
  await small.settle();
});

afterAll(async () => {
  await hub.close();
  await database.drop();
});

/** A row of the CRM that matches a record which has one there already. */
async function twin(id: string): Promise<void> {
  await small.edit("crm", id, { sku: "A", label: "Rope, twin" });
  expect(await item(id)).toMatchObject([{ state: "held" }]);
}

async function item(id: string) {
  return await hub.sql`
    select state, released_by as by, note from quarantine
    where external_id = ${id} and kind = 'row' order by held_at`;
}

describe("a row that waits as a whole and vanished without an event", () => {
  test("ends with the first complete read that does not see it, and no earlier", async () => {
    await twin("lost");
    await twin("kept");
    small.lose("crm", "lost");
    await small.readWhole("crm", false);
    expect(await item("lost")).toMatchObject([{ state: "held" }]);
    await small.readWhole("crm", true);
    expect(await item("lost")).toEqual([
      { state: "resolved", by: "engine", note: "The row is gone." },
    ]);
    expect(await item("kept")).toMatchObject([{ state: "held" }]);
  });

  test("waits on, whatever a complete read of another object says", async () => {
    small.lose("crm", "kept");
    await small.readWhole("shop", true);
    expect(await item("kept")).toMatchObject([{ state: "held" }]);
  });

  test("ends with its delete event", async () => {
    await twin("deleted");
    await small.remove("crm", "deleted");
    expect(await item("deleted")).toMatchObject([{ state: "resolved", by: "engine" }]);
  });

  test("of a record, that the hub could not keep, is gone with its link", async () => {
    await small.edit("erp", "e2", { sku: "B", title: "Bolt", price: "1", stock: "1" });
    await small.edit("erp", "e2", { title: "Bo\0lt" });
    await small.readWhole("erp", true);
    expect(await item("e2")).toMatchObject([{ state: "held" }]);
    small.lose("erp", "e2");
    await small.readWhole("erp", true);
    expect(await item("e2")).toMatchObject([{ state: "resolved" }]);
    const links = await hub.sql`select state from links where external_id = 'e2'`;
    expect(links).toEqual([{ state: "gone" }]);
  });
});
