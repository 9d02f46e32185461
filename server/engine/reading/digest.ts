import { createHash } from "node:crypto";
import type { Columns } from "../../core/values/field-value.ts";

/** Of a row's columns in any order: an answer that the hub has kept has them in another one. */
export function digestOf(columns: Columns): string {
  const entries = Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha1").update(JSON.stringify(entries)).digest("base64");
}
