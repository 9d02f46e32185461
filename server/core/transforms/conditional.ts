import { z } from "zod";
import { compileCondition } from "../conditions/condition.ts";
import { conditionWords } from "../conditions/condition-words.ts";
import { CONDITION_OPERATORS } from "../map/document.ts";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { Cell } from "./cell.ts";
import { eachValue, isSame, type One } from "./each-value.ts";
import { defineTransform, problem } from "./transform.ts";

const TYPES = ["text", "decimal", "date", "time", "instant", "boolean"] as const;

export const conditional = defineTransform({
  id: "conditional",
  summary: "If a value meets a condition it becomes another one: below 0 is 0.",
  help:
    "The conditions are those of owners and scopes: is, is not, below, at least, begins with, is " +
    "empty. Where nothing is given for one of the two, the value stays as it is. On the way back a row keeps its " +
    "own value as long as it gives the hub's; else the value itself is written, or one that the " +
    "condition names; one that no value gives waits. A value that does not fit the type meets no " +
    "comparison.",
  accepts: ["text", "enum", "integer", "decimal", "date", "time", "instant", "boolean"],
  returns: ["text", "enum", "integer", "decimal", "date", "time", "instant", "boolean"],
  settings: z.strictObject({
    type: z.enum(TYPES).default("text").describe("What the values are compared as"),
    operator: z.enum(CONDITION_OPERATORS).describe("The condition"),
    values: z.array(z.string().max(500)).max(500).default([]).describe("What it compares with"),
    yes: Cell.optional().describe("What it becomes where the condition holds"),
    no: Cell.optional().describe("What it becomes where it does not"),
  }),
  sentence: ({ operator, values, yes, no }) => {
    const becomes = (cell: FieldValue | undefined) =>
      cell === undefined ? "stays as it is" : `becomes ${quoteValue(cell)}`;
    const condition = conditionWords({ of: "it", operator, values });
    return `A value ${becomes(yes)} if ${condition}, else ${becomes(no)}.`;
  },

  compile({ type, operator, values, yes, no }) {
    if (yes === undefined && no === undefined) {
      return "Say what the value becomes where it holds, or where it does not.";
    }
    const condition = compileCondition({ operator, values }, { type });
    if (!condition.ok) return condition.message;
    const read = (value: FieldValue): FieldValue => {
      const becomes = condition.holds(value) ? yes : no;
      return becomes === undefined ? value : becomes;
    };
    const named: readonly FieldValue[] = [...values, null, ""];
    return eachValue({
      kind: "lossy",
      read,
      write(value): One {
        const isConstant = [yes, no].some((one) => one !== undefined && isSame(one, value));
        const tries = isConstant ? [...named, value] : [value];
        const found = tries.find((one) => isSame(read(one), value));
        if (found !== undefined) return found;
        return problem("no-way-back", `No value is known that would become ${quoteValue(value)}.`);
      },
    });
  },

  examples: [
    {
      settings: { operator: "is", values: ["X", "x"], yes: "yes", no: "no" },
      forward: ["X", "Y", null],
      gives: ["yes", "no", "no"],
    },
    {
      settings: { type: "decimal", operator: "below", values: ["0"], yes: "0" },
      forward: ["-5", "7.50", null],
      gives: ["0", "7.50", null],
    },
    { settings: { operator: "blank", yes: "unknown" }, forward: [""], gives: ["unknown"] },
    {
      settings: { operator: "is", values: ["X"], yes: "yes", no: "no" },
      backward: ["yes", "no"],
      gives: ["X", null],
    },
    {
      settings: { operator: "is", values: ["X"], yes: "yes", no: "no" },
      backward: ["no"],
      previous: ["Y"],
      gives: ["Y"],
    },
    {
      settings: { type: "decimal", operator: "below", values: ["0"], yes: "0" },
      backward: ["-5"],
      fails: "no-way-back",
    },
    {
      settings: { operator: "is", values: ["X"], yes: "yes", no: "no" },
      backward: ["perhaps"],
      fails: "no-way-back",
    },
    { settings: { operator: "is", values: ["X"] }, forward: ["X"], fails: "settings" },
    { settings: { operator: "is", yes: "yes" }, forward: ["X"], fails: "settings" },
    {
      settings: { type: "date", operator: "below", values: ["soon"], yes: "x" },
      forward: ["X"],
      fails: "settings",
    },
  ],
});
