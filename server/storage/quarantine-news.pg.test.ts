import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hub, openHub } from "../../db/client.ts";
import { createSmallHub, type SmallHub } from "../engine/testing/small-hub.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { eventually } from "../testing/eventually.ts";
import { CHANNEL } from "./notify.ts";

let database: TestDatabase;
let hub: Hub;
let small: SmallHub;
const heard: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 4);
  small = await createSmallHub(hub);
  await hub.sql.listen(CHANNEL, (payload) => heard.push(payload));
});

afterAll(async () => {
  await hub.close();
  await database.drop();
});

/** What is told of an act, after everything that was told before it has been heard. */
async function topicsOf(act: () => Promise<void>): Promise<readonly string[]> {
  await marked("before");
  heard.length = 0;
  await act();
  await marked("after");
  return heard.flatMap((payload) => (JSON.parse(payload) as { topics?: string[] }).topics ?? []);
}

async function marked(name: string): Promise<void> {
  const mark = JSON.stringify({ mark: name });
  await hub.sql`select pg_notify(${CHANNEL}, ${mark})`;
  await eventually(() => expect(heard).toContain(mark));
}

async function held(): Promise<number> {
  const [row] = await hub.sql<{ count: number }[]>`
    select count(*)::int as count from quarantine where state = 'held'`;
  return row?.count ?? 0;
}

describe("news that lets held items go tells of the quarantine", () => {
  test("a good value", async () => {
    await small.edit("erp", "e1", { sku: "A", title: "Rope", price: "-1", stock: "1" });
    expect(await held()).toBe(1);
    const topics = await topicsOf(() => small.edit("erp", "e1", { price: "1" }));
    expect(await held()).toBe(0);
    expect(topics).toContain("quarantine");
  });

  test("the end of a row that waited whole", async () => {
    await small.edit("erp", "e2", { sku: "B", title: "Ro\0pe", price: "1", stock: "1" });
    expect(await held()).toBe(1);
    const topics = await topicsOf(() => small.remove("erp", "e2"));
    expect(await held()).toBe(0);
    expect(topics).toContain("quarantine");
  });

  test("a hub value that the target takes, by the news and by the delivery", async () => {
    const long = "A name far longer than Shop has room for";
    await small.edit("erp", "e3", { sku: "C", title: "Rope", price: "1", stock: "1" });
    await small.settle();
    for (const title of ["Rope", "Short"]) {
      await small.edit("erp", "e3", { title: long });
      await small.settle();
      expect(await held()).toBe(1);
      const topics = await topicsOf(async () => {
        await small.edit("erp", "e3", { title });
        await small.settle();
      });
      expect(await held()).toBe(0);
      expect(topics).toContain("quarantine");
    }
  });

  test("an edit that lets nothing go does not", async () => {
    const topics = await topicsOf(() => small.edit("erp", "e3", { price: "2" }));
    expect(topics).toContain("records");
    expect(topics).not.toContain("quarantine");
  });
});
