import Big from "big.js";
import { z } from "zod";
import { canonicalDecimal, shiftDecimal } from "../values/decimal.ts";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, isProblem, type One } from "./each-value.ts";
import { defineTransform, problem } from "./transform.ts";

const ROUNDINGS = ["half-up", "half-even", "down"] as const;
type Rounding = (typeof ROUNDINGS)[number];
const BIG_ROUNDINGS = { down: 0, "half-up": 1, "half-even": 2 } as const;

/** Digits behind the point to which a division is tried before it counts as endless. */
const QUOTIENT_DIGITS = 60;

/** An own constructor: its precision must not depend on what others set on the shared one. */
const Exact = Big();
Exact.DP = QUOTIENT_DIGITS;

const Digits = z.int().min(0).max(30).optional();

export const scale = defineTransform({
  id: "scale",
  title: "Multiply or divide",
  summary: "Multiplies or divides a number exactly: cents to euros, grams to kilograms.",
  help:
    "The number is calculated exactly, never as a floating-point number. On the way back the " +
    "opposite is done. Nothing is rounded unless you say to how many digits and how; a result " +
    "with endless digits is a problem then, and the value waits.",
  accepts: ["integer", "decimal", "text"],
  returns: ["integer", "decimal"],
  settings: z.strictObject({
    operation: z.enum(["multiply", "divide"]).describe("What is done on the way to the hub"),
    factor: z
      .string()
      .regex(/^(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?$/, "Use a number such as 100 or 0.4536.")
      .refine((factor) => !/^[0.]+$/.test(factor), "The factor cannot be zero.")
      .describe("The number to multiply or divide by"),
    fieldDigits: Digits.describe("Round to so many digits behind the point in the hub"),
    columnDigits: Digits.describe("Round to so many digits behind the point in the system"),
    rounding: z.enum(ROUNDINGS).optional().describe("How to round"),
  }),
  sentence: ({ operation, factor, fieldDigits, columnDigits }) => {
    const [there, back] =
      operation === "multiply" ? ["Multiplies", "divides"] : ["Divides", "multiplies"];
    const main = `${there} by ${factor}; on the way back ${back} by it`;
    return fieldDigits === undefined && columnDigits === undefined
      ? `${main}, exactly.`
      : `${main}, rounding where it must.`;
  },

  compile({ operation, factor, fieldDigits, columnDigits, rounding }) {
    const rounds = fieldDigits !== undefined || columnDigits !== undefined;
    if (rounds !== (rounding !== undefined)) return "Say both how many digits and how to round.";
    const multiply = multiplier(factor);
    const divide = divider(factor);
    const [there, back] = operation === "multiply" ? [multiply, divide] : [divide, multiply];
    return eachValue({
      kind: rounds ? "lossy" : "lossless",
      read: calculation(there, fieldDigits, rounding),
      write: calculation(back, columnDigits, rounding),
    });
  },

  examples: [
    { settings: { operation: "divide", factor: "100" }, forward: ["1999"], gives: ["19.99"] },
    { settings: { operation: "divide", factor: "100" }, forward: ["-5"], gives: ["-0.05"] },
    { settings: { operation: "divide", factor: "100" }, backward: ["19.99"], gives: ["1999"] },
    { settings: { operation: "divide", factor: "100" }, backward: ["19.995"], gives: ["1999.5"] },
    { settings: { operation: "multiply", factor: "2.54" }, forward: ["10"], gives: ["25.4"] },
    { settings: { operation: "multiply", factor: "2.54" }, backward: ["25.4"], gives: ["10"] },
    { settings: { operation: "multiply", factor: "3" }, backward: ["10"], fails: "inexact" },
    { settings: { operation: "divide", factor: "100" }, forward: [null], gives: [null] },
    { settings: { operation: "divide", factor: "100" }, forward: ["12,5"], fails: "type" },
    {
      settings: { operation: "divide", factor: "3", fieldDigits: 2, rounding: "half-up" },
      forward: ["200"],
      gives: ["66.67"],
    },
    {
      settings: { operation: "divide", factor: "3", fieldDigits: 2, rounding: "half-up" },
      backward: ["66.67"],
      previous: ["200"],
      gives: ["200"],
    },
    {
      settings: { operation: "divide", factor: "3", fieldDigits: 2 },
      forward: ["1"],
      fails: "settings",
    },
    { settings: { operation: "divide", factor: "0.0" }, forward: ["1"], fails: "settings" },
  ],
});

/** Gives the exact result, or null where it has endless digits; then `rounded` is asked. */
type Calculation = {
  exact(value: string): string | null;
  rounded(value: string, digits: number, rounding: Rounding): string;
};

function multiplier(factor: string): Calculation {
  const shift = powerOfTen(factor);
  const by = new Exact(factor);
  const exact = (value: string): string =>
    shift === null ? new Exact(value).times(by).toFixed() : shiftDecimal(value, shift);
  return { exact, rounded: (value, digits, rounding) => round(exact(value), digits, rounding) };
}

function divider(factor: string): Calculation {
  const shift = powerOfTen(factor);
  const by = new Exact(factor);
  const inverse = new Exact(1).div(by);
  // A divisor of twos and fives has an inverse that ends; then every division ends.
  const ends = inverse.times(by).eq(1);
  return {
    exact(value) {
      if (shift !== null) return shiftDecimal(value, -shift);
      if (ends) return new Exact(value).times(inverse).toFixed();
      const quotient = new Exact(value).div(by);
      return quotient.times(by).eq(value) ? quotient.toFixed() : null;
    },
    rounded(value, digits, rounding) {
      const Rounding = Big();
      Rounding.DP = digits;
      Rounding.RM = BIG_ROUNDINGS[rounding];
      return new Rounding(value).div(factor).toFixed();
    },
  };
}

/** The exponent when the factor is 10, 100, 0.01 …: then only the point moves. */
function powerOfTen(factor: string): number | null {
  const { c: digits, e: exponent } = new Exact(factor);
  return digits.length === 1 && digits[0] === 1 ? exponent : null;
}

function round(value: string, digits: number, rounding: Rounding): string {
  return new Exact(value).round(digits, BIG_ROUNDINGS[rounding]).toFixed();
}

function calculation(
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

function readNumber(value: FieldValue): string | ReturnType<typeof problem> {
  const number = typeof value === "string" ? canonicalDecimal(value) : null;
  return number ?? problem("type", `${quoteValue(value)} is not a decimal number.`);
}
