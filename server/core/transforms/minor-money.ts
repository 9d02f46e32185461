import { z } from "zod";
import { shiftDecimal } from "../values/decimal.ts";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { type AmountParts, amountOf } from "./amount-of.ts";
import { findCurrency } from "./currencies.ts";
import { fromMoney, OnlyCurrency } from "./money.ts";
import { defineTransform, problem, type StepProblem } from "./transform.ts";

export const minorMoney = defineTransform({
  id: "minor-money",
  summary: "Makes money of cents: 1999 and EUR are 19.99 EUR.",
  help:
    "For systems that count money in its smallest unit. How many of them make one differs: 100 cents " +
    "a euro, no smaller unit than the yen, 1000 fils a Kuwaiti dinar; ISO 4217 says it. Takes the " +
    "column of the amount, then the column of the currency; name the currency if the system has one " +
    "only. Money that does not come out in whole cents waits, and is never rounded.",
  accepts: ["integer", "decimal", "text"],
  returns: ["money"],
  settings: z.strictObject({ currency: OnlyCurrency }),
  sentence: ({ currency }) =>
    currency === undefined
      ? "Makes money of its smallest unit and the currency; on the way back takes them apart."
      : `Takes the amount as the smallest unit of ${currency}; on the way back writes it so.`,

  compile({ currency }) {
    if (currency !== undefined && digitsOf(currency) === null) return unknown(currency);
    return amountOf({ fixed: currency, compose: toMoney, parts: toMinor });
  },

  examples: [
    { settings: {}, forward: ["1999", "EUR"], gives: [{ amount: "19.99", currency: "EUR" }] },
    { settings: {}, forward: ["1999", "JPY"], gives: [{ amount: "1999", currency: "JPY" }] },
    { settings: {}, forward: ["1999", "KWD"], gives: [{ amount: "1.999", currency: "KWD" }] },
    { settings: {}, forward: [null, "EUR"], gives: [null] },
    { settings: {}, forward: ["19.99", "EUR"], fails: "too-fine" },
    { settings: {}, forward: ["1999", "ABC"], fails: "no-currency" },
    { settings: {}, backward: [{ amount: "19.99", currency: "EUR" }], gives: ["1999", "EUR"] },
    { settings: {}, backward: [{ amount: "19.995", currency: "EUR" }], fails: "too-fine" },
    { settings: { currency: "EUR" }, forward: ["5"], gives: [{ amount: "0.05", currency: "EUR" }] },
    { settings: { currency: "EUR" }, backward: [{ amount: "5", currency: "EUR" }], gives: ["500"] },
    { settings: { currency: "EUR" }, backward: [{ amount: "5", currency: "USD" }], fails: "other" },
    { settings: { currency: "ABC" }, forward: ["5"], fails: "settings" },
  ],
});

function toMoney(amount: string, currency: FieldValue): FieldValue | StepProblem {
  const digits = digitsOf(currency);
  if (digits === null || typeof currency !== "string") {
    return problem("no-currency", unknown(currency));
  }
  if (amount.includes(".")) return tooFine(`${amount} of the smallest unit of ${currency}`);
  return { amount: shiftDecimal(amount, -digits), currency };
}

function toMinor(value: FieldValue): AmountParts | StepProblem {
  const money = fromMoney(value);
  if ("ok" in money) return money;
  const digits = digitsOf(money.of);
  if (digits === null) return problem("no-currency", unknown(money.of));
  const amount = shiftDecimal(money.amount, digits);
  return amount.includes(".") ? tooFine(quoteValue(value)) : { amount, of: money.of };
}

function digitsOf(currency: FieldValue): number | null {
  const found = typeof currency === "string" ? findCurrency("code", currency) : null;
  return found === null || found === "several" || found.code !== currency ? null : found.digits;
}

function unknown(currency: FieldValue): string {
  return `${quoteValue(currency)} is no currency of ISO 4217 with a smallest unit.`;
}

function tooFine(what: string): StepProblem {
  return problem("too-fine", `${what} is not a whole number of the smallest unit.`);
}
