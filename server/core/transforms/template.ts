import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { notText, provingAll, restoring } from "./each-value.ts";
import { type CompiledStep, defineTransform, problem, type StepResult } from "./transform.ts";

const COLUMNS_MAX = 20;
const LENGTH_MAX = 20_000;

/** Texts between columns: one more than there are columns. */
type Template = { readonly texts: readonly string[]; readonly columns: readonly number[] };

export const template = defineTransform({
  id: "template",
  summary: "Writes columns into a text of yours: '{1} ({2})'.",
  help:
    "{1} stands for the first column, {2} for the second; {{ and }} are braces themselves. A " +
    "column without a value leaves its place empty, or the whole text is none. There is no way " +
    "back, unless you say that the text is to be taken apart again: then each column must stand " +
    "in it once, with something between two of them, and a part that holds what stands behind it " +
    "comes back divided in another place: a row whose columns still give the text keeps them.",
  accepts: ["text", "enum", "integer", "decimal", "date", "time", "instant", "boolean"],
  returns: ["text"],
  settings: z.strictObject({
    text: z.string().min(1).max(500).describe("The text: {1} ({2})"),
    missing: z
      .enum(["empty", "none"])
      .default("empty")
      .describe("Where a column has no value: its place stays empty, or there is no text"),
    splits: z.boolean().default(false).describe("Take the text apart again on the way back"),
  }),
  sentence: ({ text, splits }) =>
    `Writes ${quoteValue(text)}${splits ? "; on the way back takes it apart" : ""}.`,

  compile({ text, missing, splits }): CompiledStep | string {
    const parsed = parse(text);
    if (typeof parsed === "string") return parsed;
    const inputs = Math.max(...parsed.columns) + 1;
    const wrong = whyUnused(parsed, inputs) ?? (splits ? whyUnclear(parsed) : null);
    if (wrong !== null) return wrong;
    const forward = (values: readonly FieldValue[]) => fill(parsed, values, missing === "none");
    const shape = { inputs, outputs: 1, forward };
    if (!splits) return { ...shape, kind: "one-way" };
    const write = provingAll(forward, ([value = null]) => apart(parsed, value, inputs));
    return { ...shape, kind: "lossy", backward: restoring(forward, write) };
  },

  examples: [
    { settings: { text: "{1} ({2})" }, forward: ["Ada", "7"], gives: ["Ada (7)"] },
    { settings: { text: "{1} ({2})" }, forward: ["Ada", null], gives: ["Ada ()"] },
    {
      settings: { text: "{1} ({2})", missing: "none" },
      forward: ["Ada", null],
      gives: [null],
    },
    { settings: { text: "{1}, {2}" }, forward: [null, null], gives: [null] },
    { settings: { text: "{{{1}}}" }, forward: ["Ada"], gives: ["{Ada}"] },
    { settings: { text: "No. {1}" }, forward: [true], gives: ["No. true"] },
    { settings: { text: "{1} ({2})" }, backward: ["Ada (7)"], fails: "no way back" },
    {
      settings: { text: "{1} ({2})", splits: true },
      backward: ["Ada (7)"],
      gives: ["Ada", "7"],
    },
    {
      settings: { text: "{2}/{1}", splits: true },
      backward: ["a/b/c"],
      gives: ["b/c", "a"],
    },
    {
      settings: { text: "{2}/{1}", splits: true },
      backward: ["a/b/c"],
      previous: ["c", "a/b"],
      gives: ["c", "a/b"],
    },
    { settings: { text: "{1} ({2})", splits: true }, backward: ["Ada"], fails: "no-way-back" },
    { settings: { text: "{1} ({2})", splits: true }, backward: [null], gives: [null, null] },
    { settings: { text: "{1}{2}", splits: true }, forward: ["a", "b"], fails: "settings" },
    { settings: { text: "{1}-{1}", splits: true }, forward: ["a"], fails: "settings" },
    { settings: { text: "{2}" }, forward: ["a", "b"], fails: "settings" },
    { settings: { text: "{x}" }, forward: ["a"], fails: "settings" },
    { settings: { text: "none" }, forward: ["a"], fails: "settings" },
  ],
});

