import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { foldText } from "../values/fold-text.ts";
import { eachValue } from "./each-value.ts";
import { asItIs, memberKey, ofList } from "./lists.ts";
import { defineTransform } from "./transform.ts";

export const distinct = defineTransform({
  id: "distinct",
  summary: "Leaves out members of a list that stand there twice.",
  help:
    "The first of equal members stays, in its place, and so do members without a value. A row " +
    "that has the same members once or twice keeps its own list.",
  accepts: ["list"],
  returns: ["list", "set"],
  settings: z.strictObject({
    ignoreCase: z.boolean().default(false).describe("Upper and lower case are the same"),
  }),
  sentence: ({ ignoreCase }) =>
    `Leaves out what stands in a list twice${ignoreCase ? ", in whatever case" : ""}.`,

  compile({ ignoreCase }) {
    const keyOf = (member: FieldValue) =>
      memberKey(typeof member === "string" ? foldText(member, { ignoreCase }) : member);
    const read = ofList((list) => {
      const seen = new Set<string>();
      return list.filter((member) => {
        const [key, count] = [keyOf(member), seen.size];
        return seen.add(key).size > count;
      });
    });
    return eachValue({ kind: "lossy", read, write: asItIs(read) });
  },

  examples: [
    { settings: {}, forward: [["a", "b", "a"], [], null], gives: [["a", "b"], [], null] },
    { settings: {}, forward: [["a", "A"]], gives: [["a", "A"]] },
    { settings: { ignoreCase: true }, forward: [["a", "A"]], gives: [["a"]] },
    { settings: {}, backward: [["a", "b"]], previous: [["a", "b", "a"]], gives: [["a", "b", "a"]] },
    { settings: {}, backward: [["a", "a"]], fails: "no-way-back" },
    { settings: {}, forward: ["a"], fails: "type" },
  ],
});
