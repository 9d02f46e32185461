import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { ofText, oneWay } from "./each-value.ts";
import { defineTransform } from "./transform.ts";

export const limitLength = defineTransform({
  id: "limit-length",
  summary: "Cuts a text that is too long for the other side.",
  help:
    "What is behind the last character that fits is lost, so there is no way back: on an edge that " +
    "only writes, the system gets the short text; on one that only reads, the hub does. Say a mark " +
    "such as '…' to make the cut visible; it counts towards the length.",
  accepts: ["text", "enum"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    length: z.int().min(1).max(100_000).describe("The most characters that there may be"),
    mark: z.string().max(5).default("").describe("What stands at the end of a text that was cut"),
    words: z.boolean().default(false).describe("Cut between two words where there is a space"),
  }),
  sentence: ({ length, mark, words }) => {
    const where = words ? " between two words" : "";
    const shown = mark === "" ? "" : `, with ${quoteValue(mark)} at the end`;
    return `Cuts texts of more than ${length} characters${where}${shown}.`;
  },

  compile({ length, mark, words }) {
    const room = length - Array.from(mark).length;
    if (room < 1) return "The mark leaves no room for the text.";
    return oneWay(
      ofText((text) => {
        // A character is one or two units long, so a short text need not be taken apart.
        if (text.length <= length) return text;
        const characters = Array.from(text);
        if (characters.length <= length) return text;
        const head = characters.slice(0, room).join("");
        const space = words && characters[room] !== " " ? head.lastIndexOf(" ") : -1;
        return (space > 0 ? head.slice(0, space) : head).trimEnd() + mark;
      }),
    );
  },

  examples: [
    { settings: { length: 5 }, forward: ["Lovelace"], gives: ["Lovel"] },
    { settings: { length: 5 }, backward: ["Lovelace"], gives: ["Lovel"] },
    { settings: { length: 8 }, forward: ["Lovelace", null, ""], gives: ["Lovelace", null, ""] },
    { settings: { length: 6, mark: "…" }, forward: ["Lovelace"], gives: ["Lovel…"] },
    { settings: { length: 10, words: true }, forward: ["Ada King Lovelace"], gives: ["Ada King"] },
    { settings: { length: 2 }, forward: ["😀😀😀"], gives: ["😀😀"] },
    { settings: { length: 5 }, forward: [true], fails: "type" },
    { settings: { length: 3, mark: "..." }, forward: ["Lovelace"], fails: "settings" },
  ],
});
