import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hub, openHub } from "../../db/client.ts";
import type { RecordId } from "../core/ids.ts";
import type { RecordState } from "../core/reconcile/state.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { type LoadedRecords, loadRecords } from "./load-records.ts";
import { type Mark, RecordCache } from "./record-cache.ts";

const ID = "019ca945-0000-7000-8000-000000000001" as RecordId;
const LINK = "019ca945-0000-7000-8000-00000000000a";

/** What an engine remembers is never older than what the database has. */
describe("records that an engine remembers", () => {
  let database: TestDatabase;
  let hub: Hub;
  beforeAll(async () => {
    database = await createTestDatabase();
    hub = openHub(database.url, 4);
    await hub.sql`
      insert into records (id, entity, values, created_at)
      values (${ID}, 'product', '{"name": {"v": "first", "by": "system:erp", "at": "x"}}', now())`;
    await hub.sql`
      insert into links (id, record, binding, system, external_id, incarnation, state, columns,
        bases)
      values (${LINK}, ${ID}, 'erp-product', 'erp', '7', 1, 'live', '{"n": "first"}', '{}')`;
  });
  afterAll(async () => {
    await hub.close();
    await database.drop();
  });

  /** As an engine does: the records are held, and the transaction knows itself. */
  async function load(cache: RecordCache, server = "this one"): Promise<LoadedRecords> {
    return (await hub.sql.begin(async (tx) => {
      const [mark] = await tx<Mark[]>`
        select pg_current_xact_id()::xid as transaction, ${server}::text as server`;
      if (mark === undefined) throw new Error("A select without a row.");
      return await loadRecords(tx, [ID], { lock: true, known: { cache, mark } });
    })) as LoadedRecords;
  }

  const nameIn = (loaded: LoadedRecords) => loaded.records.get(ID)?.values["name"]?.v;
  const columnsIn = (loaded: LoadedRecords) => [...loaded.links.values()].map((l) => l.columns);

  async function rename(name: string): Promise<void> {
    await hub.sql`
      update records set values = jsonb_set(values, '{name,v}', to_jsonb(${name}::text))
      where id = ${ID}`;
  }

  test("a record that nobody changed is not read again, one that somebody changed is", async () => {
    const cache = new RecordCache();
    const first = await load(cache);
    const again = await load(cache);
    expect(again.records.get(ID)).toBe(first.records.get(ID));
    await rename("second");
    expect(nameIn(await load(cache))).toBe("second");
  });

  test("a link that somebody changed is read again though its record was not", async () => {
    const cache = new RecordCache();
    await load(cache);
    await hub.sql`update links set columns = '{"n": "other"}' where id = ${LINK}`;
    expect(columnsIn(await load(cache))).toEqual([{ n: "other" }]);
  });

  test("what was read in a transaction that is undone is not believed after it", async () => {
    const cache = new RecordCache();
    const undone = hub.sql.begin(async (tx) => {
      await tx`update records set values = '{"name": {"v": "undone"}}' where id = ${ID}`;
      const [mark] = await tx<Mark[]>`
        select pg_current_xact_id()::xid as transaction, 'this one'::text as server`;
      if (mark === undefined) throw new Error("A select without a row.");
      const loaded = await loadRecords(tx, [ID], { lock: true, known: { cache, mark } });
      expect(nameIn(loaded)).toBe("undone");
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    await rename("third");
    expect(nameIn(await load(cache))).toBe("third");
  });

  test("a server that was started anew is asked for everything", async () => {
    const cache = new RecordCache();
    const first = await load(cache);
    const after = await load(cache, "another one");
    expect(after.records.get(ID)).not.toBe(first.records.get(ID));
    expect(after.records.get(ID)).toEqual(first.records.get(ID));
  });

  test("it is bounded: what has not been asked for lately is let go", () => {
    const cache = new RecordCache(2);
    const record = (id: string) =>
      ({ id, entity: "product", values: {}, deletedAt: null }) as unknown as RecordState;
    for (const id of ["a", "b", "c", "d", "e"]) cache.keepRecord(record(id), "1");
    const kept = ["a", "b", "c", "d", "e"].filter((id) => cache.has(id as RecordId));
    expect(kept).toEqual(["c", "d", "e"]);
  });
});
