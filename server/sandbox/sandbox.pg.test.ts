import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hub, openHub, type Sql } from "../../db/client.ts";
import { type Engine, startEngine } from "../engine/engine.ts";
import { createMapCache } from "../engine/map-cache.ts";
import { OwnCalls } from "../engine/own-calls.ts";
import { sessionOpener } from "../engine/sessions.ts";
import { systemClock } from "../platform/clock.ts";
import { createIdSource } from "../platform/ids.ts";
import { createLog } from "../platform/log.ts";
import { createSeededRandom, systemRandom } from "../platform/random.ts";
import { createSecretBox } from "../platform/secrets.ts";
import { RecordCache } from "../storage/record-cache.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { eventually } from "../testing/eventually.ts";
import { dropSandboxDatabases, placeOf, SandboxProblem } from "./open-sandbox.ts";
import { openPeopleAtWork } from "./people-at-work.ts";
import { openSandbox } from "./sandbox.ts";
import type { SandboxSystem } from "./shapes.ts";

const box = createSecretBox("ab".repeat(32));
const size = { products: 400, customers: 120 };

describe("the sandbox", () => {
  let database: TestDatabase;
  let hub: Hub;
  let engine: Engine;
  const opened: Sql[] = [];

  const contextOf = () => ({
    hub,
    box,
    clock: systemClock,
    ids: createIdSource(systemClock, systemRandom),
    person: "ana@example.com",
  });
  const system = (id: SandboxSystem): Sql => {
    const { sql } = openHub(placeOf(database.url, id).url, 1);
    opened.push(sql);
    return sql;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    hub = openHub(database.url, 12);
    await openSandbox(contextOf(), database.url, size);
    const context = {
      ...contextOf(),
      id: "engine-a",
      sql: hub.sql,
      random: systemRandom,
      log: createLog({ clock: systemClock, level: "warn", format: "json" }),
      records: new RecordCache(),
      calls: new OwnCalls(),
      openSession: sessionOpener(hub.sql, box),
      step: () => Promise.resolve(),
    };
    engine = await startEngine(context, createMapCache(context));
  });
  afterAll(async () => {
    await engine.stop();
    for (const sql of opened) await sql.end({ timeout: 2 });
    const slots = await hub.sql`
      select pg_drop_replication_slot(slot_name) from pg_replication_slots
      where database like current_database() || '\\_sandbox\\_%' and not active`;
    expect(slots.length).toBe(3);
    await dropSandboxDatabases(database.url);
    await hub.close();
    await database.drop();
  });

  test("its three systems come to agree", async () => {
    const [erp, shop, crm] = [system("erp"), system("shop"), system("crm")];
    await eventually(async () => {
      const counts = await Promise.all([
        erp`select count(*)::int as n from products`,
        shop`select count(*)::int as n from items`,
        crm`select count(*)::int as n from catalogue`,
        shop`select count(*)::int as n from accounts`,
        crm`select count(*)::int as n from contacts`,
      ]);
      expect(counts.map(([row]) => row?.["n"])).toEqual([400, 400, 400, 120, 120]);
      expect(await hub.sql`select state, failure, count(*) from deliveries group by 1, 2`).toEqual(
        [],
      );
    }, 25_000);
    const [stale] = await shop`select count(*)::int as n from items where sku = 'P-00008'
      and price_cents = 0`;
    expect(stale?.["n"]).toBe(0);
  });

  test("the names that differed from the beginning are asked, nothing else", async () => {
    const questions = await hub.sql`
      select entity, field, reason, count(*)::int as n from conflicts where state = 'open'
      group by 1, 2, 3`;
    expect(questions).toEqual([
      { entity: "product", field: "name", reason: "first-contact", n: 1 },
    ]);
    expect(await hub.sql`select code, message, field from quarantine where state = 'held'`).toEqual(
      [],
    );
  });

  test("people at work edit all three, and all settles again", async () => {
    const people = openPeopleAtWork(database.url, createSeededRandom(7));
    await people.edit(120);
    await people.close();
    await eventually(async () => {
      expect(await hub.sql`select state from deliveries`).toEqual([]);
      const [lag] = await hub.sql<{ behind: number }[]>`
        select coalesce(sum(lag_bytes), 0)::int as behind from captures`;
      expect(lag?.behind).toBe(0);
    }, 25_000);
  });

  test("a second one is refused with a sentence", async () => {
    await expect(openSandbox(contextOf(), database.url, size)).rejects.toThrow(SandboxProblem);
  });
});
