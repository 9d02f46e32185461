import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { foldText } from "../values/fold-text.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One } from "./each-value.ts";
import { defineTransform, problem } from "./transform.ts";

const Words = z.array(z.string().min(1).max(40)).max(20);

export const booleanWords = defineTransform({
  id: "boolean-words",
  summary: "Reads words for yes and no: 'Y' and 'N', '1' and '0', 'X' and nothing.",
  help:
    "List what the system writes for yes and for no; the first word of each list is written back. " +
    "Case and spaces around are no matter. A text that is in neither list is a problem and waits. " +
    "Where the system writes nothing for no (X or empty), say so, and list no word for no. A row " +
    "that says the same keeps its own word.",
  accepts: ["text", "enum", "integer"],
  returns: ["boolean"],
  settings: z.strictObject({
    yes: Words.min(1, { error: "Give at least one word for yes." }).describe("What means yes"),
    no: Words.default([]).describe("What means no"),
    empty: z
      .enum(["nothing", "no"])
      .default("nothing")
      .describe("What an empty text means: nothing is known, or no"),
  }),
  sentence: ({ yes, no, empty }) => {
    const isNo = [...no.map((word) => quoteValue(word)), ...(empty === "no" ? ["empty"] : [])];
    return `Reads ${yes.map((word) => quoteValue(word)).join(", ")} as yes and ${isNo.join(", ")} \
as no.`;
  },

  compile({ yes, no, empty }) {
    const [first] = yes;
    const noWord = no[0] ?? (empty === "no" ? "" : undefined);
    if (noWord === undefined) return "Say what means no: a word, or the empty text.";
    const meanings = new Map<string, boolean>(no.map((word) => [fold(word), false]));
    for (const word of yes) {
      if (meanings.has(fold(word))) return `${quoteValue(word)} means yes and no.`;
      meanings.set(fold(word), true);
    }
    const isBlank = (value: FieldValue) => typeof value === "string" && value.trim() === "";
    return eachValue({
      kind: "lossy",
      read(value): One {
        if (isBlank(value)) return empty === "no" ? false : null;
        if (value === null || typeof value === "boolean") return value;
        const meaning = typeof value === "string" ? meanings.get(fold(value)) : undefined;
        return (
          meaning ?? problem("unlisted", `${quoteValue(value)} means neither yes nor no here.`)
        );
      },
      write(value): One {
        if (value === true) return first ?? "";
        if (value === false) return noWord;
        return value === null
          ? null
          : problem("type", `${quoteValue(value)} is neither true nor false.`);
      },
    });
  },

  examples: [
    {
      settings: { yes: ["Y", "yes"], no: ["N", "no"] },
      forward: ["y", " YES ", "N", null, ""],
      gives: [true, true, false, null, null],
    },
    { settings: { yes: ["1"], no: ["0"] }, backward: [true, false, null], gives: ["1", "0", null] },
    {
      settings: { yes: ["X"], empty: "no" },
      forward: ["X", "", null],
      gives: [true, false, null],
    },
    { settings: { yes: ["X"], empty: "no" }, backward: [false], gives: [""] },
    {
      settings: { yes: ["J"], no: ["N"] },
      backward: [true],
      previous: ["j"],
      gives: ["j"],
    },
    { settings: { yes: ["J"], no: ["N"] }, forward: ["vielleicht"], fails: "unlisted" },
    { settings: { yes: ["J"] }, forward: ["J"], fails: "settings" },
    { settings: { yes: ["J"], no: ["j"] }, forward: ["J"], fails: "settings" },
  ],
});

function fold(word: string): string {
  return foldText(word, { trim: true, ignoreCase: true });
}
