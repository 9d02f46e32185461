import { z } from "zod";
import { eachValue, ofText } from "./each-value.ts";
import { defineTransform } from "./transform.ts";

const LEFT_OUT = {
  digits: /[^0-9]/g,
  letters: /[^\p{L}\p{M}]/gu,
  "letters-and-digits": /[^\p{L}\p{M}0-9]/gu,
} as const;

const WORDS = {
  digits: "digits",
  letters: "letters",
  "letters-and-digits": "letters and digits",
} as const;

export const keepCharacters = defineTransform({
  id: "keep-characters",
  summary: "Keeps only the digits or letters of a text: 'DE 123-45' becomes '12345'.",
  help:
    "For numbers that people write with spaces, dots and hyphens. A row whose text has the same " +
    "digits or letters keeps its own writing; a new value is written without anything between. A " +
    "value of the hub that has other characters loses them where the edge only writes, and waits " +
    "where it goes both ways.",
  accepts: ["text", "enum", "integer", "decimal"],
  returns: ["text", "enum", "integer"],
  settings: z.strictObject({
    keep: z.enum(["digits", "letters", "letters-and-digits"]).describe("What stays"),
  }),
  sentence: ({ keep }) => `Keeps only the ${WORDS[keep]} of the text.`,

  compile({ keep }) {
    const read = ofText((text) => text.replace(LEFT_OUT[keep], ""));
    return eachValue({ kind: "lossy", read, write: read });
  },

  examples: [
    { settings: { keep: "digits" }, forward: ["DE 123-45"], gives: ["12345"] },
    { settings: { keep: "letters" }, forward: ["DE 123-45é"], gives: ["DEé"] },
    { settings: { keep: "letters-and-digits" }, forward: ["DE 123-45"], gives: ["DE12345"] },
    { settings: { keep: "digits" }, forward: [null, "", "-"], gives: [null, "", ""] },
    { settings: { keep: "digits" }, backward: ["123"], previous: ["1-2-3"], gives: ["1-2-3"] },
    { settings: { keep: "digits" }, backward: ["124"], previous: ["1-2-3"], gives: ["124"] },
    { settings: { keep: "digits" }, backward: ["1-2"], gives: ["12"] },
  ],
});
