import { externalIdOf, keyPartsOf, keyText } from "../../core/external-id.ts";
import type { Columns, ColumnValue } from "../../core/values/field-value.ts";
import type { Row } from "../connector.ts";
import { textArrayLiteral } from "./array-literal.ts";
import type { Column, Table } from "./catalog.ts";
import type { ResultRow } from "./connection.ts";

/** The columns of a select, in the order in which `rowOf` reads them. */
export function selectList(table: Table, alias: string): string {
  return table.columns.map((column) => `${alias}.${column.sqlName}`).join(", ");
}

/** Reads a result row whose columns begin at `start`. */
export function rowOf(table: Table, result: ResultRow, start = 0): Row {
  const columns: Record<string, ColumnValue> = {};
  for (let place = 0; place < table.columns.length; place += 1) {
    const column = table.columns[place];
    const text = result[start + place];
    if (column === undefined) continue;
    columns[column.name] = text === null || text === undefined ? null : column.codec.decode(text);
  }
  return { externalId: idOf(table, columns), columns };
}

function idOf(table: Table, columns: Columns): string {
  return externalIdOf(table.key.map((column) => keyText(columns[column.name] ?? null)));
}

/**
 * External ids as parameters: one array of texts per key column, and the numbers of those ids
 * that can be a key at all.
 */
export function keyParameters(
  table: Table,
  externalIds: readonly string[],
): { readonly arrays: readonly string[]; readonly places: readonly number[] } {
  const parts = table.key.map((): string[] => []);
  const places: number[] = [];
  externalIds.forEach((externalId, place) => {
    const key = keyPartsOf(externalId, table.key.length);
    if (key === null) return;
    places.push(place);
    for (const [column, part] of key.entries()) parts[column]?.push(part);
  });
  return { arrays: parts.map(textArrayLiteral), places };
}

/** SQL: the row `alias` has the key that stands in `from` as k0, k1, … */
export function sameKey(table: Table, alias: string, from: string): string {
  return table.key
    .map((column, place) => `${alias}.${column.sqlName} = ${keyCast(column, `${from}.k${place}`)}`)
    .join(" and ");
}

function keyCast(column: Column, text: string): string {
  return `${text}::${column.codec.cast}`;
}
