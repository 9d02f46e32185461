import { compareTemporal } from "../values/temporal.ts";
import type { Type } from "./types.ts";
import {
  isInstance,
  isMoment,
  isNumber,
  Missing,
  type Moment,
  Unanswered,
  type Value,
} from "./value.ts";

const ORDERED: readonly Type["kind"][] = ["number", "date", "time", "instant", "moment"];

/** Has it an order? Nobody agrees on which of two texts is the smaller one. */
export const isOrdered = (type: Type): boolean => ORDERED.includes(type.kind);

/** Negative, zero or positive as the first is less than, equal to or more than the other. */
export function order(a: Value, b: Value): number {
  if (isNumber(a) && isNumber(b)) return a.cmp(b);
  if (typeof a === "string" && typeof b === "string") return compareTemporal(a, b);
  if (isMoment(a) && isMoment(b)) return orderMoments(a, b);
  throw new Missing("A value is missing where two are compared.");
}

/** Edits that are closer together than their clocks can tell have no order. */
function orderMoments(a: Moment, b: Moment): number {
  const apart = a.microseconds - b.microseconds;
  if (a.source === b.source) return apart;
  const errorMs = a.errorMs === null || b.errorMs === null ? null : a.errorMs + b.errorMs;
  if (errorMs !== null && Math.abs(apart) > errorMs * 1_000) return apart;
  throw new Unanswered("The two edits are closer together than their clocks can tell.", true);
}

/** Do they mean the same? */
export function isSameValue(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b;
  if (isNumber(a) && isNumber(b)) return a.eq(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, at) => isSameValue(one, b[at] ?? null));
  }
  if (isInstance(a) && isInstance(b)) {
    return ["amount", "currency", "unit"].every((name) =>
      isSameValue(a.member(name), b.member(name)),
    );
  }
  return a === b;
}
