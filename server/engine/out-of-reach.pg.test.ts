import { afterAll, beforeAll, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { saveSystemFailure } from "../storage/current-map.ts";
import { CHANNEL } from "../storage/notify.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";
import { ERP_AND_SHOP } from "../testing/two-systems.ts";

const MAP = MapDocument.parse({
  ...ERP_AND_SHOP,
  entities: [
    {
      ...{ id: "part", name: "Part", title: "number", matchKeys: [["number"]] },
      fields: [
        { id: "number", name: "Number", type: "integer" },
        { id: "code", name: "Code", type: "text" },
      ],
    },
  ],
  bindings: ["erp", "shop"].map((system) => ({
    ...{ id: `${system}-parts`, system, object: "public.parts", entity: "part" },
    edges: [
      { id: "number", columns: ["id"], fields: ["number"] },
      { id: "code", columns: ["code"], fields: ["code"] },
    ],
  })),
});

let running: RunningHub;
beforeAll(async () => {
  const parts = "create table parts (id int primary key, code text);";
  const rows = "insert into parts select n, 'first' from generate_series(1, 40) n;";
  running = await createRunningHub({ erp: parts + rows, shop: parts });
  await running.publish(MAP);
  await running.startEngine();
  await eventually(async () => expect(await codesIn("shop")).toEqual(await codesIn("erp")));
});
afterAll(() => running.close());

const codesIn = (system: string) => running.db(system)`select id, code from parts order by id`;

/** How often it was told that systems have changed. */
async function countNews(): Promise<{ count(): number; end(): Promise<void> }> {
  let count = 0;
  const listening = await running.hub.sql.listen(CHANNEL, (payload) => {
    if ((JSON.parse(payload) as { topics: string[] }).topics.includes("systems")) count += 1;
  });
  return { count: () => count, end: () => listening.unlisten() };
}

test("a system out of reach is news once, however much there is to do there meanwhile", async () => {
  const letIn = await running.systems["shop"]?.cutOff();
  const failure = async () => {
    const [shop] = await running.hub.sql`select failure from systems where id = 'shop'`;
    expect(shop?.["failure"]).toMatchObject({ kind: "unreachable" });
  };
  await eventually(failure);
  const news = await countNews();
  for (let round = 1; round <= 10; round += 1) {
    await running.db("erp")`update parts set code = ${`round ${round}`}`;
    await eventually(async () =>
      expect(
        await running.hub.sql`
          select 1 from records where values->'code'->>'v' = ${`round ${round}`}`,
      ).toHaveLength(40),
    );
  }
  await failure();
  // First that it was cut off, then that it lets nobody in.
  expect(news.count()).toBeLessThanOrEqual(2);
  await news.end();
  await letIn?.();
  await eventually(async () => expect(await codesIn("shop")).toEqual(await codesIn("erp")));
});

test("a failure is news where it is another one, and keeps its first moment", async () => {
  const { sql } = running.hub;
  const at = (second: number) => `2026-03-01T12:00:0${second}Z`;
  const save = (detail: string, second: number) =>
    saveSystemFailure(sql, "erp", { kind: "rejected", detail, since: at(second) });
  expect(await save("The table is gone.", 1)).toBe(true);
  expect(await save("The table is gone.", 2)).toBe(false);
  expect(await save("The schema is gone.", 3)).toBe(true);
  const [erp] = await sql`select failure from systems where id = 'erp'`;
  expect(erp?.["failure"]).toMatchObject({ detail: "The schema is gone.", since: at(1) });
  expect(await saveSystemFailure(sql, "erp", null)).toBe(true);
  expect(await saveSystemFailure(sql, "erp", null)).toBe(false);
});
