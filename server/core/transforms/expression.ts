import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { quoteValue } from "../values/format-value.ts";
import { isProblem, provingAll, restoring } from "./each-value.ts";
import {
  EXPRESSION_TYPES,
  type ExpressionType,
  expressionStep,
  type Taken,
} from "./expression-step.ts";
import { type CompiledStep, defineTransform, type StepResult } from "./transform.ts";

const COLUMNS_MAX = 10;

const Name = z.string().regex(/^[a-z][a-zA-Z0-9_]{0,30}$/, {
  error: "A name has letters and digits and begins with a small letter.",
});
const Text = z.string().min(1).max(LIMITS.expressionCharactersMax);
const TakenColumn = z.strictObject({
  name: Name.describe("Name"),
  type: z
    .string()
    .refine((type): type is ExpressionType => EXPRESSION_TYPES.some((one) => one === type), {
      error: `A type is one of ${EXPRESSION_TYPES.join(", ")}.`,
    })
    .describe("Type"),
});

/** One of text without a name stands for the only column. */
const ONE_TEXT: readonly Taken[] = [{ name: "value", type: "text" }];

const Settings = z
  .strictObject({
    expression: Text.meta({ lines: true }).describe("What the hub gets: value.trim().upper()"),
    takes: z
      .array(TakenColumn)
      .max(COLUMNS_MAX)
      .default([])
      .describe("The columns in their order; none means one text that is called value"),
    gives: z.enum(EXPRESSION_TYPES).default("text").describe("What it gives"),
    back: Text.meta({ lines: true })
      .optional()
      .describe("The way back, of the hub's value: value.lower()"),
  })
  .superRefine(({ expression, back, takes, gives }, context) => {
    const columns = takenOf(takes);
    const wrong = expressionStep(expression, columns, gives);
    if (typeof wrong === "string") {
      context.addIssue({ code: "custom", path: ["expression"], message: wrong });
    }
    if (back === undefined) return;
    const wrongBack =
      columns.length > 1
        ? "What was made of several columns has no way back by one expression."
        : expressionStep(back, [{ name: "value", type: gives }], columns[0]?.type ?? "text");
    if (typeof wrongBack === "string") {
      context.addIssue({ code: "custom", path: ["back"], message: wrongBack });
    }
  });

export const expression = defineTransform({
  id: "expression",
  summary: "Computes a value by an expression: value.trim().upper(), price * quantity.",
  help:
    "The language is that of rules and policies. Numbers are exact. There is no clock, no chance " +
    "and no endless loop; an expression that takes too many steps is ended, and the value waits. " +
    "What needs a value that is not there gives none. Without an expression for the way back the " +
    "step works one way; with one, what would come back different waits, and a row that still " +
    "gives the hub's value keeps its own.",
  // An integer is a decimal, and a code a text.
  accepts: [...EXPRESSION_TYPES, "integer", "enum"],
  returns: EXPRESSION_TYPES,
  settings: Settings,
  sentence: ({ expression: text, back }) => {
    const there = `Gives ${quoteValue(text.trim())}`;
    return back === undefined
      ? `${there}.`
      : `${there}; on the way back ${quoteValue(back.trim())}.`;
  },

  compile({ expression: text, takes, gives, back }): CompiledStep | string {
    const columns = takenOf(takes);
    const run = expressionStep(text, columns, gives);
    if (typeof run === "string") return run;
    const shape = { inputs: columns.length, outputs: 1, forward: oneOf(run) };
    if (back === undefined) return { ...shape, kind: "one-way" };
    const runBack = expressionStep(
      back,
      [{ name: "value", type: gives }],
      columns[0]?.type ?? "text",
    );
    if (typeof runBack === "string") return runBack;
    const write = provingAll(shape.forward, oneOf(runBack));
    return { ...shape, kind: "lossy", backward: restoring(shape.forward, write) };
  },

  examples: [
    {
      settings: { expression: "value.trim().upper()" },
      forward: [" ada "],
      gives: ["ADA"],
    },
    {
      settings: {
        expression: "round(price * quantity, 2)",
        takes: [
          { name: "price", type: "decimal" },
          { name: "quantity", type: "decimal" },
        ],
        gives: "decimal",
      },
      forward: ["0.1", "3.05"],
      gives: ["0.31"],
    },
    { settings: { expression: 'value == "" ? null : value' }, forward: [""], gives: [null] },
    { settings: { expression: "value.upper()" }, forward: [null], gives: [null] },
    { settings: { expression: "value.upper()" }, backward: ["ADA"], fails: "no way back" },
    {
      settings: { expression: '"DE-" + value', back: 'value.replace("DE-", "")' },
      backward: ["DE-7"],
      gives: ["7"],
    },
    {
      settings: { expression: '"DE-" + value', back: 'value.replace("DE-", "")' },
      backward: ["FR-7"],
      fails: "no-way-back",
    },
    {
      settings: { expression: "number(value) / 0", gives: "decimal" },
      forward: ["1"],
      fails: "no-answer",
    },
    {
      settings: {
        expression: "value * 2",
        takes: [{ name: "value", type: "decimal" }],
        gives: "decimal",
      },
      forward: ["two"],
      fails: "type",
    },
    { settings: { expression: "value.shout()" }, forward: ["a"], fails: "settings" },
    { settings: { expression: "value +" }, forward: ["a"], fails: "settings" },
    { settings: { expression: "ask()" }, forward: ["a"], fails: "settings" },
    { settings: { expression: "1 + 1" }, forward: ["a"], fails: "settings" },
  ],
});

function takenOf(takes: readonly Taken[]): readonly Taken[] {
  return takes.length === 0 ? ONE_TEXT : takes;
}

function oneOf(run: Exclude<ReturnType<typeof expressionStep>, string>): CompiledStep["forward"] {
  return (values): StepResult => {
    const one = run(values);
    return isProblem(one) ? one : { ok: true, values: [one] };
  };
}
