import type { FieldValue } from "../../server/core/values/field-value.ts";

/** The four states of a value; `undefined` stands for absent. */
export type ValueState = "value" | "null" | "empty" | "absent";

/** Which of the four states a value is in. An empty list counts as empty. */
export function valueState(value: FieldValue | undefined): ValueState {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (value === "" || (Array.isArray(value) && value.length === 0)) return "empty";
  return "value";
}

/**
 * A value as one line of plain text, exact: for copying, comparing and cutting.
 *
 * { amount: "9.99", currency: "EUR" } => "9.99 EUR"; ["a", "b"] => "a, b"; null => "null"
 */
export function valueText(value: FieldValue | undefined): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if ("currency" in value) return `${value.amount} ${value.currency}`;
  if ("unit" in value) return `${value.amount} ${value.unit}`;
  if ("parts" in value) return Object.values(value.parts).map(valueText).join(", ");
  return value.map((item) => (item === "" ? '""' : valueText(item))).join(", ");
}
