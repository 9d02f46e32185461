import { z } from "zod";
import { canonicalDecimal } from "../values/decimal.ts";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { restoring } from "./each-value.ts";
import { defineTransform, problem, type StepProblem, type StepResult } from "./transform.ts";

export const money = defineTransform({
  id: "money",
  title: "Money",
  summary: "Makes money of an amount and its currency.",
  help:
    "Takes the column of the amount, then the column of the currency. Where the system has one " +
    "currency only, name it, and the edge needs no second column; an amount in another currency " +
    "then waits instead of losing its currency.",
  accepts: ["decimal", "integer", "text"],
  returns: ["money"],
  settings: z.strictObject({
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "Use the three letters of a currency, such as EUR.")
      .optional()
      .describe("The system's only currency"),
  }),
  sentence: ({ currency }) =>
    currency === undefined
      ? "Makes money of an amount and its currency; on the way back takes them apart."
      : `Takes the amount as ${currency}; on the way back writes the amount alone.`,

  compile({ currency }) {
    const make = ([amount, own]: readonly FieldValue[]): StepResult =>
      toMoney(amount ?? null, currency ?? own ?? null);
    const outputs = 1;
    if (currency === undefined) {
      const write = ([value = null]: readonly FieldValue[]): StepResult => {
        const parts = value === null ? { amount: null, currency: null } : fromMoney(value);
        return "ok" in parts ? parts : { ok: true, values: [parts.amount, parts.currency] };
      };
      return { kind: "lossy", inputs: 2, outputs, forward: make, backward: restoring(make, write) };
    }
    const write = ([value = null]: readonly FieldValue[]): StepResult => {
      if (value === null) return { ok: true, values: [null] };
      const parts = fromMoney(value);
      if ("ok" in parts) return parts;
      if (parts.currency === currency) return { ok: true, values: [parts.amount] };
      return problem("currency", `${quoteValue(value)} is not in ${currency}.`);
    };
    return {
      kind: "lossless",
      inputs: 1,
      outputs,
      forward: make,
      backward: restoring(make, write),
    };
  },

  examples: [
    { settings: {}, forward: ["9.90", "EUR"], gives: [{ amount: "9.9", currency: "EUR" }] },
    { settings: {}, forward: [null, "EUR"], gives: [null] },
    { settings: {}, forward: ["9.90", "euro"], fails: "type" },
    { settings: {}, forward: ["9,90", "EUR"], fails: "type" },
    { settings: {}, backward: [{ amount: "9.9", currency: "EUR" }], gives: ["9.9", "EUR"] },
    { settings: {}, backward: [null], previous: [null, "EUR"], gives: [null, "EUR"] },
    { settings: { currency: "EUR" }, forward: ["9"], gives: [{ amount: "9", currency: "EUR" }] },
    { settings: { currency: "EUR" }, backward: [{ amount: "9", currency: "EUR" }], gives: ["9"] },
    {
      settings: { currency: "EUR" },
      backward: [{ amount: "9", currency: "USD" }],
      fails: "currency",
    },
    { settings: { currency: "EUR" }, backward: [null], gives: [null] },
  ],
});

function toMoney(amount: FieldValue, currency: FieldValue): StepResult {
  if (amount === null) return { ok: true, values: [null] };
  const number = typeof amount === "string" ? canonicalDecimal(amount) : null;
  if (number === null) return problem("type", `${quoteValue(amount)} is not a decimal number.`);
  if (typeof currency !== "string" || !/^[A-Z]{3}$/.test(currency)) {
    return problem("type", `${quoteValue(currency)} is not a currency such as EUR.`);
  }
  return { ok: true, values: [{ amount: number, currency }] };
}

function fromMoney(value: FieldValue): { amount: string; currency: string } | StepProblem {
  if (typeof value === "object" && value !== null && "currency" in value) return value;
  return problem("type", `${quoteValue(value)} is not an amount of money.`);
}
