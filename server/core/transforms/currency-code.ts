import { z } from "zod";
import { codeStep } from "./code-list.ts";
import { CURRENCY_FORMS, type CurrencyForm, findCurrency } from "./currencies.ts";
import { defineTransform } from "./transform.ts";

const WORDS: Readonly<Record<CurrencyForm, string>> = {
  code: "letters (EUR)",
  number: "numbers (978)",
  name: "names or signs (Euro, €)",
};

export const currencyCode = defineTransform({
  id: "currency-code",
  summary: "Turns names, signs and numbers of currencies into EUR, USD, CHF, and back.",
  help:
    "Knows the codes, numbers and English names of ISO 4217, and the common signs. A sign that " +
    "several currencies have ($, kr, ¥) is a problem and waits, for nobody can tell which is meant; " +
    "a value table can say so for one system. A row that already names the same currency keeps its " +
    "own spelling.",
  accepts: ["text", "enum", "integer"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    column: z.enum(CURRENCY_FORMS).describe("How the system writes a currency"),
    field: z.enum(CURRENCY_FORMS).default("code").describe("How the hub writes a currency"),
  }),
  sentence: ({ column, field }) =>
    `Turns ${WORDS[column]} of currencies into ${WORDS[field]}; on the way back the opposite.`,

  compile: ({ column, field }) => codeStep({ column, field, what: "currency", find: findCurrency }),

  examples: [
    {
      settings: { column: "name" },
      forward: ["€", "Euro", "US Dollar"],
      gives: ["EUR", "EUR", "USD"],
    },
    { settings: { column: "number" }, forward: ["978", "008", "8"], gives: ["EUR", "ALL", "ALL"] },
    { settings: { column: "code" }, forward: ["eur", null, ""], gives: ["EUR", null, ""] },
    { settings: { column: "name" }, forward: ["$"], fails: "several" },
    { settings: { column: "name" }, forward: ["Thaler"], fails: "unknown" },
    { settings: { column: "number" }, forward: ["532"], gives: ["XCG"] },
    { settings: { column: "number" }, backward: ["EUR"], gives: ["978"] },
    { settings: { column: "name" }, backward: ["EUR"], previous: ["€"], gives: ["€"] },
    { settings: { column: "name" }, backward: ["EUR"], gives: ["Euro"] },
  ],
});
