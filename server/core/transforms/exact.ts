import Big from "big.js";
import { z } from "zod";
import { canonicalDecimal } from "../values/decimal.ts";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { isProblem, type One } from "./each-value.ts";
import { problem, type StepProblem } from "./transform.ts";

export const ROUNDINGS = ["half-up", "half-even", "down", "up"] as const;
export type Rounding = (typeof ROUNDINGS)[number];
const BIG_ROUNDINGS = { down: 0, "half-up": 1, "half-even": 2, up: 3 } as const;

/** Digits behind the point to which a division is tried before it counts as endless. */
const QUOTIENT_DIGITS = 60;

/** An own constructor: its precision must not depend on what others set on the shared one. */
export const Exact = Big();
Exact.DP = QUOTIENT_DIGITS;

const Digits = z.int().min(0).max(30).optional();

/** Settings of a step that may have to round, in either direction. */
export const ROUNDING_SETTINGS = {
  fieldDigits: Digits.describe("Round to so many digits behind the point in the hub"),
  columnDigits: Digits.describe("Round to so many digits behind the point in the system"),
  rounding: z.enum(ROUNDINGS).optional().describe("How to round"),
} as const;

export type RoundingSettings = z.output<z.ZodObject<typeof ROUNDING_SETTINGS>>;

/** Whether it rounds at all; a sentence where the settings say only half of how. */
export function rounds({
  fieldDigits,
  columnDigits,
  rounding,
}: RoundingSettings): boolean | string {
  const isAny = fieldDigits !== undefined || columnDigits !== undefined;
  if (isAny !== (rounding !== undefined)) return "Say both how many digits and how to round.";
  return isAny;
}

/** Gives the exact result, or null where it has endless digits; then `rounded` is asked. */
export type Calculation = {
  exact(value: string): string | null;
  rounded(value: string, digits: number, rounding: Rounding): string;
};

/** Makes a function of values out of a calculation, rounding where digits are given. */
export function calculation(
  { exact, rounded }: Calculation,
  digits: number | undefined,
  rounding: Rounding | undefined,
): (value: FieldValue) => One {
  return (value) => {
    if (value === null || value === "") return value;
    const number = readNumber(value);
    if (isProblem(number)) return number;
    const isRounded = digits !== undefined && rounding !== undefined;
    const result = isRounded ? rounded(number, digits, rounding) : exact(number);
    if (result === null) {
      return problem("inexact", `${quoteValue(value)} gives a number with endless digits here.`);
    }
    return canonicalDecimal(result) ?? result;
  };
}

/** A decimal number as systems spell it, exact. */
export function readNumber(value: FieldValue): string | StepProblem {
  const number = typeof value === "string" ? canonicalDecimal(value) : null;
  return number ?? problem("type", `${quoteValue(value)} is not a decimal number.`);
}

/** Divides exactly, or gives null where the quotient has endless digits. */
export function divideExactly(value: Big, by: Big): Big | null {
  const quotient = value.div(by);
  return quotient.times(by).eq(value) ? quotient : null;
}

/** Divides and rounds once, so that nothing is rounded twice. */
export function divideRounded(value: Big, by: Big, digits: number, rounding: Rounding): string {
  const Rounded = Big();
  Rounded.DP = digits;
  Rounded.RM = BIG_ROUNDINGS[rounding];
  return new Rounded(value).div(by).toFixed();
}

export function roundTo(value: string, digits: number, rounding: Rounding): string {
  return new Exact(value).round(digits, BIG_ROUNDINGS[rounding]).toFixed();
}

/** How a way of rounding is said in a sentence. */
export const ROUNDING_WORDS: Readonly<Record<Rounding, string>> = {
  "half-up": "halves away from zero",
  "half-even": "halves to the even digit",
  down: "towards zero",
  up: "away from zero",
};

/** Treats numbers, lets no value and the empty text through, and refuses the rest. */
export function ofNumber(convert: (number: string) => One): (value: FieldValue) => One {
  return (value) => {
    if (value === null || value === "") return value;
    const number = readNumber(value);
    return isProblem(number) ? number : convert(number);
  };
}
