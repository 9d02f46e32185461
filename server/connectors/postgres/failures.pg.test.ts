import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPostgres } from "../../../launcher/embedded-postgres.mjs";
import { FailureError } from "../../core/run/failure.ts";
import { createEmptyDatabase, type TestDatabase } from "../../testing/database.ts";
import type { LogSession } from "../connector.ts";
import { lsnOf, positionAt } from "./log/log-position.ts";
import { postgres } from "./postgres.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createEmptyDatabase();
  await database.sql.unsafe(`
    create table t (id int primary key); insert into t values (1);
    drop role if exists fieldline_limited;
    create role fieldline_limited login password 'limited'`);
});

afterAll(async () => {
  await database?.sql.unsafe("drop owned by fieldline_limited; drop role fieldline_limited");
  await database?.drop();
});

async function failureOf(work: Promise<unknown>): Promise<FailureError["failure"]> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FailureError)) throw error ?? new Error("It did not fail.");
  return error.failure;
}

const capture = (session: LogSession) =>
  session.capture({ from: null, objects: [{ name: "public.t", loadedAt: null }] });

describe("what goes wrong is said in a sentence", () => {
  test("wrong address, password, database and settings", async () => {
    const { url } = database;
    const opening = (settings: object) => failureOf(postgres.open({ url, ...settings }, "hub"));
    expect(await opening({ password: "wrong" })).toEqual({
      kind: "unauthorized",
      detail: expect.stringContaining('refuses the password of user "fieldline"'),
    });
    expect(await opening({ host: "nowhere.invalid" })).toEqual({
      kind: "unreachable",
      detail: 'No host is known by the name "nowhere.invalid".',
    });
    expect(await opening({ host: "127.0.0.1", port: 1 })).toEqual({
      kind: "unreachable",
      detail: "Nothing answers at 127.0.0.1:1. Is the server running?",
    });
    expect(await opening({ database: "missing" })).toMatchObject({
      kind: "rejected",
      detail: expect.stringContaining('There is no database "missing"'),
    });
    expect(await opening({ ssl: "require" })).toMatchObject({ kind: "rejected" });
    expect(await opening({ port: "many" })).toMatchObject({ kind: "rejected" });
    expect(await failureOf(postgres.open({ url: "mysql://x" }, "hub"))).toMatchObject({
      kind: "rejected",
    });
    expect(await failureOf(postgres.open({}, "hub"))).toMatchObject({ kind: "rejected" });
  });

  test("rights that the user lacks, one after the other", async () => {
    const { url, sql } = database;
    const user = { url, user: "fieldline_limited", password: "limited" };
    const session = await postgres.open(user, "limited");
    const lastLine = async () => (await session.check()).at(-1);

    expect(await lastLine()).toMatchObject({ label: "Right to read the log", ok: false });
    expect((await failureOf(capture(session))).detail).toMatch(/publication|owner/);
    await sql`alter role fieldline_limited with replication`;
    expect(await lastLine()).toMatchObject({ label: "Right to publish changes", ok: false });
    await sql.unsafe(`do $$ begin execute
      format('grant create on database %I to fieldline_limited', current_database()); end $$`);
    expect(await lastLine()).toMatchObject({ label: "Read a row", ok: false });
    expect((await failureOf(capture(session))).detail).toMatch(/owner/);
    await sql`grant select on t to fieldline_limited`;
    expect(await lastLine()).toMatchObject({ label: "Right to write", ok: false });
    await sql`grant insert, update, delete on t to fieldline_limited`;
    expect((await session.check()).every((line) => line.ok)).toBe(true);
    await session.remove();
    await session.close();
  });

  test("a table that hides rows from us fails instead of leaving them out", async () => {
    const { url, sql } = database;
    await sql.unsafe(`
      create table hidden (id int primary key, owner text); insert into hidden values (1, 'x');
      alter table hidden enable row level security;
      create policy own on hidden using (owner = current_user);
      grant select on hidden to fieldline_limited`);
    const session = await postgres.open(
      { url, user: "fieldline_limited", password: "limited" },
      "rows",
    );
    const failure = await failureOf(session.readByIds("public.hidden", ["1"]));
    expect(failure.detail).toMatch(/row-level security/);
    await session.close();
  });

  test("objects that are not there, or have no key", async () => {
    const { url, sql } = database;
    await sql`create table keyless (v int)`;
    const session = await postgres.open({ url }, "hub");
    expect(await failureOf(session.readByIds("public.nothing", ["1"]))).toMatchObject({
      kind: "rejected",
      detail: expect.stringContaining("There is no table public.nothing"),
    });
    expect(await failureOf(session.readByIds("public.keyless", ["1"]))).toMatchObject({
      kind: "rejected",
      detail: expect.stringContaining("It has no primary key."),
    });
    await session.close();
  });

  test("a server whose log does not carry rows, or whose slots are all taken", async () => {
    const plain = await startPostgres({ ephemeral: true, settings: { wal_level: "replica" } });
    const session = await postgres.open({ url: plain.url }, "hub");
    expect((await session.check()).at(-1)).toMatchObject({
      label: "The log carries rows",
      ok: false,
      detail: expect.stringContaining("Set wal_level = logical"),
    });
    await session.close();
    await plain.stop();

    const settings = {
      wal_level: "logical",
      max_replication_slots: "1",
      max_slot_wal_keep_size: "1MB",
    };
    const narrow = await startPostgres({ ephemeral: true, settings });
    await testNarrowServer(narrow.url);
    await narrow.stop();
  });
});

/** One slot only, and the source gives up a reader that is a megabyte behind. */
async function testNarrowServer(url: string): Promise<void> {
  const session = await postgres.open({ url }, "hub");
  const query = (text: string) => runOn(url, text);
  await query("create table t (id int primary key, v text)");
  const reading = await capture(session);
  const signal = new AbortController().signal;
  // The stream takes the only slot; the first read needs a second one for a moment.
  const loading = await failureOf(reading.next({ countMax: 1, waitMs: 10_000, signal }));
  expect(loading).toMatchObject({
    kind: "rejected",
    detail: expect.stringContaining("max_replication_slots"),
  });
  const [place] = await query("select pg_current_wal_flush_lsn()::text as lsn");
  await reading.close();

  await query("insert into t select i, repeat('x', 1000) from generate_series(1, 60000) i");
  await query("select pg_switch_wal()");
  await query("checkpoint");
  const from = positionAt(lsnOf(place?.["lsn"] ?? ""), 0);
  const again = session.capture({ from, objects: [{ name: "public.t", loadedAt: from }] });
  expect(await failureOf(again)).toMatchObject({
    kind: "place-lost",
    because: "log",
    detail: expect.stringContaining("has given up slot"),
  });
  await session.remove();
  await session.close();
}

async function runOn(url: string, text: string): Promise<Record<string, string>[]> {
  const client = new pg.Client(url);
  await client.connect();
  const result = await client.query(text);
  await client.end();
  return result.rows;
}
