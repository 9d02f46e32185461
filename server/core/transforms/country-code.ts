import { z } from "zod";
import { codeStep } from "./code-list.ts";
import { COUNTRY_FORMS, type CountryForm, findCountry } from "./countries.ts";
import { defineTransform } from "./transform.ts";

const WORDS: Readonly<Record<CountryForm, string>> = {
  name: "names",
  "alpha-2": "two-letter codes",
  "alpha-3": "three-letter codes",
};

export const countryCode = defineTransform({
  id: "country-code",
  summary: "Turns country names into ISO codes and back.",
  help:
    "Knows the English names of all countries with their common variants (Great Britain, USA, " +
    "Czech Republic), and the ISO 3166 codes. Case, accents and dots make no difference. A text " +
    "that names no country, or could be two (Congo), is a problem and waits. A row that already " +
    "names the same country keeps its own spelling.",
  accepts: ["text", "enum"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    column: z.enum(COUNTRY_FORMS).describe("How the system writes a country"),
    field: z.enum(COUNTRY_FORMS).describe("How the hub writes a country"),
  }),
  sentence: ({ column, field }) =>
    `Turns ${WORDS[column]} of countries into ${WORDS[field]}; on the way back the opposite.`,

  compile: ({ column, field }) => codeStep({ column, field, what: "country", find: findCountry }),

  examples: [
    { settings: { column: "name", field: "alpha-2" }, forward: ["Germany"], gives: ["DE"] },
    { settings: { column: "name", field: "alpha-2" }, forward: ["Great Britain"], gives: ["GB"] },
    { settings: { column: "name", field: "alpha-2" }, forward: ["u.s.a."], gives: ["US"] },
    { settings: { column: "name", field: "alpha-2" }, forward: ["Czech Republic"], gives: ["CZ"] },
    { settings: { column: "name", field: "alpha-3" }, forward: ["Cote d’Ivoire"], gives: ["CIV"] },
    { settings: { column: "alpha-2", field: "name" }, forward: ["CN"], gives: ["China"] },
    { settings: { column: "alpha-3", field: "alpha-2" }, forward: ["deu"], gives: ["DE"] },
    {
      settings: { column: "name", field: "alpha-2" },
      forward: ["Congo"],
      fails: "several",
    },
    { settings: { column: "name", field: "alpha-2" }, forward: ["Atlantis"], fails: "unknown" },
    { settings: { column: "name", field: "alpha-2" }, forward: [null, ""], gives: [null, ""] },
    { settings: { column: "name", field: "alpha-2" }, backward: ["GB"], gives: ["United Kingdom"] },
    {
      settings: { column: "name", field: "alpha-2" },
      backward: ["GB"],
      previous: ["Great Britain"],
      gives: ["Great Britain"],
    },
    {
      settings: { column: "name", field: "alpha-2" },
      backward: ["FR"],
      previous: ["Great Britain"],
      gives: ["France"],
    },
  ],
});
