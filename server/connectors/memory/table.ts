import { externalIdOf, keyText } from "../../core/external-id.ts";
import type { ColumnSchema, ObjectSchema } from "../../core/map/object-schema.ts";
import type { Columns, ColumnValue } from "../../core/values/field-value.ts";
import { makeParser } from "../../core/values/parse-value.ts";
import type { RowResult } from "../connector.ts";

export type Refused = Extract<RowResult, { status: "refused" }>;

/** One table of the memory system: committed rows, and who holds each unique value. */
export type Table = {
  schema: ObjectSchema;
  rows: Map<string, Columns>;
  /** By the unique set's columns, then by their values, the row's id. */
  readonly holders: Map<string, Map<string, string>>;
  /** The next number for a key that the system gives. */
  nextKey: number;
};

export function makeTable(schema: ObjectSchema): Table {
  const holders = new Map(schema.uniques.map((columns) => [nameOfUnique(columns), new Map()]));
  return { schema, rows: new Map(), holders, nextKey: 1 };
}

export function nameOfUnique(columns: readonly string[]): string {
  return columns.join(", ");
}

/** What a unique set makes of a row; null where a part is null, which collides with nothing. */
export function uniqueValue(columns: readonly string[], row: Columns): string | null {
  const parts = columns.map((name) => row[name] ?? null);
  return parts.includes(null) ? null : JSON.stringify(parts);
}

export function rowId(schema: ObjectSchema, row: Columns): string {
  return externalIdOf(schema.key.map((name) => keyText(row[name] ?? null)));
}

/** Tests one row against what the schema says of each of its columns. */
export function refusalOfRow(schema: ObjectSchema, row: Columns): Refused | null {
  const unknown = Object.keys(row).find((name) => !schema.columns.some((c) => c.name === name));
  if (unknown !== undefined) {
    return refused("type", unknown, `The object ${schema.name} has no column "${unknown}".`);
  }
  for (const column of schema.columns) {
    const refusal = refusalOfValue(column, row[column.name] ?? null);
    if (refusal !== null) return refusal;
  }
  return null;
}

function refusalOfValue(column: ColumnSchema, value: ColumnValue): Refused | null {
  const { name } = column;
  if (value === null) {
    if (column.nullable) return null;
    return refused("required", name, `The column "${name}" must have a value.`);
  }
  const parsed = makeParser(column.type, { values: column.values })(value);
  if (!parsed.ok) return refused("type", name, parsed.message);
  if (typeof value !== "string") return null;
  if (column.lengthMax !== undefined && [...value].length > column.lengthMax) {
    return refused("length", name, `"${name}" takes ${column.lengthMax} characters at most.`);
  }
  return isInRange(column, value) ? null : refused("range", name, `${value} is out of range.`);
}

function isInRange(column: ColumnSchema, value: string): boolean {
  if (column.type !== "integer") return true;
  const number = BigInt(value);
  if (column.min !== undefined && number < BigInt(column.min)) return false;
  return column.max === undefined || number <= BigInt(column.max);
}

export function refused(code: Refused["code"], column: string | null, message: string): Refused {
  return { status: "refused", code, column, message };
}

/** True when the row has exactly these values. */
export function hasValues(row: Columns, values: Columns): boolean {
  return Object.entries(values).every(
    ([name, value]) => JSON.stringify(row[name] ?? null) === JSON.stringify(value),
  );
}
