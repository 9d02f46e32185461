import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, ofText, proving } from "./each-value.ts";
import { defineTransform, problem } from "./transform.ts";

const PLACE_MAX = 10_000;

export const partOfText = defineTransform({
  id: "part-of-text",
  summary: "Takes some characters out of a text: the first three, or from the fifth on.",
  help:
    "The hub gets the characters from the one you name on. On the way back they are put where they " +
    "were in the row's own text, and the rest of it stays. Where there is no such text to put them " +
    "into, or they are more or fewer than were taken, the value waits.",
  accepts: ["text", "enum", "integer", "decimal", "date", "time", "instant"],
  returns: ["text", "enum", "integer", "decimal", "date", "time"],
  settings: z.strictObject({
    start: z.int().min(1).max(PLACE_MAX).default(1).describe("The first character, counted from 1"),
    length: z
      .int()
      .min(1)
      .max(PLACE_MAX)
      .optional()
      .describe("How many characters; all to the end if none is given"),
  }),
  sentence: ({ start, length }) =>
    length === undefined
      ? `Takes the text from character ${start} on.`
      : `Takes ${length} ${length === 1 ? "character" : "characters"} from character ${start} on.`,

  compile({ start, length }) {
    const from = start - 1;
    const to = length === undefined ? undefined : from + length;
    const read = ofText((text) => Array.from(text).slice(from, to).join(""));
    const put = (part: FieldValue, before: FieldValue | undefined): One => {
      const isText = typeof part === "string" && (before == null || typeof before === "string");
      if (!isText) return part;
      const around = Array.from(before ?? "");
      if (around.length < from) {
        const message = `${quoteValue(part)} begins at character ${start} of a text that is not there.`;
        return problem("no-text", message);
      }
      const rest = to === undefined ? [] : around.slice(to);
      return around.slice(0, from).join("") + part + rest.join("");
    };
    return eachValue({ kind: "lossy", read, write: proving(read, put) });
  },

  examples: [
    { settings: { length: 3 }, forward: ["ABC-123"], gives: ["ABC"] },
    { settings: { start: 5 }, forward: ["ABC-123"], gives: ["123"] },
    { settings: { start: 5, length: 2 }, forward: ["ABC-123"], gives: ["12"] },
    { settings: { start: 9 }, forward: ["ABC", null, ""], gives: ["", null, ""] },
    { settings: { length: 3 }, backward: ["XYZ"], previous: ["ABC-123"], gives: ["XYZ-123"] },
    { settings: { start: 5 }, backward: ["9"], previous: ["ABC-123"], gives: ["ABC-9"] },
    { settings: { length: 3 }, backward: ["XYZ"], gives: ["XYZ"] },
    { settings: { length: 3 }, backward: ["WXYZ"], previous: ["ABC-123"], fails: "no-way-back" },
    { settings: { start: 5 }, backward: ["9"], fails: "no-text" },
    { settings: { length: 3 }, forward: [true], fails: "type" },
  ],
});
