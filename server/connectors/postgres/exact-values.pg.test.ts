import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Columns, ColumnValue } from "../../core/values/field-value.ts";
import { createEmptyDatabase, type TestDatabase } from "../../testing/database.ts";
import type { Change, LogSession } from "../connector.ts";
import { postgres } from "./postgres.ts";

/** Type, its SQL text, and the value that we must make of it. */
const CASES: readonly (readonly [type: string, sql: string, value: ColumnValue])[] = [
  ["text", "'Zoë'", "Zoë"],
  ["text", "''", ""],
  ["text", "'a' || chr(92) || 'b\"c,{}'", 'a\\b"c,{}'],
  ["varchar(5)", "'ab'", "ab"],
  ["char(5)", "'ab'", "ab"],
  ["citext_like", "'Ab'", "Ab"],
  ["smallint", "-32768", "-32768"],
  ["integer", "2147483647", "2147483647"],
  ["bigint", "9007199254740993", "9007199254740993"],
  ["bigint", "-9223372036854775808", "-9223372036854775808"],
  [
    "numeric",
    "123456789012345678901234567890.123456789",
    "123456789012345678901234567890.123456789",
  ],
  ["numeric(12,2)", "12.50", "12.5"],
  ["numeric", "-0.00", "0"],
  ["numeric", "1e30", `1${"0".repeat(30)}`],
  ["numeric", "'NaN'", "NaN"],
  ["numeric", "'-Infinity'", "-Infinity"],
  ["real", "0.1", "0.1"],
  ["double precision", "0.1::float8 + 0.2::float8", "0.30000000000000004"],
  ["double precision", "1e-7", "0.0000001"],
  ["double precision", "1e20", "100000000000000000000"],
  ["double precision", "'NaN'", "NaN"],
  ["boolean", "true", true],
  ["boolean", "false", false],
  ["date", "'2026-02-28'", "2026-02-28"],
  ["date", "'0044-03-15 BC'", "0044-03-15 BC"],
  ["date", "'infinity'", "infinity"],
  ["date", "'12026-01-01'", "12026-01-01"],
  ["time", "'14:02:00.5'", "14:02:00.5"],
  ["time", "'24:00'", "24:00:00"],
  ["timestamptz", "'2026-02-28 14:02:00.123456+01'", "2026-02-28T13:02:00.123456Z"],
  ["timestamptz", "'1890-01-01 00:00:30+00:19:32'", "1889-12-31T23:40:58Z"],
  ["timestamptz", "'-infinity'", "-infinity"],
  ["timestamptz", "'0044-03-15 12:00 UTC BC'", "0044-03-15 12:00:00+00 BC"],
  ["timestamp", "'2026-02-28 14:02:00'", "2026-02-28T14:02:00Z"],
  ["interval", "'1 mon 3 days 04:05:06'", "1 mon 3 days 04:05:06"],
  ["uuid", "'6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'", "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b"],
  ["bytea", "'\\x00ff'", "\\x00ff"],
  ["inet", "'10.0.0.1'", "10.0.0.1"],
  ["inet", "'10.0.0.0/8'", "10.0.0.0/8"],
  [
    "jsonb",
    `'{"b": 1.00, "a": [9007199254740993, null]}'`,
    '{"a":[9007199254740993,null],"b":1.00}',
  ],
  ["json", `'{"b" : 1.0,  "a":"x"}'`, '{"a":"x","b":1.0}'],
  ["colour", "'red'", "red"],
  ["price", "9.90", "9.9"],
  ["text[]", `'{a,NULL,"NULL","x,\\"y\\\\",""}'`, ["a", null, "NULL", 'x,"y\\', ""]],
  [
    "integer[]",
    "'{{1,2},{3,NULL}}'",
    [
      ["1", "2"],
      ["3", null],
    ],
  ],
  ["integer[]", "'[5:6]={7,8}'", ["7", "8"]],
  ["numeric[]", "'{1.50,2}'", ["1.5", "2"]],
  ["boolean[]", "'{t,f}'", [true, false]],
  ["timestamptz[]", "'{2026-02-28 13:02:00+00}'", ["2026-02-28T13:02:00Z"]],
  ["colour[]", "'{red,green}'", ["red", "green"]],
  ["text[]", "'{}'", []],
  ["point", "'(1,2)'", "(1,2)"],
  ["int4range", "'[1,5)'", "[1,5)"],
  ["pair", "row(1, 'a,b')", '(1,"a,b")'],
  ["xml", "'<a>b</a>'", "<a>b</a>"],
  ["bit(3)", "B'101'", "101"],
];

let database: TestDatabase;
let session: LogSession;

beforeAll(async () => {
  database = await createEmptyDatabase();
  const { sql, url } = database;
  // Sessions of other people, in other zones and styles: ours must not care.
  await sql.unsafe(`
    do $$ begin execute format('alter database %I set timezone = ''Asia/Kolkata''',
      current_database()); execute format('alter database %I set datestyle = ''German''',
      current_database()); execute format('alter database %I set extra_float_digits = -5',
      current_database()); end $$`);
  await sql.unsafe(`
    create type colour as enum ('red', 'green');
    create domain price as numeric(12, 2) check (value >= 0);
    create domain citext_like as text;
    create type pair as (a int, b text)`);
  session = await postgres.open({ url }, "exact");
});

afterAll(async () => {
  await session?.close();
  await database?.drop();
});

describe("every way of reading and writing agrees on each value", () => {
  test.each(CASES.map(([type, text, value], place) => ({ type, text, value, place })))(
    "$type $text",
    async ({ type, text, value, place }) => {
      const { sql } = database;
      const name = `exact_${place}`;
      const object = `public.${name}`;
      await sql.unsafe(`create table ${name} (id int primary key, v ${type})`);
      const insert = (id: number) => sql.unsafe(`insert into ${name} values (${id}, ${text})`);
      await insert(1);
      const capture = await session.capture({
        objects: [{ name: object, loadedAt: null }],
        from: null,
      });
      const changes: Change[] = [];
      const read = async (count: number) => {
        while (changes.length < count) {
          const signal = AbortSignal.timeout(10_000);
          const batch = await capture.next({ countMax: 100, waitMs: 10_000, signal });
          changes.push(...(batch?.changes ?? []));
        }
      };
      await read(1);
      await insert(2);
      await read(2);
      const told = changes.map((change) => (change.kind === "row" ? change.columns["v"] : null));
      expect(told).toEqual([value, value]);
      const rows = await session.readByIds(object, ["1"]);
      expect(rows[0]?.columns["v"]).toEqual(value);

      const condition: Columns = { v: value };
      const write = await session.beginWrite();
      const results = await write.write(object, [
        { operation: "update", externalId: "1", columns: { v: value }, condition },
        { operation: "create", columns: { id: "3", v: value } },
      ]);
      await write.commit();
      await capture.close();
      expect(results.map((result) => result.status)).toEqual(["written", "written"]);
      expect(results[0]).toMatchObject({ columns: { v: value } });
      const after = await session.readByIds(object, ["1", "3"]);
      expect(after.map((row) => row.columns["v"])).toEqual([value, value]);
    },
  );
});
