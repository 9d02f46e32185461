import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hub, openHub, type Transaction } from "../../../db/client.ts";
import type { BindingId, LinkId, RecordId, SystemId } from "../../core/ids.ts";
import type { LinkState } from "../../core/reconcile/state.ts";
import type { Mark } from "../../storage/record-cache.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { OwnRecords } from "./own-records.ts";

const RECORD = "019ca945-0000-7000-8000-000000000001" as RecordId;
const ID = "019ca945-0000-7000-8000-00000000000a" as LinkId;
const LINK: LinkState = {
  ...{ id: ID, record: RECORD, binding: "erp-product" as BindingId },
  ...{ system: "erp" as SystemId, externalId: "7", incarnation: 1, state: "live" },
  ...{ columns: { n: "first" }, bases: {}, position: null },
};

let database: TestDatabase;
let hub: Hub;
beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 2);
});
afterAll(async () => {
  await hub.close();
  await database.drop();
});

/** Runs in a transaction that is undone. */
async function rehearse(work: (tx: Transaction) => Promise<void>): Promise<void> {
  const undone = new Error("Undone.");
  const rehearsed = hub.sql.begin(async (tx) => {
    await work(tx);
    throw undone;
  });
  await expect(rehearsed).rejects.toBe(undone);
}

async function write(tx: Transaction): Promise<void> {
  await tx`
    insert into links (id, record, binding, system, external_id, incarnation, state, columns, bases)
    values (${ID}, ${RECORD}, 'erp-product', 'erp', '7', 1, 'live', '{"n": "first"}', '{}')`;
}

/** As the engine says at the end of a step what it wrote. */
async function keep(tx: Transaction, cache: OwnRecords): Promise<void> {
  const [mark] = await tx<Mark[]>`
    select pg_current_xact_id()::xid as transaction, 'this one' as server`;
  if (mark === undefined) throw new Error("A select without a row.");
  const changes = { records: new Map(), links: new Map([[ID, LINK]]) };
  cache.keepWritten([{ before: { records: new Map(), links: new Map() }, changes }], mark);
  await cache.settle(tx);
}

async function recall(tx: Transaction, cache: OwnRecords): Promise<LinkState | undefined> {
  const [row] = await tx<{ version: string }[]>`
    select xmin as version from links where id = ${ID}`;
  return cache.link(RECORD, ID, row?.version ?? "");
}

test("what a part of the transaction wrote is known until another part writes it", async () => {
  await rehearse(async (tx) => {
    const cache = new OwnRecords();
    await tx.savepoint(write);
    await keep(tx, cache);
    expect(await recall(tx, cache)).toEqual(LINK);
    await tx.savepoint((part) => part`update links set columns = '{}' where id = ${ID}`);
    expect(await recall(tx, cache)).toBeUndefined();
  });
});

test("what the transaction itself wrote is not believed: it may write it again", async () => {
  await rehearse(async (tx) => {
    const cache = new OwnRecords();
    await write(tx);
    await keep(tx, cache);
    expect(await recall(tx, cache)).toBeUndefined();
  });
});
