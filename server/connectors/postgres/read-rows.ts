import pg from "pg";
import type { Columns } from "../../core/values/field-value.ts";
import type { Row } from "../connector.ts";
import { textArrayLiteral } from "./array-literal.ts";
import type { Column, Table } from "./catalog.ts";
import type { Server } from "./connection.ts";
import { failureOf } from "./failures.ts";
import { keyParameters, rowOf, sameKey, selectList } from "./rows.ts";

/** Ids of one query; more are asked for in several. */
const IDS_MAX = 2_000;

/** The rows with these ids that exist; an id that no row can have is simply not found. */
export async function readByIds(
  server: Server,
  table: Table,
  externalIds: readonly string[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < externalIds.length; start += IDS_MAX) {
    rows.push(...(await readSome(server, table, externalIds.slice(start, start + IDS_MAX))));
  }
  return rows;
}

async function readSome(
  server: Server,
  table: Table,
  externalIds: readonly string[],
): Promise<Row[]> {
  const { arrays, places } = keyParameters(table, externalIds);
  if (places.length === 0) return [];
  const names = table.key.map((_, place) => `k${place}`);
  const from = arrays.map((_, place) => `$${place + 1}::text[]`).join(", ");
  try {
    const rows = await server.query(
      `select ${selectList(table, "t")} from unnest(${from}) as x(${names.join(", ")}) ` +
        `join ${table.sqlName} t on ${sameKey(table, "t", "x")}`,
      arrays,
    );
    return rows.map((row) => rowOf(table, row));
  } catch (error) {
    if (!isNoKey(error)) throw error;
    if (externalIds.length === 1) return [];
    const middle = Math.ceil(externalIds.length / 2);
    return [
      ...(await readSome(server, table, externalIds.slice(0, middle))),
      ...(await readSome(server, table, externalIds.slice(middle))),
    ];
  }
}

/** A text that the key's type cannot read ("abc" for a number). */
function isNoKey(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof pg.DatabaseError && (cause.code ?? "").startsWith("22");
}

/** Rows whose columns equal all of `match`; null matches null. */
export async function searchRows(
  server: Server,
  table: Table,
  match: Columns,
  countMax: number,
): Promise<Row[]> {
  const values: string[] = [];
  const tests: string[] = [];
  for (const [name, value] of Object.entries(match)) {
    const column = table.columnByName.get(name);
    const text = column?.codec.encode(value);
    // No row can have such a value, or such a column.
    if (column === undefined || text === undefined) return [];
    if (text !== null) values.push(text);
    tests.push(hasValue(column, text === null ? null : `$${values.length}::text`));
  }
  const where = tests.length === 0 ? "true" : tests.join(" and ");
  try {
    const rows = await server.query(
      `select ${selectList(table, "t")} from ${table.sqlName} t where ${where} ` +
        `limit ${Math.max(0, Math.trunc(countMax))}`,
      values,
    );
    return rows.map((row) => rowOf(table, row));
  } catch (error) {
    if (isNoKey(error)) return [];
    throw error;
  }
}

/**
 * Rows that have all columns of one of these matches, none of them null: one join, so that each is
 * found by index where there is one, and the table is read once where there is none.
 */
export async function searchAnyRows(
  server: Server,
  table: Table,
  matches: readonly Columns[],
  countMax: number,
): Promise<Row[]> {
  const columns = Object.keys(matches[0] ?? {}).map((name) => table.columnByName.get(name));
  if (columns.length === 0 || !columns.every((column) => column !== undefined)) return [];
  const texts = matches.flatMap((match) => {
    const encoded = columns.map(({ name, codec }) => codec.encode(match[name] ?? null));
    // No row can have such a value.
    return encoded.every((text) => typeof text === "string") ? [encoded] : [];
  });
  if (texts.length === 0) return [];
  const from = columns.map((_, place) => `$${place + 1}::text[]`).join(", ");
  const names = columns.map((_, place) => `k${place}`).join(", ");
  const tests = columns.map((column, place) => hasValue(column, `x.k${place}`)).join(" and ");
  try {
    const rows = await server.query(
      `select ${selectList(table, "t")} from (select distinct * from unnest(${from}) ` +
        `as u(${names})) x join ${table.sqlName} t on ${tests} ` +
        `limit ${Math.max(0, Math.trunc(countMax))}`,
      columns.map((_, place) => textArrayLiteral(texts.map((row) => row[place] ?? ""))),
    );
    return rows.map((row) => rowOf(table, row));
  } catch (error) {
    if (!isNoKey(error)) throw error;
    if (texts.length === 1) return [];
    const middle = Math.ceil(matches.length / 2);
    return [
      ...(await searchAnyRows(server, table, matches.slice(0, middle), countMax)),
      ...(await searchAnyRows(server, table, matches.slice(middle), countMax)),
    ];
  }
}

/** An index is used for "=" only; the exact comparison after it then sees little. */
function hasValue(column: Column, parameter: string | null): string {
  const name = `t.${column.sqlName}`;
  if (parameter === null) return `${name} is null`;
  const { codec } = column;
  const isSame = codec.isSame(name, parameter);
  return codec.isOrdered ? `${name} = ${parameter}::${codec.cast} and ${isSame}` : isSame;
}

/** Every row as of one moment, in key order, with one page in memory. */
export async function* readAllRows(
  server: Server,
  table: Table,
  pageRows: number,
): AsyncGenerator<Row[]> {
  const lease = await server.lease();
  let isBroken = true;
  try {
    const order = table.key.map((column) => `t.${column.sqlName}`).join(", ");
    await lease.command(
      "begin transaction isolation level repeatable read, read only;" +
        "set local idle_in_transaction_session_timeout = 0;" +
        `declare fieldline_read no scroll cursor for select ${selectList(table, "t")} ` +
        `from ${table.sqlName} t${order === "" ? "" : ` order by ${order}`}`,
    );
    for (;;) {
      const rows = await lease.query(`fetch ${pageRows} from fieldline_read`);
      if (rows.length > 0) yield rows.map((row) => rowOf(table, row));
      if (rows.length < pageRows) break;
    }
    await lease.command("commit");
    isBroken = false;
  } catch (error) {
    throw failureOf(error, server.access);
  } finally {
    // Whoever stops reading in the middle leaves a transaction open: it ends with the connection.
    lease.release(isBroken);
  }
}
