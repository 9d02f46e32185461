import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { type AmountParts, amountOf } from "./amount-of.ts";
import { defineTransform, problem, type StepProblem } from "./transform.ts";

export const OnlyCurrency = z
  .string()
  .regex(/^[A-Z]{3}$/, "Use the three letters of a currency, such as EUR.")
  .optional()
  .describe("The system's only currency");

export const money = defineTransform({
  id: "money",
  summary: "Makes money of an amount and its currency.",
  help:
    "Takes the column of the amount, then the column of the currency. Where the system has one " +
    "currency only, name it, and the edge needs no second column; an amount in another currency " +
    "then waits instead of losing its currency.",
  accepts: ["decimal", "integer", "text"],
  returns: ["money"],
  settings: z.strictObject({
    currency: OnlyCurrency,
  }),
  sentence: ({ currency }) =>
    currency === undefined
      ? "Makes money of an amount and its currency; on the way back takes them apart."
      : `Takes the amount as ${currency}; on the way back writes the amount alone.`,

  compile: ({ currency }) => amountOf({ fixed: currency, compose: toMoney, parts: fromMoney }),

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
      fails: "other",
    },
    { settings: { currency: "EUR" }, backward: [null], gives: [null] },
  ],
});

function toMoney(amount: string, currency: FieldValue): FieldValue | StepProblem {
  if (typeof currency === "string" && /^[A-Z]{3}$/.test(currency)) return { amount, currency };
  return problem("type", `${quoteValue(currency)} is not a currency such as EUR.`);
}

export function fromMoney(value: FieldValue): AmountParts | StepProblem {
  if (typeof value === "object" && value !== null && "currency" in value) {
    return { amount: value.amount, of: value.currency };
  }
  return problem("type", `${quoteValue(value)} is not an amount of money.`);
}
