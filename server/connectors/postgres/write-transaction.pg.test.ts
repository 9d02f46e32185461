import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "../../testing/database.ts";
import type { LogSession, RowResult, RowWrite } from "../connector.ts";
import { postgres } from "./postgres.ts";

let database: TestDatabase;
let session: LogSession;

beforeAll(async () => {
  database = await createEmptyDatabase();
  session = await postgres.open({ url: database.url }, "writes");
});

afterAll(async () => {
  await session?.close();
  await database?.drop();
});

async function write(object: string, rows: readonly RowWrite[]): Promise<RowResult[]> {
  const transaction = await session.beginWrite();
  const results = await transaction.write(object, rows);
  await transaction.commit();
  return results;
}

const update = (externalId: string, columns: Record<string, string | null>): RowWrite => ({
  operation: "update",
  externalId,
  columns,
  condition: {},
});
const create = (columns: Record<string, string | null>): RowWrite => ({
  operation: "create",
  columns,
});
const statuses = (results: readonly RowResult[]) => results.map(({ status }) => status);

describe("writes to PostgreSQL", () => {
  test("a row that somebody holds is busy; the others are written", async () => {
    const { sql } = database;
    await sql.unsafe(`create table held (id int primary key, v text);
      insert into held select i, 'a' from generate_series(1, 50) i`);
    const reserved = await sql.reserve();
    await reserved`begin`;
    await reserved`update held set v = 'theirs' where id = 7`;
    const rows = Array.from({ length: 51 }, (_, place) => update(String(place + 1), { v: "ours" }));
    const results = await write("public.held", rows);
    await reserved`rollback`;
    reserved.release();
    expect(results[6]).toEqual({ status: "busy" });
    expect(results[50]).toEqual({ status: "missing" });
    expect(results.filter(({ status }) => status === "written")).toHaveLength(49);
    const [count] = await sql`select count(*)::int as n from held where v = 'ours'`;
    expect(count?.["n"]).toBe(49);
  });

  test("a new row that waits for somebody's unique value is busy", async () => {
    const { sql } = database;
    await sql.unsafe("create table taken (id int primary key, code text unique)");
    const reserved = await sql.reserve();
    await reserved`begin`;
    await reserved`insert into taken values (1, 'x')`;
    const results = await write("public.taken", [create({ id: "2", code: "x" })]);
    await reserved`commit`;
    reserved.release();
    expect(results).toEqual([{ status: "busy" }]);
  });

  test("each result of a batch of creates belongs to its row, whatever triggers do", async () => {
    const { sql } = database;
    await sql.unsafe(`
      create table made (id serial primary key, code text not null, note text);
      create function on_made() returns trigger language plpgsql as $$ begin
        if new.code like 'drop%' then return null; end if;
        if new.code like 'move%' then new.id := 100000 - new.id; end if;
        new.note := 'for ' || new.code;
        return new;
      end $$;
      create trigger on_made before insert on made for each row execute function on_made()`);
    const codes = Array.from({ length: 300 }, (_, place) => {
      return place % 100 === 50 ? `drop${place}` : `${place % 7 === 0 ? "move" : "code"}${place}`;
    });
    const results = await write(
      "public.made",
      codes.map((code) => create({ code })),
    );
    results.forEach((result, place) => {
      const code = codes[place] ?? "";
      if (code.startsWith("drop")) {
        expect(result).toMatchObject({ status: "refused", code: "other" });
      } else {
        expect(result).toMatchObject({ status: "written", columns: { code, note: `for ${code}` } });
      }
    });
    const ids = results.flatMap((result) =>
      result.status === "written" ? [result.externalId] : [],
    );
    const stored = await sql<{ id: number; code: string }[]>`select id, code from made`;
    const codeById = new Map(stored.map((row) => [String(row.id), row.code]));
    expect(ids.map((id) => codeById.get(id))).toEqual(
      codes.filter((code) => !code.startsWith("drop")),
    );
  });

  test("a trigger that refuses an update silently is a refusal, not news on its way", async () => {
    const { sql } = database;
    await sql.unsafe(`
      create table stubborn (id int primary key, v text); insert into stubborn values (1, 'a');
      create function keep() returns trigger language plpgsql as 'begin return null; end';
      create trigger keep before update or delete on stubborn for each row execute function keep()`);
    const results = await write("public.stubborn", [
      update("1", { v: "b" }),
      { operation: "delete", externalId: "1", condition: { v: "a" } },
    ]);
    expect(results).toMatchObject([{ status: "refused" }, { status: "refused" }]);
  });

  test("constraints that could wait for the commit are refused with their row", async () => {
    const { sql } = database;
    await sql.unsafe(`
      create table parent (id int primary key);
      insert into parent values (1);
      create table child (id int primary key,
        parent int references parent deferrable initially deferred,
        size int check (size > 0), span int4range, exclude using gist (span with &&))`);
    const results = await write("public.child", [
      create({ id: "1", parent: "1", size: "1", span: "[1,5)" }),
      create({ id: "2", parent: "9", size: "1" }),
      create({ id: "3", parent: "1", size: "0" }),
      create({ id: "4", parent: "1", size: "1", span: "[2,3)" }),
      create({ id: "5", parent: "1", size: "99999999999" }),
    ]);
    expect(
      results.map((result) => (result.status === "refused" ? result.code : result.status)),
    ).toEqual(["written", "reference", "check", "unique", "range"]);
    expect(results[1]).toMatchObject({ column: "parent" });
    expect(results[2]).toMatchObject({ column: "size" });
  });

  test("what the user may not write is refused at once, for every row", async () => {
    const { sql, url } = database;
    await sql.unsafe(`
      create table guarded (id int primary key, v text); insert into guarded values (1, 'a');
      drop role if exists fieldline_reader;
      create role fieldline_reader login password 'reader';
      grant select on guarded to fieldline_reader`);
    const reader = await postgres.open({ url, user: "fieldline_reader", password: "reader" }, "r");
    const transaction = await reader.beginWrite();
    const results = await transaction.write("public.guarded", [update("1", { v: "b" })]);
    await transaction.abort();
    await reader.close();
    await sql.unsafe("drop owned by fieldline_reader; drop role fieldline_reader");
    expect(results).toMatchObject([{ status: "refused", code: "permission" }]);
  });

  test("a row that comes twice is written twice, in order", async () => {
    const { sql } = database;
    await sql.unsafe(
      "create table twice (id int primary key, v text); insert into twice values (1, 'a')",
    );
    const results = await write("public.twice", [
      { operation: "update", externalId: "1", columns: { v: "b" }, condition: { v: "a" } },
      { operation: "update", externalId: "1", columns: { v: "c" }, condition: { v: "b" } },
      { operation: "delete", externalId: "1", condition: { v: "c" } },
    ]);
    expect(statuses(results)).toEqual(["written", "written", "written"]);
    expect(await sql`select 1 from twice`).toEqual([]);
  });

  test("rows of defaults alone, nulls left out, and values that no text can have", async () => {
    const { sql } = database;
    await sql.unsafe("create table plain (id serial primary key, v text default 'default', n int)");
    const results = await write("public.plain", [
      create({}),
      create({ v: null }),
      create({ v: "nul \u0000 sign" }),
      create({ v: "fine" }),
    ]);
    expect(statuses(results)).toEqual(["written", "written", "refused", "written"]);
    const values = await sql`select v from plain order by id`;
    expect(values.map((row) => row["v"])).toEqual(["default", "default", "fine"]);
  });

  test("a table that changed since the last write is written in its new shape", async () => {
    const { sql } = database;
    await sql.unsafe(
      "create table moving (id int primary key, v text); insert into moving values (1, 'a')",
    );
    const rows = [update("1", { v: "b" })];
    for (let times = 0; times < 7; times += 1) await write("public.moving", rows);
    await sql.unsafe(
      "alter table moving alter column v type varchar(3), add column w int default 5",
    );
    expect(await write("public.moving", rows)).toMatchObject([
      { status: "written", columns: { v: "b", w: "5" } },
    ]);
    await sql.unsafe("alter table moving drop column w, add column x int");
    const [row] = await session.readByIds("public.moving", ["1"]);
    expect(row?.columns).toEqual({ id: "1", v: "b", x: null });
    const gone = [update("1", { v: "c" }), update("1", { w: "1" })];
    expect(await write("public.moving", gone)).toMatchObject([
      { status: "written" },
      { status: "refused", code: "type", column: "w" },
    ]);
  });

  test("a broken trigger, or one with errors of its own, refuses its rows and no others", async () => {
    const { sql } = database;
    await sql.unsafe(`
      create table broken (id int primary key, v text); insert into broken values (1, 'a');
      create table sound (id int primary key, v text); insert into sound values (1, 'a');
      create table moody (id int primary key, v text); insert into moody values (1, 'a'), (2, 'a');
      create function break_it() returns trigger language plpgsql as
        'begin perform nowhere.nothing(); return new; end';
      create trigger broken before update on broken for each row execute function break_it();
      create function be_moody() returns trigger language plpgsql as $$ begin
        if new.id = 1 then raise exception 'Not today' using errcode = 'MOO01'; end if;
        return new; end $$;
      create trigger moody before update on moody for each row execute function be_moody()`);
    const transaction = await session.beginWrite();
    const rows = [update("1", { v: "b" }), update("2", { v: "b" })];
    expect(statuses(await transaction.write("public.broken", rows))).toEqual([
      "refused",
      "missing",
    ]);
    expect(statuses(await transaction.write("public.sound", rows))).toEqual(["written", "missing"]);
    const moody = await transaction.write("public.moody", rows);
    await transaction.commit();
    expect(moody).toMatchObject([
      { status: "refused", message: "Not today." },
      { status: "written" },
    ]);
    expect(await sql`select v from sound`).toEqual([{ v: "b" }]);
  });

  test("a lost connection fails the call, and the transaction is undone", async () => {
    const { sql } = database;
    await sql.unsafe("create table cut (id int primary key)");
    const transaction = await session.beginWrite();
    await transaction.write("public.cut", [create({ id: "1" })]);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'
        and application_name = 'fieldline connector'`;
    const failing = transaction.write("public.cut", [create({ id: "2" })]);
    await expect(failing).rejects.toMatchObject({ failure: { kind: "unreachable" } });
    await transaction.abort();
    const outcome = () => session.outcome(transaction.transaction);
    await expect.poll(outcome, { timeout: 10_000 }).toBe("aborted");
    expect(await session.outcome("99999999999")).toBe("unknown");
    expect(await sql`select 1 from cut`).toEqual([]);
  });
});

describe("unique values that rows exchange", () => {
  /** Rows 1 to n with the codes c1 to cn, and a write that gives each the code of another. */
  async function rotate(
    name: string,
    column: string,
    codes: Readonly<Record<string, string>>,
    known: (id: string) => string,
  ): Promise<RowResult[]> {
    return await write(
      `public.${name}`,
      Object.entries(codes).map(([id, code]) => ({
        operation: "update" as const,
        externalId: id,
        columns: { [column]: code },
        condition: { [column]: known(id) },
      })),
    );
  }
  const codesOf = async (name: string, column: string) =>
    (await database.sql.unsafe(`select ${column}::text as code from ${name} order by id`)).map(
      (row) => row["code"],
    );

  test.each([
    ["an index that is tested row by row", "code text unique"],
    ["a column that is never null", "code varchar(4) not null unique"],
    ["a constraint that may wait", "code text unique deferrable initially deferred"],
  ])("two rows exchange theirs: %s", async (title, column) => {
    const name = `swap_${title.length}`;
    await database.sql.unsafe(`create table ${name} (id int primary key, ${column});
      insert into ${name} values (1, 'c1'), (2, 'c2'), (3, 'c3')`);
    const results = await rotate(name, "code", { 1: "c2", 2: "c1" }, (id) => `c${id}`);
    expect(statuses(results)).toEqual(["written", "written"]);
    expect(results[0]).toMatchObject({ externalId: "1", columns: { code: "c2" } });
    expect(await codesOf(name, "code")).toEqual(["c2", "c1", "c3"]);
  });

  test("two rows exchange theirs, and one of them gets something else too", async () => {
    await database.sql.unsafe(`
      create table also (id int primary key, code text not null unique, note text);
      insert into also values (1, 'c1', 'a'), (2, 'c2', 'b')`);
    const results = await write("public.also", [
      { ...update("1", { code: "c2" }), condition: { code: "c1" } } as RowWrite,
      { ...update("2", { code: "c1", note: "new" }), condition: { code: "c2", note: "b" } },
    ] as RowWrite[]);
    expect(statuses(results)).toEqual(["written", "written"]);
    expect(await database.sql`select code, note from also order by id`).toEqual([
      { code: "c2", note: "a" },
      { code: "c1", note: "new" },
    ]);
  });

  test("numbers go round in a ring, and a bad row among them harms nobody", async () => {
    await database.sql.unsafe(`create table ring (id int primary key, code int not null unique,
        check (code <> 99));
      insert into ring select i, i from generate_series(1, 6) i`);
    const codes = { 1: "2", 2: "3", 3: "1", 4: "99", 5: "6", 6: "7" };
    const results = await rotate("ring", "code", codes, (id) => id);
    expect(statuses(results)).toEqual([
      ...["written", "written", "written"],
      ...["refused", "written", "written"],
    ]);
    expect(await codesOf("ring", "code")).toEqual(["2", "3", "1", "4", "6", "7"]);
  });

  test("a value that somebody else keeps is refused, and the exchange beside it is done", async () => {
    await database.sql.unsafe(`create table kept (id int primary key, code text unique);
      insert into kept values (1, 'c1'), (2, 'c2'), (3, 'c3'), (4, 'c4')`);
    const results = await rotate("kept", "code", { 1: "c2", 2: "c1", 3: "c4" }, (id) => `c${id}`);
    expect(statuses(results)).toEqual(["written", "written", "refused"]);
    expect(results[2]).toMatchObject({ code: "unique", column: "code" });
    expect(await codesOf("kept", "code")).toEqual(["c2", "c1", "c3", "c4"]);
  });

  test("where one of them was edited meanwhile, neither is written over", async () => {
    await database.sql.unsafe(`create table moved (id int primary key, code text unique);
      insert into moved values (1, 'c1'), (2, 'edited')`);
    const results = await rotate("moved", "code", { 1: "c2", 2: "c1" }, (id) => `c${id}`);
    expect(statuses(results)).toEqual(["written", "changed"]);
    expect(await codesOf("moved", "code")).toEqual(["c2", "edited"]);
  });

  test("the log tells the exchange alone, never what stood between", async () => {
    const { sql } = database;
    await sql.unsafe(`create table told (id int primary key, code text not null unique);
      insert into told values (1, 'c1'), (2, 'c2')`);
    const objects = [{ name: "public.told", loadedAt: null }];
    const capture = await session.capture({ from: null, objects });
    const seen: string[] = [];
    const signal = AbortSignal.timeout(20_000);
    const look = async () => {
      const batch = await capture.next({ countMax: 10, waitMs: 1_000, signal });
      for (const change of batch?.changes ?? []) {
        if (change.kind === "row") seen.push(`${change.externalId} ${change.columns["code"]}`);
      }
      return batch;
    };
    while (seen.length < 2 && !signal.aborted) await look();
    await rotate("told", "code", { 1: "c2", 2: "c1" }, (id) => `c${id}`);
    while (seen.length < 4 && !signal.aborted) await look();
    expect(seen).toEqual(["1 c1", "2 c2", "1 c2", "2 c1"]);
    await capture.close();
    await session.remove();
  });
});

describe("rows that refer to each other", () => {
  test("new rows of one table may refer to each other in a ring", async () => {
    await database.sql.unsafe(`
      create table people (id int primary key, boss int not null references people (id))`);
    const results = await write("public.people", [
      create({ id: "1", boss: "2" }),
      create({ id: "2", boss: "1" }),
    ]);
    expect(statuses(results)).toEqual(["written", "written"]);
  });

  test("one that refers to nobody waits; its neighbours are made", async () => {
    await database.sql.unsafe(`
      create table teams (code text primary key); insert into teams values ('t');
      create table members (id int primary key, team text references teams (code))`);
    const results = await write("public.members", [
      create({ id: "1", team: "t" }),
      create({ id: "2", team: "none" }),
      create({ id: "3", team: "t" }),
    ]);
    expect(statuses(results)).toEqual(["written", "refused", "written"]);
    expect(results[1]).toMatchObject({ code: "reference", column: "team" });
  });
});
