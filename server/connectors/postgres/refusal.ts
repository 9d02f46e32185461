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
  "22003": "range",
  "22008": "range",
  "42501": "permission",
  "428C9": "permission",
  "42804": "type",
  // A trigger's own exception.
  P0001: "check",
};

/** Errors of these classes come from the row's values; 22 is a value that does not fit its type. */
const ROW_CLASSES = ["22", "23", "44", "P0"];
const ROW_CODES = ["42501", "428C9", "42804", "55000", "0A000"];

/** The row's result for an error of the server; null when the error is not the row's fault. */
export function refusalOf(error: unknown, table: Table, columns: Columns): Refused | null {
  if (!(error instanceof pg.DatabaseError)) return null;
  const code = error.code ?? "";
  if (!ROW_CLASSES.includes(code.slice(0, 2)) && !ROW_CODES.includes(code)) return null;
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
  return columnTooLong(error, table, columns);
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
