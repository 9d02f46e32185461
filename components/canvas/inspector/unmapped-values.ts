import type { Step } from "../../../server/core/map/document.ts";
import { prepareStep } from "../../../server/core/transforms/registry.ts";
import type { Prepared } from "../../../server/core/transforms/transform.ts";
import type { FieldValue } from "../../../server/core/values/field-value.ts";

/** A row of a value table, as its settings have it. */
export type TableRow = { readonly from: Code; readonly to: Code };
type Code = string | boolean | null;

export type Counted = { readonly value: FieldValue; readonly count: number };
export type CountedCode = { readonly value: Exclude<Code, null>; readonly count: number };

/**
 * The values that reach a value table and that it does not name, the commonest first. What a step
 * before it cannot take does not reach it, and no value goes through a table by itself.
 */
export function unmappedValues(
  seen: readonly Counted[],
  before: readonly Step[],
  rows: readonly TableRow[],
): readonly CountedCode[] {
  const steps = before.map((step) => prepareStep(step));
  const mapped = new Set(rows.map(({ from }) => keyOf(from)));
  const counts = new Map<string, CountedCode>();
  for (const { value, count } of seen) {
    const code = through(value, steps);
    if (code === null || mapped.has(keyOf(code))) continue;
    const known = counts.get(keyOf(code))?.count ?? 0;
    counts.set(keyOf(code), { value: code, count: count + known });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
}

/** What comes out of the steps; null where it is nothing that a table could name. */
function through(value: FieldValue, steps: readonly Prepared[]): Exclude<Code, null> | null {
  let values: readonly FieldValue[] = [value];
  for (const prepared of steps) {
    if (!prepared.ok) return null;
    const result = prepared.step.forward(values);
    if (!result.ok) return null;
    values = result.values;
  }
  const [code = null, ...others] = values;
  const isCode = typeof code === "string" || typeof code === "boolean";
  return isCode && others.length === 0 ? code : null;
}

function keyOf(code: Code): string {
  return JSON.stringify(typeof code === "string" ? code.normalize("NFC") : code);
}
