import { z } from "zod";
import { eachValue, ofText } from "./each-value.ts";
import { defineTransform } from "./transform.ts";

/** Characters that nobody sees: soft hyphens, joiners of no width, marks of direction, the BOM. */
const UNSEEN = /[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const LINE_BREAKS = /\r\n|[\r\u0085\u2028\u2029]/g;
/** Control characters but the tab and the line break. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

const STRAIGHT: Readonly<Record<string, string>> = {
  ...{ "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"' },
  ...{ "‘": "'", "’": "'", "‚": "'", "‛": "'", "–": "-", "—": "-", "‒": "-", "…": "..." },
};

export const cleanText = defineTransform({
  id: "clean-text",
  summary: "Takes out what nobody sees: control characters, odd spaces, soft hyphens.",
  help:
    "For texts that were copied from web pages, documents and old systems. Control characters and " +
    "characters of no width go, every kind of space becomes a plain one, and every kind of line " +
    "break the same one. Letters are never changed. A row whose text is the same but for these " +
    "keeps its own.",
  accepts: ["text", "enum"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    lines: z
      .enum(["keep", "space"])
      .default("keep")
      .describe("Whether line breaks stay, or become spaces"),
    straight: z
      .boolean()
      .default(false)
      .describe("Also write curly quotes and long dashes as the keys of a keyboard do"),
  }),
  sentence: ({ lines, straight }) => {
    const breaks = lines === "space" ? ", makes spaces of line breaks" : "";
    const quotes = straight ? ", and straightens quotes and dashes" : "";
    return `Takes out unseen characters${breaks}${quotes}.`;
  },

  compile({ lines, straight }) {
    const read = ofText((text) => {
      const seen = text.replace(LINE_BREAKS, "\n").replace(UNSEEN, "").replace(CONTROLS, "");
      const spaced = seen.replace(SPACES, " ");
      const flat = lines === "space" ? spaced.replace(/\n/g, " ") : spaced;
      return straight ? flat.replace(/[“”„‟«»‘’‚‛–—‒…]/g, (sign) => STRAIGHT[sign] ?? sign) : flat;
    });
    return eachValue({ kind: "lossy", read, write: read });
  },

  examples: [
    { settings: {}, forward: ["Ada\u00a0Love\u00adlace\u200b"], gives: ["Ada Lovelace"] },
    { settings: {}, forward: ["a\r\nb"], gives: ["a\nb"] },
    { settings: { lines: "space" }, forward: ["a\r\nb"], gives: ["a b"] },
    { settings: { straight: true }, forward: ["“5’ – 6’”…"], gives: ["\"5' - 6'\"..."] },
    { settings: {}, forward: [null, ""], gives: [null, ""] },
    { settings: {}, forward: [true], fails: "type" },
    { settings: {}, backward: ["a b"], previous: ["a\u00a0b"], gives: ["a\u00a0b"] },
    { settings: {}, backward: ["a c"], previous: ["a\u00a0b"], gives: ["a c"] },
    { settings: {}, backward: ["a\u00a0b"], gives: ["a b"] },
  ],
});
