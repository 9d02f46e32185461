import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { notText, restoring } from "./each-value.ts";
import { type CompiledStep, defineTransform, type StepResult } from "./transform.ts";

const PARTS_MAX = 20;

export const concatenate = defineTransform({
  id: "concatenate",
  summary: "Joins several columns to one text.",
  help:
    "Joins the columns in their order with the separator between them, leaving out parts that " +
    "are empty. There is no way back, unless you say that the text may be taken apart at the " +
    "separator again: the first column then gets what stands before it, the last one the rest, " +
    "and a row whose parts still give the text keeps them.",
  accepts: ["text", "enum", "integer", "decimal", "date", "time", "instant"],
  returns: ["text"],
  settings: z.strictObject({
    parts: z.int().min(2).max(PARTS_MAX).describe("How many columns are joined"),
    separator: z.string().max(20).default(" ").describe("What stands between two parts"),
    splits: z
      .boolean()
      .default(false)
      .describe("Take the text apart at the separator on the way back"),
  }),
  sentence: ({ parts, separator, splits }) => {
    const between = separator === "" ? "nothing" : quoteValue(separator);
    const back = splits ? "; on the way back takes them apart there" : "";
    return `Joins ${parts} columns with ${between} between them${back}.`;
  },

  compile({ parts, separator, splits }): CompiledStep | string {
    if (splits && separator === "") return "Nothing can be taken apart without a separator.";
    const forward = (values: readonly FieldValue[]): StepResult => join(values, separator);
    const shape = { inputs: parts, outputs: 1, forward };
    if (!splits) return { ...shape, kind: "one-way" };
    return {
      ...shape,
      kind: "lossy",
      backward: restoring(forward, ([text = null]) => {
        if (text === null) return { ok: true, values: Array<null>(parts).fill(null) };
        if (typeof text !== "string") return notText(text);
        return { ok: true, values: apart(text, separator, parts) };
      }),
    };
  },

  examples: [
    { settings: { parts: 2 }, forward: ["Main Street", "12"], gives: ["Main Street 12"] },
    { settings: { parts: 3 }, forward: ["a", null, "c"], gives: ["a c"] },
    { settings: { parts: 2 }, forward: ["a", ""], gives: ["a"] },
    { settings: { parts: 2 }, forward: [null, null], gives: [null] },
    { settings: { parts: 2, separator: "" }, forward: ["DE", "123"], gives: ["DE123"] },
    { settings: { parts: 2 }, backward: ["a b"], fails: "no way back" },
    {
      settings: { parts: 2, separator: "-", splits: true },
      backward: ["a-b-c"],
      gives: ["a", "b-c"],
    },
    {
      settings: { parts: 2, separator: "-", splits: true },
      backward: ["-a-"],
      gives: ["-a-", null],
    },
    { settings: { parts: 2, splits: true }, backward: [null], gives: [null, null] },
    {
      settings: { parts: 2, separator: "-", splits: true },
      backward: ["a-b-c"],
      previous: ["a-b", "c"],
      gives: ["a-b", "c"],
    },
    { settings: { parts: 2, separator: "", splits: true }, forward: ["a", "b"], fails: "settings" },
  ],
});

function join(values: readonly FieldValue[], separator: string): StepResult {
  const strange = values.find((value) => value !== null && typeof value !== "string");
  if (strange !== undefined) return notText(strange);
  if (values.every((value) => value === null)) return { ok: true, values: [null] };
  return { ok: true, values: [values.filter(Boolean).join(separator)] };
}

/** Takes a text apart so that joining gives it again: no part but a lone one is empty. */
function apart(text: string, separator: string, count: number): readonly (string | null)[] {
  const parts: string[] = [];
  let rest = text;
  while (parts.length < count - 1) {
    const at = rest.indexOf(separator, 1);
    const after = at + separator.length;
    if (at < 0 || after >= rest.length) break;
    parts.push(rest.slice(0, at));
    rest = rest.slice(after);
  }
  parts.push(rest);
  return Array.from({ length: count }, (_, index) => parts[index] ?? null);
}
