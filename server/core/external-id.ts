import { assert } from "./assert.ts";
import type { ColumnValue } from "./values/field-value.ts";

/**
 * The text that names a row: the value of its key column, or of several the JSON list.
 *
 * ["42"] => "42" · ["DE", "7"] => '["DE","7"]'
 */
export function externalIdOf(parts: readonly string[]): string {
  const [only] = parts;
  assert(only !== undefined, "A row is named by one key column at least.");
  return parts.length === 1 ? only : JSON.stringify(parts);
}

/**
 * The key columns' values behind an external id; null when it is none of a key with so many
 * columns, which a person may have typed.
 */
export function keyPartsOf(externalId: string, columns: number): readonly string[] | null {
  if (columns === 1) return [externalId];
  try {
    const parts: unknown = JSON.parse(externalId);
    if (!Array.isArray(parts) || parts.length !== columns) return null;
    return parts.every((part) => typeof part === "string") ? parts : null;
  } catch {
    return null;
  }
}

/** The text of a value that is part of a key. */
export function keyText(value: ColumnValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
