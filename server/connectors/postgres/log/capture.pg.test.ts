import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { LIMITS } from "../../../core/limits.ts";
import type { Position } from "../../../core/position.ts";
import { createEmptyDatabase, type TestDatabase } from "../../../testing/database.ts";
import type { Batch, Capture, CaptureStart, Change, LogSession } from "../../connector.ts";
import { postgres } from "../postgres.ts";
import { PostgresCapture } from "./capture.ts";

const WAIT_MS = 20_000;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function setUp(tables: string) {
  const database = await createEmptyDatabase();
  open.push({ close: () => database.drop() });
  await database.sql.unsafe(tables);
  return { ...database, session: await connect(database) };
}

async function connect(database: Pick<TestDatabase, "url">, hub = "hub"): Promise<LogSession> {
  const session = await postgres.open({ url: database.url }, hub);
  open.push(session);
  return session;
}

function fromNow(...names: string[]): CaptureStart {
  return { from: null, objects: names.map((name) => ({ name, loadedAt: null })) };
}

async function next(capture: Capture, countMax = 1_000): Promise<Batch> {
  const batch = await capture.next({
    countMax,
    waitMs: WAIT_MS,
    signal: AbortSignal.timeout(60_000),
  });
  if (batch === null) throw new Error("The capture tells nothing more.");
  return batch;
}

async function readLoads(capture: Capture, count = 1): Promise<Batch[]> {
  const batches: Batch[] = [];
  while (batches.filter((batch) => batch.kind === "snapshot" && batch.last).length < count) {
    batches.push(await next(capture));
  }
  return batches;
}

async function readUntil(
  capture: Capture,
  isEnough: (changes: readonly Change[]) => boolean,
): Promise<{ changes: Change[]; position: Position }> {
  const changes: Change[] = [];
  for (;;) {
    const batch = await next(capture);
    changes.push(...batch.changes);
    if (isEnough(changes)) return { changes, position: batch.position };
  }
}

const rowsOf = (changes: readonly Change[]) =>
  changes.flatMap((change) => (change.kind === "row" ? [change] : []));

