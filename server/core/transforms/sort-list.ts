import { z } from "zod";
import { canonicalDecimal, compareDecimals } from "../values/decimal.ts";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue } from "./each-value.ts";
import { asItIs, ofList } from "./lists.ts";
import { defineTransform, problem } from "./transform.ts";

export const sortList = defineTransform({
  id: "sort-list",
  summary: "Puts the members of a list in order.",
  help:
    "For lists whose order means nothing in one system: sorted, the same members are the same " +
    "list. Texts are ordered letter by letter, as their codes are and not as a language has them: " +
    "the order must be the same everywhere. A row that has the same members keeps its own order.",
  accepts: ["list"],
  returns: ["list"],
  settings: z.strictObject({
    as: z.enum(["text", "number"]).default("text").describe("What the members are"),
    order: z.enum(["rising", "falling"]).default("rising").describe("Which way"),
  }),
  sentence: ({ as, order }) => `Sorts lists of ${as}s, ${order}.`,

  compile({ as, order }) {
    const sign = order === "rising" ? 1 : -1;
    const read = ofList((list) => {
      const strange = list.find((member) => keyOf(member, as) === null);
      if (strange !== undefined) {
        return problem("type", `${quoteValue(strange)} is not a ${as}, so it has no place.`);
      }
      const compare = as === "number" ? compareDecimals : compareTexts;
      return list.toSorted((a, b) => sign * compare(keyOf(a, as) ?? "", keyOf(b, as) ?? ""));
    });
    return eachValue({ kind: "lossy", read, write: asItIs(read) });
  },

  examples: [
    { settings: {}, forward: [["b", "a", "B"], [], null], gives: [["B", "a", "b"], [], null] },
    { settings: { as: "number" }, forward: [["10", "9", "-1"]], gives: [["-1", "9", "10"]] },
    { settings: { order: "falling" }, forward: [["a", "b"]], gives: [["b", "a"]] },
    { settings: {}, backward: [["a", "b"]], previous: [["b", "a"]], gives: [["b", "a"]] },
    { settings: {}, backward: [["b", "a"]], fails: "no-way-back" },
    { settings: { as: "number" }, forward: [["a"]], fails: "type" },
    { settings: {}, forward: [[null]], fails: "type" },
  ],
});

function keyOf(member: FieldValue, as: "text" | "number"): string | null {
  if (typeof member !== "string") return null;
  return as === "text" ? member.normalize("NFC") : canonicalDecimal(member);
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
