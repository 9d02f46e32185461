import { z } from "zod";
import { codeStep } from "./code-list.ts";
import { findLanguage, LANGUAGE_FORMS, type LanguageForm } from "./languages.ts";
import { defineTransform } from "./transform.ts";

const WORDS: Readonly<Record<LanguageForm, string>> = {
  name: "names",
  "alpha-2": "two-letter codes",
  "alpha-3": "three-letter codes",
};

export const languageCode = defineTransform({
  id: "language-code",
  summary: "Turns language names into ISO codes and back: German is de, or deu.",
  help:
    "Knows the English names of the languages that ISO 639-1 lists, their two letters and their " +
    "three; of those that have two codes of three letters (ger and deu) both are read, and deu is " +
    "written. Case is no matter. A text that names no language waits. Tags with a country (de-AT) " +
    "are for 'Language tag'.",
  accepts: ["text", "enum"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    column: z.enum(LANGUAGE_FORMS).describe("How the system writes a language"),
    field: z.enum(LANGUAGE_FORMS).default("alpha-2").describe("How the hub writes a language"),
  }),
  sentence: ({ column, field }) =>
    `Turns ${WORDS[column]} of languages into ${WORDS[field]}; on the way back the opposite.`,

  compile: ({ column, field }) => codeStep({ column, field, what: "language", find: findLanguage }),

  examples: [
    { settings: { column: "name" }, forward: ["German", "french"], gives: ["de", "fr"] },
    {
      settings: { column: "alpha-3" },
      forward: ["ger", "deu", null, ""],
      gives: ["de", "de", null, ""],
    },
    { settings: { column: "alpha-2", field: "name" }, forward: ["PT"], gives: ["Portuguese"] },
    { settings: { column: "alpha-3" }, backward: ["de"], gives: ["deu"] },
    { settings: { column: "alpha-3" }, backward: ["de"], previous: ["ger"], gives: ["ger"] },
    { settings: { column: "name" }, forward: ["Klingon"], fails: "unknown" },
    { settings: { column: "alpha-2" }, forward: ["de-AT"], fails: "unknown" },
  ],
});
