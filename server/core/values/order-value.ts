import { compareDecimals } from "./decimal.ts";
import type { FieldType, FieldValue } from "./field-value.ts";
import { compareTemporal } from "./temporal.ts";

/**
 * Negative, zero or positive as `a` is less than, equal to or more than `b`; null where the two
 * have no order: a blank, or amounts of different currencies or units.
 */
export type Order = (a: FieldValue, b: FieldValue) => number | null;

/** Types whose values have an order that everybody agrees on: texts have none. */
export const ORDERED_TYPES = [
  "integer",
  "decimal",
  "money",
  "quantity",
  "date",
  "time",
  "instant",
] as const satisfies readonly FieldType[];

const ORDERS: Readonly<Record<(typeof ORDERED_TYPES)[number], Order>> = {
  integer: ofTexts(compareDecimals),
  decimal: ofTexts(compareDecimals),
  money: ofAmounts,
  quantity: ofAmounts,
  date: ofTexts(compareTemporal),
  time: ofTexts(compareTemporal),
  instant: ofTexts(compareTemporal),
};

/** The order of a type's canonical values; undefined for a type that has none. */
export function orderOf(type: FieldType): Order | undefined {
  return (ORDERS as Partial<Readonly<Record<FieldType, Order>>>)[type];
}

function ofTexts(compare: (a: string, b: string) => number): Order {
  return (a, b) =>
    typeof a === "string" && typeof b === "string" && a !== "" && b !== "" ? compare(a, b) : null;
}

function ofAmounts(a: FieldValue, b: FieldValue): number | null {
  const [left, right] = [measureOf(a), measureOf(b)];
  if (left === null || right === null || left.unit !== right.unit) return null;
  return compareDecimals(left.amount, right.amount);
}

function measureOf(value: FieldValue): { amount: string; unit: string } | null {
  if (value === null || typeof value !== "object" || !("amount" in value)) return null;
  return { amount: value.amount, unit: "currency" in value ? value.currency : value.unit };
}
