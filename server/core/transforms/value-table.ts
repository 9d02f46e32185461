import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { Cell } from "./cell.ts";
import { eachValue, type One } from "./each-value.ts";
import { type CompiledStep, defineTransform, problem, type StepProblem } from "./transform.ts";

const ROWS_MAX = 2_000;

/** The settings of a table, which lists have too. */
export const ValueTableSettings = {
  rows: z
    .array(
      z.strictObject({
        from: Cell.describe("The system's value"),
        to: Cell.describe("The hub's value"),
      }),
    )
    .min(1)
    .max(ROWS_MAX)
    .describe("What each value of the system means"),
  otherwise: Cell.optional().describe("What every value that is not listed becomes in the hub"),
  firstBack: z
    .boolean()
    .default(false)
    .describe("Several values may mean the same: write the first of them back"),
} as const;
type ValueTable = z.output<z.ZodObject<typeof ValueTableSettings>>;

export const valueTable = defineTransform({
  id: "value-table",
  summary: "Replaces each code by its partner: 'A' by 'active', 'Y' by true.",
  help:
    "List every value of the system with what it means in the hub. A value that is not listed " +
    "is a problem and waits for you, unless you name what all others become. The way back needs " +
    "one code per meaning; where several codes mean the same, say that the first is written, " +
    "and rows that have another of them keep it. Null goes through unless a row names it.",
  accepts: ["text", "enum", "integer", "boolean", "decimal"],
  returns: ["text", "enum", "boolean", "integer", "decimal"],
  settings: z.strictObject(ValueTableSettings),
  sentence: (settings) => `Turns ${tableWords(settings)}.`,

  compile: tableStep,

  examples: [
    { settings: { rows: [{ from: "A", to: "active" }] }, forward: ["A"], gives: ["active"] },
    { settings: { rows: [{ from: "A", to: "active" }] }, backward: ["active"], gives: ["A"] },
    { settings: { rows: [{ from: "A", to: "active" }] }, forward: ["B"], fails: "unlisted" },
    { settings: { rows: [{ from: "A", to: "active" }] }, backward: ["gone"], fails: "unlisted" },
    { settings: { rows: [{ from: "A", to: "active" }] }, forward: [null], gives: [null] },
    { settings: { rows: [{ from: "Y", to: true }] }, forward: ["Y"], gives: [true] },
    { settings: { rows: [{ from: null, to: "new" }] }, forward: [null], gives: ["new"] },
    { settings: { rows: [{ from: null, to: "new" }] }, backward: [null], fails: "unlisted" },
    {
      settings: { rows: [{ from: "A", to: "active" }], otherwise: "other" },
      forward: ["Q"],
      gives: ["other"],
    },
    {
      settings: { rows: [{ from: "A", to: "active" }], otherwise: "other" },
      backward: ["other"],
      previous: ["Q"],
      gives: ["Q"],
    },
    { settings: { rows: [{ from: "0", to: false }] }, backward: [false], gives: ["0"] },
    {
      settings: {
        rows: [
          { from: "A", to: "active" },
          { from: "ACT", to: "active" },
        ],
        firstBack: true,
      },
      backward: ["active"],
      previous: ["ACT"],
      gives: ["ACT"],
    },
    {
      settings: {
        rows: [
          { from: "A", to: "active" },
          { from: "A", to: "gone" },
        ],
      },
      forward: ["A"],
      fails: "settings",
    },
  ],
});

/** Compiles the table; list steps look each member up in it. */
export function tableStep({ rows, otherwise, firstBack }: ValueTable): CompiledStep | string {
  const there = new Map<FieldValue, FieldValue>();
  const back = new Map<FieldValue, FieldValue>();
  let isOneToOne = true;
  for (const { from, to } of rows) {
    if (there.has(spelled(from))) return `${quoteValue(from)} is listed twice.`;
    there.set(spelled(from), spelled(to));
    if (back.has(spelled(to))) isOneToOne = false;
    else back.set(spelled(to), spelled(from));
  }
  const read = (value: FieldValue): One => {
    const to = there.get(spelled(value));
    if (to !== undefined) return to;
    if (value === null) return null;
    return otherwise === undefined ? unlisted(value) : otherwise;
  };
  // A null that no row names goes through, so a row that gives null is the second way to it.
  const nullGoesTwoWays = back.has(null) && !there.has(null);
  if (!isOneToOne && !firstBack) return eachValue({ kind: "one-way", read });
  return eachValue({
    kind: isOneToOne && otherwise === undefined && !nullGoesTwoWays ? "lossless" : "lossy",
    read,
    write(value) {
      const from = back.get(spelled(value));
      if (from !== undefined) return from;
      return value === null && !there.has(null) ? null : unlisted(value);
    },
  });
}

/** `"A" to "active", "G" to "gone" and 3 more` */
export function tableWords({ rows, otherwise }: Pick<ValueTable, "rows" | "otherwise">): string {
  const shown = rows.slice(0, 3).map(({ from, to }) => `${quoteValue(from)} to ${quoteValue(to)}`);
  const more = rows.length > 3 ? ` and ${rows.length - 3} more` : "";
  const rest = otherwise === undefined ? "" : `, all others to ${quoteValue(otherwise)}`;
  return `${shown.join(", ")}${more}${rest}`;
}

function spelled(value: FieldValue): FieldValue {
  return typeof value === "string" ? value.normalize("NFC") : value;
}

function unlisted(value: FieldValue): StepProblem {
  return problem("unlisted", `${quoteValue(value)} is not in the value table.`);
}
