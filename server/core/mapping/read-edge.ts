import type { FieldProblem } from "../reconcile/state.ts";
import type { StepResult } from "../transforms/transform.ts";
import type { Columns, ColumnValue, FieldValue } from "../values/field-value.ts";
import type { EdgePlan, FieldPlan } from "./edge-plan.ts";
import { type Refer, toRecord } from "./refer.ts";

/** What reading a row collects. */
export type Reading = {
  readonly fields: Record<string, FieldValue>;
  readonly problems: FieldProblem[];
  /** Missing where nothing only warns. */
  warnings?: FieldProblem[];
};

/** The columns that were told of a row, those known from before, and whom its references name. */
export type RowRead = {
  readonly columns: Columns;
  readonly previous: Columns | null;
  readonly refer: Refer;
};

/**
 * Reads an edge's fields out of a row. A field that cannot be observed, because a column was not
 * told and is not known from before, is left out; one whose value does not fit is a problem.
 */
export function readEdge(plan: EdgePlan, row: RowRead, reading: Reading): void {
  if (plan.plain !== null) {
    const value = columnOf(row.columns, plan.plain.column);
    if (value !== undefined) readField(plan.plain.field, value, row, reading);
    return;
  }
  const raw = gather(plan, row.columns, row.previous);
  if (raw === null) return;
  const result = runForward(plan, raw);
  if (!result.ok) {
    const { code, message } = result;
    const value = asOne(raw);
    for (const { id } of plan.fields) reading.problems.push({ field: id, code, message, value });
    return;
  }
  for (let index = 0; index < plan.fields.length; index += 1) {
    const field = plan.fields[index];
    if (field !== undefined) readField(field, result.values[index] ?? null, row, reading);
  }
}

/** Runs the steps from the system to the hub. */
export function runForward(plan: EdgePlan, raw: readonly FieldValue[]): StepResult {
  let values = raw;
  for (const step of plan.steps) {
    const result = step.forward(values);
    if (!result.ok) return result;
    values = result.values;
  }
  return { ok: true, values };
}

function readField(field: FieldPlan, value: FieldValue, row: RowRead, reading: Reading): void {
  const parsed = field.parse(value);
  const breach = parsed.ok ? field.check(parsed.value) : parsed;
  if (breach !== null) noteBreach(field.id, value, breach, reading);
  if (!parsed.ok || (breach !== null && !isWarning(breach))) return;
  const { id, referred } = field;
  const read = referred === null ? parsed : toRecord(referred, row.refer, parsed.value);
  if (read.ok) reading.fields[id] = read.value;
  else {
    const { code, message, awaits } = read;
    reading.problems.push({ field: id, code, message, value: parsed.value, awaits });
  }
}

const isWarning = (breach: object) => "severity" in breach && breach.severity === "warn";

type Breach = Pick<FieldProblem, "code" | "message"> & { readonly severity?: "record" | "warn" };

function noteBreach(field: string, value: FieldValue, breach: Breach, reading: Reading): void {
  const { code, message, severity } = breach;
  if (severity === "warn") {
    reading.warnings = [...(reading.warnings ?? []), { field, code, message, value }];
    return;
  }
  const grave = severity === undefined ? {} : { severity };
  reading.problems.push({ field, code, message, value, ...grave });
}

/** The edge's raw values when at least one was told and the others are known; else null. */
export function gather(
  plan: EdgePlan,
  columns: Columns,
  previous: Columns | null,
): FieldValue[] | null {
  const raw: FieldValue[] = [];
  let isTold = false;
  for (const { name } of plan.columns) {
    let value = columnOf(columns, name);
    if (value !== undefined) isTold = true;
    else if (previous !== null) value = columnOf(previous, name);
    if (value === undefined) return null;
    raw.push(value);
  }
  return isTold ? raw : null;
}

/** Own columns only: a table may well have a column "constructor". */
export function columnOf(columns: Columns, name: string): ColumnValue | undefined {
  return Object.hasOwn(columns, name) ? columns[name] : undefined;
}

/**
 * The values before the first step, and after each; it ends where a step fails. Null when the row
 * does not have all of the edge's columns.
 */
export function trailOf(
  plan: EdgePlan,
  columns: Columns | null,
): readonly (readonly FieldValue[])[] | null {
  if (columns === null) return null;
  const raw: FieldValue[] = [];
  for (const { name } of plan.columns) {
    const value = columnOf(columns, name);
    if (value === undefined) return null;
    raw.push(value);
  }
  const trail: (readonly FieldValue[])[] = [raw];
  let values: readonly FieldValue[] = raw;
  for (const step of plan.steps) {
    const result = step.forward(values);
    if (!result.ok) return trail;
    values = result.values;
    trail.push(values);
  }
  return trail;
}

function asOne(values: readonly FieldValue[]): FieldValue {
  return values.length === 1 ? (values[0] ?? null) : values;
}