describe("capture of a PostgreSQL log", () => {
  test("keeps its memory bounded while a transaction of 200,000 rows comes", async () => {
    const { sql, session } = await setUp("create table t (id int primary key, v text)");
    const capture = await session.capture(fromNow("public.t"));
    if (!(capture instanceof PostgresCapture)) throw new Error("Another capture.");
    await readLoads(capture);
    await sql`insert into t select i, repeat('x', 50) from generate_series(1, 200000) i`;
    const ids = new Set<string>();
    let queuedMax = 0;
    while (ids.size < 200_000) {
      const batch = await next(capture, 500);
      for (const row of rowsOf(batch.changes)) ids.add(row.externalId);
      await capture.acknowledge(batch.position);
      // The hub is slower than its source: whatever has come is read meanwhile.
      for (let turn = 0; turn < 20; turn += 1) await setImmediate();
      queuedMax = Math.max(queuedMax, capture.queued);
    }
    expect(queuedMax).toBeGreaterThan(1_000);
    expect(queuedMax).toBeLessThanOrEqual(LIMITS.queuedChangesMax);
  });

  test("goes on with other objects while a new one is read, and loses nothing of it", async () => {
    const { sql, session } = await setUp(`
      create table big (id int primary key, v int);
      create table small (id int primary key, v int);
      insert into big select i, 0 from generate_series(1, 20000) i;
      insert into small values (1, 0)`);
    const capture = await session.capture(fromNow("public.small"));
    const [first] = await readLoads(capture);
    const loadedAt = first?.position ?? null;
    await sql`update small set v = 1`;
    const { position } = await readUntil(capture, (changes) => changes.length === 1);
    await capture.close();

    const both = await session.capture({
      from: position,
      objects: [
        { name: "public.small", loadedAt },
        { name: "public.big", loadedAt: null },
      ],
    });
    const big = new Map<string, string>();
    const seen: string[] = [];
    const follow = (batch: Batch) => {
      if (batch.kind === "snapshot") seen.push("page");
      for (const row of rowsOf(batch.changes)) {
        if (row.object === "public.big") big.set(row.externalId, String(row.columns["v"]));
        else seen.push("small");
      }
      return batch;
    };
    for (let edit = 1; ; edit += 1) {
      const batch = follow(await next(both));
      if (batch.kind === "snapshot" && batch.last) break;
      await sql`update small set v = v + 1`;
      // More than may be held back: the log has to wait for the load's end.
      await sql`update big set v = ${edit} where id between ${edit} * 10 and ${edit} * 10 + 999`;
    }
    expect(seen).toContain("small");
    expect(seen.indexOf("small")).toBeLessThan(seen.lastIndexOf("page"));
    await sql`update big set v = -1 where id = 20000`;
    while (big.get("20000") !== "-1") follow(await next(both));
    const rows = await sql<{ id: number; v: number }[]>`select id, v from big`;
    expect(big.size).toBe(rows.length);
    expect(rows.filter((row) => big.get(String(row.id)) !== String(row.v))).toEqual([]);
  });

  test("waits for a long transaction with a first reading, and with nothing else", async () => {
    const { sql, session } = await setUp(`
      create table big (id int primary key, v int);
      create table small (id int primary key, v int);
      insert into big select i, 0 from generate_series(1, 100) i;
      insert into small values (1, 0)`);
    const start = await session.capture(fromNow("public.small"));
    const loadedAt = (await readLoads(start)).at(-1)?.position ?? null;
    await sql`update small set v = 1`;
    const { position } = await next(start);
    await start.close();

    const writer = await sql.reserve();
    await writer`begin`;
    await writer`update big set v = -7 where id = 7`;
    const objects = [
      { name: "public.small", loadedAt },
      { name: "public.big", loadedAt: null },
    ];
    const capture = await session.capture({ from: position, objects });
    for (let edit = 1; edit <= 8; edit += 1) {
      // More than may be held back for a load.
      await sql`update big set v = ${edit} where id <> 7`;
      await sql`update big set v = v where id <> 7 and id % 10 < ${edit}`;
      await sql`insert into big select i, 0 from generate_series(${edit} * 1000, ${edit} * 1000 + 999) i`;
      await sql`update small set v = ${edit}`;
      const { changes } = await readUntil(capture, (all) => all.length > 0);
      expect(changes).toMatchObject([{ object: "public.small", columns: { v: String(edit) } }]);
    }
    await writer`commit`;
    writer.release();
    const rows = new Map<string, unknown>();
    for (let isLoaded = false; !isLoaded; ) {
      const batch = await next(capture);
      for (const row of rowsOf(batch.changes)) rows.set(row.externalId, row.columns["v"]);
      isLoaded = batch.kind === "snapshot" && batch.last;
    }
    const stored = await sql`select id::text, v::text from big`;
    expect(new Map(stored.map((row) => [row["id"], row["v"]]))).toEqual(new Map([...rows]));
  });

  test("is not behind with what a first reading has told already", async () => {
    const { sql, session } = await setUp("create table t (id int primary key, v int)");
    const before = await session.capture(fromNow("public.t"));
    await readLoads(before);
    await sql`insert into t values (1, 0)`;
    const { position } = await next(before);
    await before.close();
    await sql`update t set v = 1`;
    // Somebody has it read whole again.
    const capture = await session.capture({ ...fromNow("public.t"), from: position });
    await readLoads(capture);
    const batch = await next(capture);
    expect(batch).toMatchObject({ kind: "changes", changes: [] });
    await capture.acknowledge(batch.position);
    const bytes = async () => (await capture.lag())?.bytes;
    await expect.poll(bytes, { timeout: WAIT_MS }).toBe(0);
  });

  test("takes a load's moment for no place of the stream when it is acknowledged", async () => {
    const { sql, session } = await setUp(`
      create table big (id int primary key, v int);
      create table small (id int primary key, v int);
      insert into small values (1, 0)`);
    const start = await session.capture(fromNow("public.small"));
    const loadedAt = (await readLoads(start)).at(-1)?.position ?? null;
    await sql`update small set v = 1`;
    const { position } = await next(start);
    await start.close();
    await sql`update small set v = 2`;
    const both: CaptureStart = {
      from: position,
      objects: [
        { name: "public.small", loadedAt },
        { name: "public.big", loadedAt: null },
      ],
    };
    const capture = await session.capture(both);
    const load = (await readLoads(capture)).at(-1);
    await capture.acknowledge(load?.position ?? position);
    await capture.close();
    const again = await session.capture(both);
    const { changes } = await readUntil(again, (all) => all.length > 0);
    expect(changes).toMatchObject([{ object: "public.small", columns: { v: "2" } }]);
  });

  test("reads an object anew when the first reading was broken off", async () => {
    const { sql, session } = await setUp("create table t (id int primary key, v int)");
    await sql`insert into t select i, 0 from generate_series(1, 9000) i`;
    const capture = await session.capture(fromNow("public.t"));
    await next(capture);
    await capture.close();
    const again = await session.capture(fromNow("public.t"));
    const batches = await readLoads(again);
    expect(batches.flatMap((batch) => batch.changes)).toHaveLength(9_000);
  });

  test("moves on past foreign traffic, so that the source may forget its log", async () => {
    const { sql, session } = await setUp(`
      create table t (id int primary key);
      create table foreign_table (v text)`);
    const capture = await session.capture(fromNow("public.t"));
    await readLoads(capture);
    await sql`insert into foreign_table select repeat('x', 1000) from generate_series(1, 3000)`;
    const batch = await next(capture);
    expect(batch).toMatchObject({ kind: "changes", changes: [] });
    await capture.acknowledge(batch.position);
    const flushed = async () => {
      const [slot] = await sql`
        select confirmed_flush_lsn - ${lsnText(batch.position)}::pg_lsn as past
        from pg_replication_slots where database = current_database()`;
      return Number(slot?.["past"]);
    };
    await expect.poll(flushed, { timeout: WAIT_MS }).toBe(0);
    await capture.close();
    const again = await session.capture({
      from: batch.position,
      objects: [{ name: "public.t", loadedAt: batch.position }],
    });
    await sql`insert into t values (1)`;
    expect(rowsOf((await next(again)).changes)).toHaveLength(1);
  });

  test("takes the slot over from a reader that was left behind", async () => {
    const { sql, session, url } = await setUp("create table t (id int primary key)");
    const left = await session.capture(fromNow("public.t"));
    await readLoads(left);
    const capture = await (await connect({ url })).capture(fromNow("public.t"));
    await readLoads(capture);
    await sql`insert into t values (1)`;
    expect(rowsOf((await next(capture)).changes)).toHaveLength(1);
    await expect(next(left)).rejects.toMatchObject({ failure: { kind: "unreachable" } });
  });

  test("gives two hubs slots of their own", async () => {
    const { sql, session, url } = await setUp("create table t (id int primary key)");
    const captures = [
      await session.capture(fromNow("public.t")),
      await (await connect({ url }, "Other Hub")).capture(fromNow("public.t")),
    ];
    for (const capture of captures) await readLoads(capture);
    await sql`insert into t values (1)`;
    for (const capture of captures) expect((await next(capture)).changes).toHaveLength(1);
    await session.remove();
    await sql`insert into t values (2)`;
    const [, other] = captures;
    expect(other && rowsOf((await next(other)).changes)).toHaveLength(1);
  });

  test("removes what it made, also while it is read", async () => {
    const { sql, session, url } = await setUp("create table t (id int primary key)");
    await readLoads(await session.capture(fromNow("public.t")));
    await (await connect({ url })).remove();
    expect(
      await sql`select 1 from pg_replication_slots where database = current_database()`,
    ).toEqual([]);
    expect(await sql`select 1 from pg_publication`).toEqual([]);
  });

  test("refuses to go on when its publication was removed", async () => {
    const { sql, session } = await setUp("create table t (id int primary key)");
    const capture = await session.capture(fromNow("public.t"));
    const [, last] = [null, (await readLoads(capture)).at(-1)];
    await sql`insert into t values (1)`;
    const { position } = await next(capture);
    await capture.close();
    await sql`drop publication fieldline_hub`;
    const opening = session.capture({
      from: position,
      objects: [{ name: "public.t", loadedAt: last?.position ?? null }],
    });
    await expect(opening).rejects.toMatchObject({ failure: { kind: "place-lost" } });
    // The log from before the publication cannot be read with it: a new slot begins.
    const anew = await session.capture(fromNow("public.t"));
    await readLoads(anew);
    await sql`insert into t values (2)`;
    expect(rowsOf((await next(anew)).changes)).toHaveLength(1);
  });

  test("never harms a table that cannot be told, and says why", async () => {
    const { sql, session } = await setUp(`
      create table keyless (v int);
      create table nearly (code text not null unique, v int);
      create table fine (id int primary key, v int);
      insert into keyless values (1); insert into nearly values ('a', 1); insert into fine values (1, 1)`);
    const names = ["public.keyless", "public.nearly", "public.fine"];
    const schemas = await session.discover();
    const capture = await session.capture({
      from: null,
      objects: names.map((name) => {
        const schema = schemas.find((one) => one.name === name);
        return { name, loadedAt: null, ...(schema === undefined ? {} : { schema }) };
      }),
    });
    await readLoads(capture);
    // Publishing a table without a replica identity would make these fail.
    await sql.unsafe("update keyless set v = 2; update nearly set v = 2; update fine set v = 2");
    expect(rowsOf((await next(capture)).changes)).toMatchObject([{ object: "public.fine" }]);
    const comments = schemas.map((schema) => [schema.name, schema.key, schema.comment]);
    expect(comments).toEqual([
      ["public.fine", ["id"], undefined],
      ["public.keyless", [], "It has no primary key."],
      ["public.nearly", [], expect.stringContaining("replica identity using index")],
    ]);
  });

  test("reads tables by whatever names their rows and columns have", async () => {
    const { sql, session } = await setUp(`
      create schema "Odd.Schema";
      create table "Odd.Schema"."My ""Table""" (
        "Key A" text, "select" int, "v;--" text, primary key ("select", "Key A"));
      create table by_index (code text not null unique, v int);
      alter table by_index replica identity using index by_index_code_key;
      create table whole (id int primary key, v int); alter table whole replica identity full;
      create table parted (id int primary key, v int) partition by range (id);
      create table parted_1 partition of parted for values from (0) to (100);
      create table parted_2 partition of parted for values from (100) to (200);
      create table computed (id int primary key, a int, b int generated always as (a * 2) stored);
    `);
    const odd = 'Odd.Schema.My "Table"';
    const names = [odd, "public.by_index", "public.whole", "public.parted", "public.computed"];
    expect((await session.discover()).map(({ name }) => name).sort()).toEqual([...names].sort());
    await sql.unsafe(`
      insert into "Odd.Schema"."My ""Table""" values ('a"b', 1, 'x');
      insert into computed values (1, 5)`);
    const capture = await session.capture(fromNow(...names));
    const loads = await readLoads(capture, names.length);
    const snapshot = rowsOf(loads.flatMap((batch) => batch.changes));
    expect(snapshot.find((row) => row.object === odd)?.externalId).toBe('["1","a\\"b"]');
    expect(snapshot.find((row) => row.object === "public.computed")?.columns["b"]).toBe("10");
    await sql.unsafe(`
      update "Odd.Schema"."My ""Table""" set "v;--" = 'y';
      insert into by_index values ('c', 1); update by_index set code = 'd';
      insert into whole values (1, 1), (2, 2); update whole set v = 3 where id = 1;
      delete from whole where id = 2;
      insert into parted values (5, 1); update parted set id = 150;
      update computed set a = 6`);
    const { changes } = await readUntil(capture, (all) =>
      all.some((one) => one.object === "public.computed"),
    );
    expect(
      changes.map((one) => [one.object, one.kind, "externalId" in one && one.externalId]),
    ).toEqual([
      [odd, "row", '["1","a\\"b"]'],
      ["public.by_index", "row", "d"],
      ["public.whole", "row", "1"],
      ["public.whole", "gone", "2"],
      ["public.parted", expect.any(String), "5"],
      ["public.parted", "row", "150"],
      ["public.computed", "row", "1"],
    ]);
    const [row] = await session.readByIds(odd, ['["1","a\\"b"]', "nonsense", "[1]"]);
    expect(row?.columns).toEqual({ "Key A": 'a"b', select: "1", "v;--": "y" });
    const write = await session.beginWrite();
    const results = await write.write(odd, [
      {
        operation: "update",
        externalId: '["1","a\\"b"]',
        columns: { "Key A": "c" },
        condition: { "v;--": "y" },
      },
    ]);
    await write.commit();
    expect(results).toMatchObject([{ status: "written", externalId: '["1","c"]' }]);
  });

  test("notices changes that no row has shown: a column, a new enum member, a dropped table", async () => {
    const { sql, session } = await setUp(`
      create type colour as enum ('red');
      create table a (id int primary key, c colour);
      create table b (id int primary key)`);
    const capture = await session.capture(fromNow("public.a", "public.b"));
    await readLoads(capture, 2);
    await sql.unsafe("alter type colour add value 'green'");
    const added = await readUntil(capture, (changes) => changes.length > 0);
    expect(JSON.stringify(added.changes)).toContain('"values":["red","green"]');
    await sql.unsafe("drop table b; comment on table a is 'no news'");
    const dropped = await readUntil(capture, (changes) => changes.length > 0);
    expect(dropped.changes).toMatchObject([{ kind: "schema", object: "public.b", schema: null }]);
    await sql`insert into a values (1, 'green')`;
    expect(rowsOf((await next(capture)).changes)).toMatchObject([{ columns: { c: "green" } }]);
  });

  test("reads rows in the shape that they were written in", async () => {
    const { sql, session } = await setUp("create table t (id int primary key, v text, w text)");
    const capture = await session.capture(fromNow("public.t"));
    const loads = await readLoads(capture);
    const loadedAt = loads.at(-1)?.position ?? null;
    await sql`insert into t values (1, '5', 'w')`;
    const { position } = await next(capture);
    await capture.close();
    // Nobody reads while the table changes its shape twice.
    await sql.unsafe("insert into t values (2, '6', 'w')");
    await sql.unsafe("alter table t drop column w, alter column v type numeric using v::numeric");
    await sql.unsafe("insert into t values (3, 7.50)");
    await sql.unsafe("alter table t add column x boolean default true");
    await sql.unsafe("insert into t values (4, 8, false)");
    const again = await session.capture({
      from: position,
      objects: [{ name: "public.t", loadedAt }],
    });
    const { changes } = await readUntil(again, (all) => rowsOf(all).length === 3);
    expect(rowsOf(changes).map((row) => row.columns)).toEqual([
      { id: "2", v: "6", w: "w" },
      { id: "3", v: "7.5" },
      { id: "4", v: "8", x: false },
    ]);
  });

  test("tells large values and many columns whole", async () => {
    const { sql, session } = await setUp("create table t (id int primary key, v text)");
    const capture = await session.capture(fromNow("public.t"));
    await readLoads(capture);
    await sql`insert into t values (1, repeat('ä', 1024 * 1024)), (2, 'x')`;
    const { changes } = await next(capture);
    const rows = rowsOf(changes);
    expect(rows.map((row) => String(row.columns["v"]).length)).toEqual([1024 * 1024, 1]);
    expect(rows[0]?.columns["v"]).toBe("ä".repeat(1024 * 1024));
  });

  test("gives way to its signal and to its time", async () => {
    const { session } = await setUp("create table t (id int primary key)");
    const capture = await session.capture(fromNow("public.t"));
    await readLoads(capture);
    const signal = new AbortController();
    const waiting = capture.next({ countMax: 10, waitMs: WAIT_MS, signal: signal.signal });
    signal.abort();
    expect(await waiting).toBeNull();
    const still = { countMax: 10, waitMs: 20, signal: new AbortController().signal };
    expect(await capture.next(still)).toBeNull();
  });
});

function lsnText(position: Position): string {
  return `${position.slice(0, 8)}/${position.slice(8, 16)}`;
}
