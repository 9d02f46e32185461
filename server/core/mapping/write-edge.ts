import type { StepProblem } from "../transforms/transform.ts";
import type { Columns, ColumnValue, FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import type { EdgePlan } from "./edge-plan.ts";
import { runForward, trailOf } from "./read-edge.ts";

/** One value per column of the edge, or why the fields cannot be written there. */
export type Writing = { readonly ok: true; readonly columns: readonly ColumnValue[] } | StepProblem;

/**
 * Makes an edge's columns of its fields' values: what the row had before and still means the same
 * is kept to the letter, and what reading loses is restored from it.
 *
 * What is about to be written is read back first. Where the restored part gets in the way it is
 * dropped; where the values would still come back different, nothing is written, unless the edge
 * only writes and nobody reads it back.
 * @param wanted one value per field of the edge
 */
export function writeEdge(
  plan: EdgePlan,
  wanted: readonly FieldValue[],
  previous: Columns | null,
): Writing {
  const trail = trailOf(plan, previous);
  if (trail !== null) {
    const restored = runBack(plan, wanted, trail);
    if (restored.ok && firstDifference(plan, restored.columns, wanted) === null) return restored;
  }
  const plain = runBack(plan, wanted, null);
  if (!plain.ok || plan.direction === "out") return plain;
  const difference = firstDifference(plan, plain.columns, wanted);
  return difference === null ? plain : { ok: false, code: "round-trip", message: difference };
}

type Trail = readonly (readonly FieldValue[])[];

/** Runs the steps from the hub to the system, without asking how the result reads. */
export function runBack(
  plan: EdgePlan,
  wanted: readonly FieldValue[],
  trail: Trail | null,
): Writing {
  const { steps } = plan;
  let values = keepSpelling(plan, wanted, trail?.[steps.length]);
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const before = trail?.[index] ?? null;
    const after = trail?.[index + 1];
    // Nothing changed here, so what the step was given stands.
    if (before !== null && after !== undefined && isSameList(values, after)) {
      values = before;
      continue;
    }
    const result = steps[index]?.backward?.(values, before);
    if (result === undefined) return NO_WAY_BACK;
    if (!result.ok) return result;
    values = result.values;
  }
  return asColumns(plan, values, trail?.[0]);
}

const NO_WAY_BACK: StepProblem = {
  ok: false,
  code: "one-way",
  message: "The edge has a step without a way back.",
};

/** A value that means what the row has already is taken as the row spells it. */
function keepSpelling(
  plan: EdgePlan,
  wanted: readonly FieldValue[],
  last: readonly FieldValue[] | undefined,
): readonly FieldValue[] {
  if (last === undefined) return wanted;
  return wanted.map((value, index) => {
    const spelled = last[index];
    return spelled !== undefined && plan.fields[index]?.equals(spelled, value) ? spelled : value;
  });
}

function asColumns(
  plan: EdgePlan,
  values: readonly FieldValue[],
  before: readonly FieldValue[] | undefined,
): Writing {
  const columns: ColumnValue[] = [];
  for (const [index, { name, parse }] of plan.columns.entries()) {
    const value = values[index] ?? null;
    const parsed = value === before?.[index] ? null : parse?.(value);
    if (parsed?.ok === false) {
      return { ...parsed, message: `The column ${name} cannot hold it: ${parsed.message}` };
    }
    columns.push(parsed?.ok ? parsed.value : value);
  }
  return { ok: true, columns };
}

/** Null when the columns read as `wanted`; else a sentence about the first field that does not. */
function firstDifference(
  plan: EdgePlan,
  columns: readonly ColumnValue[],
  wanted: readonly FieldValue[],
): string | null {
  const result = runForward(plan, columns);
  if (!result.ok) return `It could not be read back: ${result.message}`;
  for (const [index, field] of plan.fields.entries()) {
    const value = result.values[index] ?? null;
    const aim = wanted[index] ?? null;
    if (field.equals(value, aim)) continue;
    return `${quoteValue(aim)} would come back as ${quoteValue(value)}.`;
  }
  return null;
}

function isSameList(a: readonly FieldValue[], b: readonly FieldValue[]): boolean {
  return a.length === b.length && a.every((value, index) => isSameValue(value, b[index]));
}

function isSameValue(a: FieldValue, b: FieldValue | undefined): boolean {
  if (a === b) return true;
  return typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b);
}
