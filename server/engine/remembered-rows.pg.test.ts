import { afterAll, beforeAll, expect, test } from "vitest";
import type { BindingId, LinkId, RecordId, SystemId } from "../core/ids.ts";
import { compileMap } from "../core/plan/compile-map.ts";
import { asPosition } from "../core/position.ts";
import { rowKey } from "../core/reconcile/world.ts";
import { type Mark, RecordCache } from "../storage/record-cache.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { type Evidence, loadEvidence, seekRows } from "./evidence.ts";
import type { BoundChange } from "./observe.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

const FIRST = "019ca945-0000-7000-8000-000000000001" as RecordId;
const SECOND = "019ca945-0000-7000-8000-000000000002" as RecordId;
const LINK = "019ca945-0000-7000-8000-00000000000a" as LinkId;
const SHOP = "shop-product" as BindingId;
const KEY = rowKey(SHOP, "7");
const MAP = compileMap(1, TRIO_MAP, () => null);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const id of [FIRST, SECOND]) {
    await database.sql`
      insert into records (id, entity, values, created_at) values (${id}, 'product', '{}', now())`;
  }
  await database.sql`
    insert into links (id, record, binding, system, external_id, incarnation, state, columns, bases)
    values (${LINK}, ${FIRST}, ${SHOP}, 'shop', '7', 1, 'live', '{}', '{}')`;
});
afterAll(() => database.drop());

function change(): BoundChange {
  const rules = MAP.bindings.get(SHOP);
  if (rules === undefined) throw new Error("The trio has a binding of the shop.");
  const { object } = rules.binding;
  const told = { kind: "row", operation: "update", columns: { name: "Rope" } } as const;
  const at = { position: asPosition("01"), at: null, transaction: "1" };
  return { rules, change: { ...told, ...at, object, externalId: "7" } };
}

async function load(cache: RecordCache): Promise<Evidence> {
  return (await database.sql.begin(async (tx) => {
    const [mark] = await tx<Mark[]>`
      select pg_current_xact_id()::xid as transaction, 'this one'::text as server`;
    if (mark === undefined) throw new Error("A select without a row.");
    const sought = await seekRows(tx, "shop", [change()], cache);
    return await loadEvidence(tx, { map: MAP, recalled: { cache, mark } }, [change()], sought);
  })) as Evidence;
}

/** The record that a row is found to be. */
function ownerIn({ linkAt, links }: Evidence): RecordId | undefined {
  const id = linkAt.get(KEY);
  return id === undefined ? undefined : links.get(id)?.record;
}

test("a row that was given to another record is found there, though it was seen at the first", async () => {
  const cache = new RecordCache();
  expect(ownerIn(await load(cache))).toBe(FIRST);
  expect(cache.recordAt(KEY)).toBe(FIRST);
  await database.sql`update links set record = ${SECOND} where id = ${LINK}`;
  expect(ownerIn(await load(cache))).toBe(SECOND);
});

test("a row that is nobody's any more is found nowhere", async () => {
  const cache = new RecordCache();
  const system = "shop" as SystemId;
  const of = { record: SECOND, binding: SHOP, system, externalId: "7", incarnation: 1 };
  const link = { id: LINK, ...of, state: "live", columns: {}, bases: {}, position: null } as const;
  cache.trust({ transaction: "1", server: "this one" });
  cache.keepLink(link, "1");
  await database.sql`update links set state = 'gone' where id = ${LINK}`;
  expect(cache.recordAt(KEY)).toBe(SECOND);
  expect(ownerIn(await load(cache))).toBeUndefined();
});
