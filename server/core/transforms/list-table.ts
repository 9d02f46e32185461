import { z } from "zod";
import { type FieldValue, isList } from "../values/field-value.ts";
import { eachValue, type One } from "./each-value.ts";
import { ofList } from "./lists.ts";
import { type CompiledStep, defineTransform } from "./transform.ts";
import { tableStep, tableWords, ValueTableSettings } from "./value-table.ts";

export const listTable = defineTransform({
  id: "list-table",
  summary: "Replaces each member of a list by its partner in a value table.",
  help:
    "The value table for lists: each member is looked up by itself. A list with a member that is " +
    "not in the table is a problem and waits, unless you name what all others become. The way " +
    "back needs one code per meaning, or say that the first is written.",
  accepts: ["list", "set"],
  returns: ["list", "set"],
  settings: z.strictObject(ValueTableSettings),
  sentence: (settings) => `In lists: ${tableWords(settings)}.`,

  compile(settings) {
    const member = tableStep(settings);
    if (typeof member === "string") return member;
    const read = ofList((list) => one(member.forward(list)));
    const { backward } = member;
    if (backward === undefined) return eachValue({ kind: "one-way", read });
    return eachValue({
      kind: member.kind,
      read,
      write: (value, before) => ofList((list) => one(backward(list, memberBefore(before))))(value),
    });
  },

  examples: [
    {
      settings: {
        rows: [
          { from: "R", to: "red" },
          { from: "G", to: "green" },
        ],
      },
      forward: [["R", "G"], [], null],
      gives: [["red", "green"], [], null],
    },
    {
      settings: { rows: [{ from: "R", to: "red" }] },
      backward: [["red"]],
      gives: [["R"]],
    },
    { settings: { rows: [{ from: "R", to: "red" }] }, forward: [["B"]], fails: "unlisted" },
    { settings: { rows: [{ from: "R", to: "red" }] }, forward: ["R"], fails: "type" },
    {
      settings: { rows: [{ from: "R", to: "red" }], otherwise: "other" },
      backward: [["red", "other"]],
      previous: [["R", "B"]],
      gives: [["R", "B"]],
    },
  ],
});

function one(result: ReturnType<CompiledStep["forward"]>): One {
  return result.ok ? result.values : result;
}

function memberBefore(before: FieldValue | undefined): readonly FieldValue[] | null {
  return before !== undefined && isList(before) ? before : null;
}
