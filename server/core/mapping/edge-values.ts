import type { ColumnSchema } from "../map/object-schema.ts";
import type { FieldType, FieldValue, ValueOptions } from "../values/field-value.ts";

/**
 * Values on which mappings break: empty, spaced, in other cases and spellings, at the ends of
 * their ranges. Canonical for a field; `columnValues` adds how systems spell them.
 */
const VALUES: Readonly<Record<FieldType, readonly FieldValue[]>> = {
  text: [
    ...[
      "Ada",
      "ada",
      "ADA",
      "Ada Lovelace",
      " Ada ",
      "Ada  Lovelace",
      "Straße",
      "Zoë",
      "Anne-Marie",
    ],
    ...[
      "Jan van der Berg",
      "Gabriel García Márquez",
      "O'Neill",
      "0",
      "007",
      "12.50",
      "a/b",
      "a, b",
      "-",
    ],
    ...["Germany", "Great Britain", "DE", "true", "😀", ""],
  ],
  integer: ["0", "1", "-1", "7", "100", "1999", "2147483647", "9007199254740993"],
  decimal: ["0", "1", "-1", "19.99", "0.01", "-0.005", "0.333333333333", "12345678901234567890.5"],
  boolean: [true, false],
  date: ["2026-02-28", "2024-02-29", "1969-12-31", "0001-01-01", "9999-12-31"],
  time: ["00:00:00", "14:02:00", "23:59:59.999999"],
  instant: [
    ...["2026-02-28T13:02:00Z", "2026-03-29T01:30:00.5Z", "1969-12-31T23:59:59.999999Z"],
    ...["2026-10-25T00:30:00Z", "0001-01-02T00:00:00Z"],
  ],
  enum: [],
  money: [
    { amount: "19.99", currency: "EUR" },
    { amount: "0", currency: "USD" },
    { amount: "1000", currency: "JPY" },
  ],
  quantity: [
    { amount: "2", unit: "kg" },
    { amount: "0.5", unit: "m²" },
  ],
  list: [[], ["a"], ["b", "a", "a"], ["a", null]],
  set: [[], ["a"], ["a", "b"]],
  reference: ["018f2b1e-0000-7000-8000-000000000001"],
  json: ["{}", '{"a":1.50,"b":[null]}', '"text"', "null"],
};

/** Spellings that a system may have beside the canonical ones. */
const SPELLINGS: Partial<Readonly<Record<FieldType, readonly FieldValue[]>>> = {
  text: ["Zoe\u0308", "  ", "germany"],
  decimal: ["19.90", "0.00", "100.000"],
};

export function fieldValues(type: FieldType, options: ValueOptions = {}): readonly FieldValue[] {
  if (options.values !== undefined && options.values.length > 0) return [...options.values, null];
  if ((type === "list" || type === "set") && options.items !== undefined) {
    const items = VALUES[options.items].slice(0, 2);
    return [[], items.slice(0, 1), items, null];
  }
  return [...VALUES[type], null];
}

/** A column that nothing is known of gets what a text column gets. */
export function columnValues(column: ColumnSchema | undefined): readonly FieldValue[] {
  const type = column?.type ?? "text";
  const values = [...(column?.values ?? []), ...VALUES[type], ...(SPELLINGS[type] ?? [])];
  for (const bound of [column?.min, column?.max]) if (bound !== undefined) values.push(bound);
  return column?.nullable === false ? values : [...values, null];
}

/**
 * Rows of one value each: every value of every list appears, and lists meet in changing pairs.
 *
 * [a b c] [1 2] => [a 1] [b 2] [c 1] [b 1] [c 2] [a 1] …
 */
export function combine(lists: readonly (readonly FieldValue[])[]): readonly FieldValue[][] {
  const longest = Math.max(...lists.map((list) => list.length));
  const rounds = lists.length === 1 ? 1 : lists.length + 1;
  return Array.from({ length: longest * rounds }, (_, at) => {
    const round = Math.floor(at / longest);
    return lists.map((list, index) => list[(at + round * index) % list.length] ?? null);
  });
}
