import type { Edge } from "../map/document.ts";
import type { FieldProblem } from "../reconcile/state.ts";
import type { StepKind } from "../transforms/transform.ts";
import { makeEquals } from "../values/equal-value.ts";
import type { Columns, ColumnValue, FieldValue, FieldValues } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import type { BindingInput } from "./compile-binding.ts";
import { type EdgePlan, planEdge } from "./edge-plan.ts";
import { columnValues, combine, fieldValues } from "./edge-values.ts";
import { readEdge } from "./read-edge.ts";
import { AS_SPELLED } from "./refer.ts";
import { runBack, writeEdge } from "./write-edge.ts";

/** What going there and back through an edge does to values. */
export type RoundTrip = {
  /**
   * lossless: every value comes back · lossy: only to a row that has the old value already ·
   * one-way: it does not come back
   */
  readonly kind: StepKind;
  /** A sentence; it names the counter-example where there is one. */
  readonly message: string;
  /** Columns as a system has them, the fields they give, and what those would be written as. */
  readonly counterExample?: {
    readonly columns: Columns;
    readonly fields: FieldValues;
    readonly back: Columns;
  };
  /** A value of the hub that cannot be written through this edge, so that its delivery waits. */
  readonly refuses?: {
    readonly fields: FieldValues;
    readonly message: string;
    /** Not just possible: the field's own list or the system's own rows have this value. */
    readonly isCertain: boolean;
  };
};

export type EdgeCheck = BindingInput & {
  readonly edge: Edge;
  /** Rows of the system; the more of them, the better its own habits are known. */
  readonly samples: readonly Columns[];
};

/**
 * Checks an edge there and back, on values that mappings break on and on the system's own rows,
 * whatever its direction is. An edge that cannot run at all is one-way, with the reason.
 */
export function checkEdge(check: EdgeCheck): RoundTrip {
  const found = planBothWays(check);
  if (typeof found === "string") return { kind: "one-way", message: found };
  const { plan, equals } = found;
  const refused = findRefused(check, plan);
  const refusal = refused === null ? {} : { refuses: refused };
  let lost: Loss | null = null;
  for (const row of rowsToTry(check)) {
    const result = thereAndBack(plan, row, equals);
    if (typeof result === "string") return { kind: "one-way", message: result, ...refusal };
    lost ??= result;
  }
  if (lost !== null) return { kind: "lossy", ...lossOf(lost), ...refusal };
  const message =
    plan.kind === "lossy"
      ? "Different values may read the same; a row that means the same keeps its own."
      : "Every value comes back as it was.";
  return { kind: plan.kind, message, ...refusal };
}

/** A sentence when the row would change; what is lost of it where it is not known from before. */
function thereAndBack(plan: EdgePlan, row: Columns, equals: RowEquals): string | Loss | null {
  const fields = readWhole(plan, row);
  if (fields === null) return null;
  const wanted = plan.fields.map(({ id }) => fields[id] ?? null);
  const restored = writeEdge(plan, wanted, row);
  const isRestored = restored.ok && isSameRow(plan, restored.columns, row, equals);
  if (!isRestored) return cannotReturn(wanted, restored);
  const plain = runBack(plan, wanted, null);
  if (!plain.ok || isSameRow(plan, plain.columns, row, equals)) return null;
  return { columns: only(plan, row), fields, back: toColumns(plan, plain.columns) };
}

type Loss = NonNullable<RoundTrip["counterExample"]>;
type RowEquals = readonly ((a: ColumnValue, b: ColumnValue) => boolean)[];

/** The edge as if it both read and wrote; a sentence when it cannot do both. */
function planBothWays(check: EdgeCheck): { plan: EdgePlan; equals: RowEquals } | string {
  const { document, binding, edge, schema } = check;
  const entity = document.entities.find(({ id }) => id === binding.entity);
  const fields = new Map(entity?.fields.map((field) => [field.id, field]));
  const input = { binding: binding.id, entity: binding.entity, fields, schema };
  const both: Edge = { ...edge, direction: "both" };
  const { plan, problems } = planEdge({ ...input, edge: both });
  if (plan === null) return problems[0]?.message ?? "The edge cannot run.";
  const equals = edge.columns.map((name) => {
    const type = schema?.columns.find((column) => column.name === name)?.type ?? "text";
    return type === "list" || type === "set" ? sameText : makeEquals(type);
  });
  return { plan, equals };
}