function parse(text: string): Template | string {
  const texts = [""];
  const columns: number[] = [];
  for (const [piece, column] of text.matchAll(/\{([1-9]\d?)\}|\{\{|\}\}|[^{}]+|[{}]/g)) {
    if (piece === "{" || piece === "}") {
      return "A brace stands alone. Write {1} for a column, and {{ or }} for a brace.";
    }
    if (column === undefined) texts.push((texts.pop() ?? "") + unescaped(piece));
    else {
      columns.push(Number(column) - 1);
      texts.push("");
    }
  }
  if (columns.length === 0) return "No column stands in the text: write {1} where its value goes.";
  if (columns.some((at) => at >= COLUMNS_MAX)) return `There are at most ${COLUMNS_MAX} columns.`;
  return { texts, columns };
}

/** "{{" => "{" */
function unescaped(piece: string): string {
  return /^[{}]/.test(piece) ? piece.slice(1) : piece;
}

/** A column that is nowhere would be lost unseen. */
function whyUnused({ columns }: Template, inputs: number): string | null {
  const all = Array.from({ length: inputs }, (_, at) => at);
  const unused = all.find((at) => !columns.includes(at));
  return unused === undefined ? null : `{${unused + 1}} does not stand in the text.`;
}

/** Why nobody could take the text apart again. */
function whyUnclear({ texts, columns }: Template): string | null {
  const twice = columns.find((column, at) => columns.indexOf(column) !== at);
  if (twice !== undefined) return `{${twice + 1}} stands in the text twice, so it has no way back.`;
  const gap = texts.slice(1, -1).indexOf("");
  if (gap < 0) return null;
  const [left = 0, right = 0] = columns.slice(gap);
  return `Nothing stands between {${left + 1}} and {${right + 1}}: nobody could tell them apart.`;
}

function fill(
  { texts, columns }: Template,
  values: readonly FieldValue[],
  isWhole: boolean,
): StepResult {
  const strange = values.find((value) => typeof value === "object" && value !== null);
  if (strange !== undefined) return notText(strange);
  const present = values.filter((value) => value !== null);
  if (present.length === 0 || (isWhole && present.length < values.length)) {
    return { ok: true, values: [null] };
  }
  const text = texts
    .map((own, at) => {
      const column = columns[at];
      return column === undefined ? own : own + String(values[column] ?? "");
    })
    .join("");
  if (text.length <= LENGTH_MAX) return { ok: true, values: [text] };
  return problem("too-long", `The text would have more than ${LENGTH_MAX} characters.`);
}

function apart({ texts, columns }: Template, value: FieldValue, inputs: number): StepResult {
  const parts = Array<string | null>(inputs).fill(null);
  if (value === null) return { ok: true, values: parts };
  if (typeof value !== "string") return notText(value);
  const [first = ""] = texts;
  let rest = value.startsWith(first) ? value.slice(first.length) : null;
  for (const [at, column] of columns.entries()) {
    const end = rest === null ? -1 : endOf(rest, texts[at + 1] ?? "", at === columns.length - 1);
    if (rest === null || end < 0) return unlike(value);
    parts[column] = rest.slice(0, end);
    rest = rest.slice(end + (texts[at + 1]?.length ?? 0));
  }
  return { ok: true, values: parts };
}

/** Where a part ends: before what follows it, the last one before the end. */
function endOf(rest: string, follows: string, isLast: boolean): number {
  if (!isLast) return rest.indexOf(follows);
  return rest.endsWith(follows) ? rest.length - follows.length : -1;
}

function unlike(value: FieldValue): StepResult {
  return problem("no-way-back", `${quoteValue(value)} is not written as the template has it.`);
}
