import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { notText } from "./each-value.ts";
import { defineTransform } from "./transform.ts";

const PARTS_MAX = 20;

export const splitText = defineTransform({
  id: "split-text",
  summary: "Takes one text apart at a separator.",
  help:
    "The first field gets what stands before the first separator, and so on; the last field gets " +
    "all the rest, and fields without a part get no value. On the way back the parts are joined; " +
    "a part that contains the separator waits, because it would come back in two.",
  accepts: ["text"],
  returns: ["text", "enum", "integer", "decimal", "date"],
  settings: z.strictObject({
    parts: z.int().min(2).max(PARTS_MAX).describe("How many fields there are"),
    separator: z.string().min(1).max(20).describe("Where the text is taken apart"),
  }),
  sentence: ({ parts, separator }) =>
    `Takes the text apart at ${quoteValue(separator)} into ${parts}; on the way back joins them.`,

  compile({ parts, separator }) {
    return {
      kind: "lossless",
      inputs: 1,
      outputs: parts,
      forward([text = null]) {
        if (text !== null && typeof text !== "string") return notText(text);
        const pieces = text === null ? [] : text.split(separator);
        const rest = pieces.slice(parts - 1).join(separator);
        const values = Array.from({ length: parts }, (_, index) => {
          if (index >= pieces.length) return null;
          return index === parts - 1 ? rest : (pieces[index] ?? null);
        });
        return { ok: true, values };
      },
      backward(values) {
        const strange = values.find((value) => value !== null && typeof value !== "string");
        if (strange !== undefined) return notText(strange);
        const present = values.filter((value) => value !== null);
        return { ok: true, values: [present.length === 0 ? null : present.join(separator)] };
      },
    };
  },

  examples: [
    { settings: { parts: 2, separator: "/" }, forward: ["a/b"], gives: ["a", "b"] },
    { settings: { parts: 2, separator: "/" }, forward: ["a/b/c"], gives: ["a", "b/c"] },
    { settings: { parts: 3, separator: "/" }, forward: ["a//c"], gives: ["a", "", "c"] },
    { settings: { parts: 2, separator: "/" }, forward: ["a"], gives: ["a", null] },
    { settings: { parts: 2, separator: "/" }, forward: [null], gives: [null, null] },
    { settings: { parts: 2, separator: "/" }, backward: ["a", "b"], gives: ["a/b"] },
    { settings: { parts: 2, separator: "/" }, backward: ["a", null], gives: ["a"] },
    { settings: { parts: 2, separator: "/" }, backward: [null, null], gives: [null] },
  ],
});
