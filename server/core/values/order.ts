import { compareDecimals } from "./decimal.ts";
import type { FieldType, FieldValue } from "./field-value.ts";
import { compareTemporal } from "./temporal.ts";

/** How the values of a type follow each other, and the type in which a bound of them is written. */
export type Order = { readonly boundType: FieldType; compare(a: string, b: string): number };

/** Types without an order are missing: nobody agrees on which of two texts is the smaller one. */
export const ORDERS: Partial<Readonly<Record<FieldType, Order>>> = {
  integer: { boundType: "decimal", compare: compareDecimals },
  decimal: { boundType: "decimal", compare: compareDecimals },
  money: { boundType: "decimal", compare: compareDecimals },
  quantity: { boundType: "decimal", compare: compareDecimals },
  date: { boundType: "date", compare: compareTemporal },
  time: { boundType: "time", compare: compareTemporal },
  instant: { boundType: "instant", compare: compareTemporal },
};

/** What of a canonical value is compared with a bound: of an amount, its number. */
export function measureOf(value: Exclude<FieldValue, null>): string {
  return typeof value === "object" && "amount" in value ? value.amount : String(value);
}
