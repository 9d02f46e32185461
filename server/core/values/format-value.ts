import { type FieldValue, isList, isTuple } from "./field-value.ts";

/** Most characters (code points) of a value that a message shows. */
const QUOTED_LENGTH_MAX = 60;

/**
 * A value as screens write it, whole. Null and empty look different: they mean different things.
 */
export function formatValue(value: FieldValue): string {
  if (value === null) return "no value";
  if (value === "") return "empty text";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (isList(value)) return value.length === 0 ? "empty list" : value.map(formatValue).join(", ");
  if (isTuple(value)) return Object.values(value.parts).map(formatValue).join(", ");
  return "currency" in value
    ? `${value.amount} ${value.currency}`
    : `${value.amount} ${value.unit}`;
}

/**
 * A value as messages quote it: on one line and shortened.
 *
 * "12,5" => `"12,5"` · null => `no value` · { amount: "9.99", currency: "EUR" } => `9.99 EUR`
 */
export function quoteValue(value: FieldValue, lengthMax = QUOTED_LENGTH_MAX): string {
  if (value === "") return '""';
  const short = shorten(formatValue(value), lengthMax);
  return typeof value === "string" ? `"${short}"` : short;
}

/** Cuts a text to `lengthMax` code points and puts it on one line. */
export function shorten(text: string, lengthMax: number): string {
  // A code point is at most two units, and one more unit tells whether something was cut.
  const points = Array.from(text.slice(0, 2 * lengthMax + 2));
  const isCut = points.length > lengthMax;
  const head = isCut ? `${points.slice(0, lengthMax).join("")}…` : text;
  return head.replace(/\p{Cc}+/gu, " ");
}
