import type { Connection } from "../../db/client.ts";

/**
 * Hands a batch to a statement as one parameter: `json_to_recordset(${rowsParameter(sql, rows)})`.
 * The text cast keeps the driver from encoding the text a second time.
 */
export function rowsParameter(sql: Connection, rows: readonly unknown[]) {
  return sql`${JSON.stringify(rows)}::text::json`;
}