function sameText(a: ColumnValue, b: ColumnValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const ROWS_MAX = 2_000;

/** The system's own rows first: an example that a person knows says more. */
function* rowsToTry({ edge, schema, samples }: EdgeCheck): Generator<Columns> {
  for (const row of samples.slice(0, ROWS_MAX)) {
    if (edge.columns.every((name) => Object.hasOwn(row, name))) yield row;
  }
  const lists = edge.columns.map((name) =>
    columnValues(schema?.columns.find((column) => column.name === name)),
  );
  for (const values of combine(lists)) {
    yield Object.fromEntries(edge.columns.map((name, index) => [name, values[index] ?? null]));
  }
}

/** All fields of the edge, or null when one of them does not fit: such a row waits, unwritten. */
function readWhole(plan: EdgePlan, row: Columns): FieldValues | null {
  const fields: Record<string, FieldValue> = {};
  const problems: FieldProblem[] = [];
  readEdge(plan, { columns: row, previous: null, refer: AS_SPELLED }, { fields, problems });
  return problems.length === 0 && plan.fields.every(({ id }) => Object.hasOwn(fields, id))
    ? fields
    : null;
}

/** A hub value that the edge cannot write: first one that the field is known to have. */
function findRefused(check: EdgeCheck, plan: EdgePlan): NonNullable<RoundTrip["refuses"]> | null {
  let possible: NonNullable<RoundTrip["refuses"]> | null = null;
  for (const { wanted, isCertain } of valuesToTry(check, plan)) {
    if (!isCertain && possible !== null) continue;
    const written = writeEdge(plan, wanted, null);
    if (written.ok) continue;
    const fields = Object.fromEntries(plan.fields.map(({ id }, i) => [id, wanted[i] ?? null]));
    const refused = { fields, message: cannotReturn(wanted, written), isCertain };
    if (isCertain) return refused;
    possible = refused;
  }
  return possible;
}

function* valuesToTry(
  check: EdgeCheck,
  plan: EdgePlan,
): Generator<{ wanted: readonly FieldValue[]; isCertain: boolean }> {
  for (const row of check.samples.slice(0, ROWS_MAX)) {
    const reading = readWhole(plan, row);
    if (reading !== null) {
      yield { wanted: plan.fields.map(({ id }) => reading[id] ?? null), isCertain: true };
    }
  }
  const entity = check.document.entities.find(({ id }) => id === check.binding.entity);
  const fields = plan.fields.map(({ id }) => entity?.fields.find((field) => field.id === id));
  const lists = fields.map((field) => fieldValues(field?.type ?? "text", field?.options));
  const isListed = fields.every(
    (field) => field?.type === "boolean" || field?.options?.values !== undefined,
  );
  for (const wanted of combine(lists)) {
    const meetsRules = wanted.every((value, index) => plan.fields[index]?.check(value) === null);
    const isCertain = isListed && wanted.every((value) => value !== null);
    if (meetsRules) yield { wanted, isCertain };
  }
}

function cannotReturn(
  wanted: readonly FieldValue[],
  outcome: ReturnType<typeof writeEdge>,
): string {
  const values = wanted.map((value) => quoteValue(value)).join(" and ");
  const why = outcome.ok ? "it does not come back the same." : outcome.message;
  return `${values} cannot be written back: ${why}`;
}

function lossOf(counterExample: Loss): { message: string; counterExample: Loss } {
  const { columns, fields, back } = counterExample;
  const message =
    `${quoted(columns)} is read as ${quoted(fields)} and would be written as ${quoted(back)}; ` +
    "a row that means the same keeps its own.";
  return { message, counterExample };
}

function quoted(values: Columns | FieldValues): string {
  return Object.values(values)
    .map((value) => quoteValue(value))
    .join(" and ");
}

function isSameRow(
  plan: EdgePlan,
  columns: readonly ColumnValue[],
  row: Columns,
  equals: RowEquals,
): boolean {
  return plan.columns.every(
    ({ name }, index) => equals[index]?.(columns[index] ?? null, row[name] ?? null) === true,
  );
}

function only(plan: EdgePlan, row: Columns): Columns {
  return Object.fromEntries(plan.columns.map(({ name }) => [name, row[name] ?? null]));
}

function toColumns(plan: EdgePlan, columns: readonly ColumnValue[]): Columns {
  return Object.fromEntries(plan.columns.map(({ name }, index) => [name, columns[index] ?? null]));
}
