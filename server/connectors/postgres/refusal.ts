import pg from "pg";
import type { Columns } from "../../core/values/field-value.ts";
import type { RefusalCode, RowResult } from "../connector.ts";
import type { Table } from "./catalog.ts";

type Refused = Extract<RowResult, { status: "refused" }>;

/** By SQLSTATE: what is wrong with the one row that was written. */
const CODES: Readonly<Record<string, RefusalCode>> = {
  "23505": "unique",
  "23P01": "unique",
  "23502": "required",
  "23503": "reference",
  "23514": "check",
  "44000": "check",
  "22001": "length",
  // Too long for an index.
  "54000": "length",
  "22003": "range",
  "22008": "range",
  "42501": "permission",
  "428C9": "permission",
  "42804": "type",
  // A trigger's own exception.
  P0001: "check",
};

/**
 * Classes of errors that say nothing of a row: connection, transaction state, roll-back, resources,
 * an operator's act, the system. All others are refusals; a trigger may raise any code it likes.
 */
const SYSTEM_CLASSES = ["08", "25", "2D", "3B", "40", "53", "57", "58", "F0", "XX"];

/** What is wrong with one row's write is wrong with all of them: the table or our rights. */
const TABLE_CODES = ["428C9", "55000"];

/**
 * True when no row of the statement can be written, so that looking for the bad one is vain.
 * Class 42 is a statement that does not fit its table, or a right that we lack.
 */
export function isForAllRows(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  const code = error.code ?? "";
  return code.startsWith("42") || TABLE_CODES.includes(code);
}

/** The row's result for an error of the server; null when the error is not the row's fault. */
export function refusalOf(error: unknown, table: Table, columns: Columns): Refused | null {
  if (!(error instanceof pg.DatabaseError)) return null;
  const code = error.code ?? "";
  if (code === "" || SYSTEM_CLASSES.includes(code.slice(0, 2))) return null;
  const fallback = code.startsWith("22") ? "type" : "other";
  return {
    status: "refused",
    code: CODES[code] ?? fallback,
    column: columnOf(error, table, columns),
    message: messageOf(error),
  };
}

function messageOf(error: pg.DatabaseError): string {
  const detail = error.detail === undefined ? "" : ` ${error.detail}`;
  const message = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  return `${message.replace(/\.?$/, ".")}${detail}`;
}

function columnOf(error: pg.DatabaseError, table: Table, columns: Columns): string | null {
  if (error.column !== undefined) return error.column;
  const constrained = error.constraint === undefined ? [] : table.constraints.get(error.constraint);
  // Of several columns the first that this write sets is the likeliest to be looked at.
  const [column] = (constrained ?? []).filter((name) => name in columns);
  if (column !== undefined) return column;
  return columnTooLong(error, table, columns) ?? columnWithNul(error, columns);
}

/** Nor which JSON has a sign that its type cannot hold. */
function columnWithNul(error: pg.DatabaseError, columns: Columns): string | null {
  if (error.code !== "22P05") return null;
  const isOdd = (value: Columns[string]) =>
    typeof value === "string" && /\\u(0000|d[89a-f])/i.test(value);
  return Object.keys(columns).find((name) => isOdd(columns[name] ?? null)) ?? null;
}

/** The server does not say which column a text is too long for. */
function columnTooLong(error: pg.DatabaseError, table: Table, columns: Columns): string | null {
  if (error.code !== "22001") return null;
  const column = table.schema.columns.find(({ name, lengthMax }) => {
    const value = columns[name];
    return lengthMax !== undefined && typeof value === "string" && [...value].length > lengthMax;
  });
  return column?.name ?? null;
}
