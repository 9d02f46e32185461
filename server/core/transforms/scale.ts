import { z } from "zod";
import { shiftDecimal } from "../values/decimal.ts";
import { eachValue } from "./each-value.ts";
import {
  type Calculation,
  calculation,
  divideExactly,
  divideRounded,
  Exact,
  ROUNDING_SETTINGS,
  rounds,
  roundTo,
} from "./exact.ts";
import { defineTransform } from "./transform.ts";

export const scale = defineTransform({
  id: "scale",
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
    ...ROUNDING_SETTINGS,
  }),
  sentence: ({ operation, factor, fieldDigits, columnDigits }) => {
    const [there, back] =
      operation === "multiply" ? ["Multiplies", "divides"] : ["Divides", "multiplies"];
    const main = `${there} by ${factor}; on the way back ${back} by it`;
    return fieldDigits === undefined && columnDigits === undefined
      ? `${main}, exactly.`
      : `${main}, rounding where it must.`;
  },

  compile({ operation, factor, ...settings }) {
    const isRounded = rounds(settings);
    if (typeof isRounded === "string") return isRounded;
    const { fieldDigits, columnDigits, rounding } = settings;
    const multiply = multiplier(factor);
    const divide = divider(factor);
    const [there, back] = operation === "multiply" ? [multiply, divide] : [divide, multiply];
    return eachValue({
      kind: isRounded ? "lossy" : "lossless",
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

function multiplier(factor: string): Calculation {
  const shift = powerOfTen(factor);
  const by = new Exact(factor);
  const exact = (value: string): string =>
    shift === null ? new Exact(value).times(by).toFixed() : shiftDecimal(value, shift);
  return { exact, rounded: (value, digits, rounding) => roundTo(exact(value), digits, rounding) };
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
      return divideExactly(new Exact(value), by)?.toFixed() ?? null;
    },
    rounded: (value, digits, rounding) => divideRounded(new Exact(value), by, digits, rounding),
  };
}

/** The exponent when the factor is 10, 100, 0.01 …: then only the point moves. */
function powerOfTen(factor: string): number | null {
  const { c: digits, e: exponent } = new Exact(factor);
  return digits.length === 1 && digits[0] === 1 ? exponent : null;
}
