import type { Connection } from "../../db/client.ts";

/**
 * Hands a batch to a statement as one parameter: `json_to_recordset(${rowsParameter(sql, rows)})`.
 * The text cast keeps the driver from encoding the text a second time.
 */
export function rowsParameter(sql: Connection, rows: readonly unknown[]) {
  return sql`${JSON.stringify(rows)}::text::json`;
}

/** What an array literal takes for something else than itself. */
const SPECIAL = /["\\]/;
const SPECIALS = /["\\]/g;
/** What JSON would write in another way than an array literal does. */
const OTHER_IN_JSON = /[\p{Cc}\p{Cs}]/u;

/**
 * One column of a batch as one parameter: `unnest(${arrayParameter(texts)}::text[])`. Cheaper than
 * the driver's own, which looks at each value's type.
 *
 * ["a", null, 'b"'] => '{"a",NULL,"b\""}'
 */
export function arrayParameter(texts: readonly (string | number | null)[]): string {
  let literal = "{";
  for (let place = 0; place < texts.length; place += 1) {
    if (place > 0) literal += ",";
    const text = texts[place];
    if (text === null || text === undefined) literal += "NULL";
    else if (typeof text === "number") literal += text;
    else literal += SPECIAL.test(text) ? quoted(text) : `"${text}"`;
  }
  return `${literal}}`;
}

/** Most texts with quotes in them are JSON, and JSON quotes as an array literal does, faster. */
function quoted(text: string): string {
  return OTHER_IN_JSON.test(text) ? `"${text.replace(SPECIALS, "\\$&")}"` : JSON.stringify(text);
}
