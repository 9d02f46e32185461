import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { findCountry } from "./countries.ts";
import { eachValue, type One, ofText, proving } from "./each-value.ts";
import { findLanguage } from "./languages.ts";
import { defineTransform, problem } from "./transform.ts";

const SIGNS = { hyphen: "-", underscore: "_" } as const;

/** Language, script, country or region, variants: what tags of texts have (BCP 47). */
const TAG =
  /^([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)$/i;

/** Codes that were withdrawn and are still written. */
const FORMER: Readonly<Record<string, string>> = { iw: "he", in: "id", ji: "yi", mo: "ro" };

export const languageTag = defineTransform({
  id: "language-tag",
  summary: "Makes one form of language tags: 'DE_at' is de-AT.",
  help:
    "The hub gets the tag as BCP 47 writes it: language small, country in capitals, a hyphen " +
    "between (de-AT, zh-Hant-TW). On the way back it is written with the sign that the system has. " +
    "A language or country that does not exist waits. A row with the same tag keeps its own.",
  accepts: ["text", "enum"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    column: z
      .enum(["hyphen", "underscore"])
      .default("hyphen")
      .describe("What the system writes between the parts: de-AT, or de_AT"),
  }),
  sentence: ({ column }) =>
    `Reads language tags such as de${SIGNS[column]}AT as de-AT; on the way back writes them so.`,

  compile({ column }) {
    const read = ofText(canonicalTag);
    const write = ofText((tag) => tag.replaceAll("-", SIGNS[column]));
    return eachValue({ kind: "lossy", read, write: proving(read, write) });
  },

  examples: [
    {
      settings: {},
      forward: ["de_at", "EN-us", "zh-hant-tw", "deu", "es-419", null, ""],
      gives: ["de-AT", "en-US", "zh-Hant-TW", "de", "es-419", null, ""],
    },
    { settings: {}, forward: ["iw-IL", "de-1996"], gives: ["he-IL", "de-1996"] },
    { settings: { column: "underscore" }, backward: ["de-AT"], gives: ["de_AT"] },
    { settings: {}, backward: ["de-AT"], previous: ["de_AT"], gives: ["de_AT"] },
    { settings: {}, forward: ["German"], fails: "tag" },
    { settings: {}, forward: ["xx-DE"], fails: "unknown" },
    { settings: {}, forward: ["de-XX"], fails: "unknown" },
  ],
});

function canonicalTag(text: string): One {
  const match = TAG.exec(text.trim().replaceAll("_", "-"));
  if (match === null)
    return problem("tag", `${quoteValue(text)} is no language tag such as de-AT.`);
  const [, language = "", script = "", region = "", variants = ""] = match;
  const code = language.toLowerCase();
  const known = findLanguage(code.length === 2 ? "alpha-2" : "alpha-3", FORMER[code] ?? code);
  if (known === null || known === "several") {
    return problem("unknown", `${quoteValue(text)}: there is no language ${quoteValue(language)}.`);
  }
  if (/^[a-z]{2}$/i.test(region) && findCountry("alpha-2", region) === null) {
    return problem("unknown", `${quoteValue(text)}: there is no country ${quoteValue(region)}.`);
  }
  const parts = [known["alpha-2"], titled(script), region.toUpperCase()].filter(Boolean);
  return parts.join("-") + variants.toLowerCase();
}

function titled(script: string): string {
  return script.slice(0, 1).toUpperCase() + script.slice(1).toLowerCase();
}
