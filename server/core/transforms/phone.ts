import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";
import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, ofText, proving } from "./each-value.ts";
import { defineTransform, problem, type StepProblem } from "./transform.ts";

const FORMS = {
  international: "+49 30 123456",
  national: "030 123456",
  e164: "+4930123456",
} as const;
type Form = keyof typeof FORMS;

const Country = z.string().refine((code): code is CountryCode => isSupportedCountry(code), {
  error: "Write a country as its two letters: DE.",
});

export const phone = defineTransform({
  id: "phone",
  summary: "Makes one form of every phone number: '(030) 123 456' is +4930123456.",
  help:
    "The hub gets the international form without spaces (E.164); an extension stays behind it " +
    "(;ext=12). Numbers that are written without a country belong to the one that you name; " +
    "without one they wait, and so does what cannot be a number. On the way back the number is " +
    "written as the system has it, those of other countries with their country. A row that " +
    "has the same number keeps its own spelling.",
  accepts: ["text", "enum", "integer"],
  returns: ["text"],
  settings: z.strictObject({
    country: Country.optional().describe("Country of numbers that are written without one: DE"),
    column: z
      .enum(["international", "national", "e164"])
      .default("international")
      .describe(
        "How the system writes them: +49 30 123456, in its country 030 123456, or +4930123456",
      ),
    check: z
      .enum(["possible", "valid"])
      .default("possible")
      .describe("Which pass: those of a possible length, or only of ranges that are given out"),
  }),
  sentence: ({ country, column }) => {
    const home = country === undefined ? "" : `, those without a country from ${country}`;
    return `Reads phone numbers${home}; on the way back writes them as ${FORMS[column]}.`;
  },

  compile({ country, column, check }) {
    if (column === "national" && country === undefined) {
      return "Name the country: a number is written without it only there.";
    }
    const read = ofText((text) => {
      const number = numberIn(text, country);
      if (number === null) return notANumber(text, country);
      if (check === "valid" ? !number.isValid() : !number.isPossible()) {
        const why = check === "valid" ? "is in no range that is given out" : "has no such length";
        return problem("phone", `${quoteValue(text)}: a number of its country ${why}.`);
      }
      return spelled(number);
    });
    const write = ofText((text) => {
      const number = numberIn(text, undefined);
      return number === null ? notANumber(text, undefined) : written(number, column, country);
    });
    return eachValue({ kind: "lossy", read, write: proving(read, write) });
  },

  examples: [
    {
      settings: { country: "DE" },
      forward: ["(030) 123 456", "+49 30 123456", "0043 1 5880 00", null, ""],
      gives: ["+4930123456", "+4930123456", "+431588000", null, ""],
    },
    {
      settings: { country: "US" },
      forward: ["212-555-0123 ext. 45"],
      gives: ["+12125550123;ext=45"],
    },
    {
      settings: { country: "US", column: "national" },
      backward: ["+12125550123;ext=45", "+4930123456"],
      gives: ["(212) 555-0123 ext. 45", "+49 30 123456"],
    },
    { settings: { column: "e164" }, backward: ["+4930123456"], gives: ["+4930123456"] },
    {
      settings: { country: "DE" },
      backward: ["+4930123456"],
      previous: ["030/123456"],
      gives: ["030/123456"],
    },
    { settings: {}, forward: ["030 123456"], fails: "phone" },
    { settings: { country: "DE" }, forward: ["ask Ada"], fails: "phone" },
    { settings: { country: "DE" }, forward: ["03"], fails: "phone" },
    { settings: { country: "US", check: "valid" }, forward: ["212-111-0123"], fails: "phone" },
    { settings: { country: "XX" }, forward: ["1"], fails: "settings" },
    { settings: { column: "national" }, forward: ["1"], fails: "settings" },
  ],
});

/** The whole text as a number; what has words around it is none. */
function numberIn(text: string, country: CountryCode | undefined): PhoneNumber | null {
  const settings = { ...(country === undefined ? {} : { defaultCountry: country }) };
  return parsePhoneNumberFromString(text, { ...settings, extract: false }) ?? null;
}

/** "+12125550123;ext=45" */
function spelled({ number, ext }: PhoneNumber): string {
  return ext === undefined ? number : `${number};ext=${ext}`;
}

function written(number: PhoneNumber, form: Form, country: CountryCode | undefined): One {
  if (form === "e164") return spelled(number);
  const isHome = form === "national" && number.country === country;
  return number.format(isHome ? "NATIONAL" : "INTERNATIONAL");
}

function notANumber(text: string, country: string | undefined): StepProblem {
  const way =
    country === undefined && !text.trim().startsWith("+")
      ? " It has no country: name one in the step, or write it with +49."
      : "";
  return problem("phone", `${quoteValue(text)} is no phone number.${way}`);
}
