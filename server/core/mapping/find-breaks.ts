import type { Edge } from "../map/document.ts";
import type { ObjectSchema } from "../map/object-schema.ts";
import type { FieldProblem } from "../reconcile/state.ts";
import { checkTargetLimits } from "../validation/target-limits.ts";
import type { Columns, FieldValue, FieldValues } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import type { BindingInput } from "./compile-binding.ts";
import { type EdgePlan, planEdge } from "./edge-plan.ts";
import { readEdge } from "./read-edge.ts";
import { AS_SPELLED } from "./refer.ts";
import { writeEdge } from "./write-edge.ts";

/** A record as far as one edge is about it. */
export type RecordAtEdge = {
  /** Its row, as the system has it; null where it has none. */
  readonly columns: Columns | null;
  /** The hub's values. */
  readonly values: FieldValues;
};

/**
 * Looks for records that break an edge: whose row gives no value that fits, or whose values cannot
 * be written, each where the edge reads or writes.
 * @returns why a record breaks it, as a sentence; null where it does not
 */
export function breakFinder(
  check: BindingInput & { readonly edge: Edge },
): (record: RecordAtEdge) => string | null {
  const { document, binding, edge, schema } = check;
  const entity = document.entities.find(({ id }) => id === binding.entity);
  const fields = new Map(entity?.fields.map((field) => [field.id, field]));
  const { plan, problems } = planEdge({
    ...{ binding: binding.id, entity: binding.entity, fields, schema, edge },
  });
  if (plan === null) return () => problems[0]?.message ?? "The line cannot run.";
  // What names another record is spelled in each system in its own way.
  const refers = edge.fields.some((id) => fields.get(id)?.type === "reference");
  return (record) => {
    const unread = edge.direction === "out" ? null : whyUnread(plan, edge, record.columns);
    if (unread !== null || edge.direction === "in" || refers) return unread;
    return whyUnwritten(plan, schema, record);
  };
}

function whyUnread(plan: EdgePlan, edge: Edge, columns: Columns | null): string | null {
  if (columns === null || !edge.columns.every((name) => Object.hasOwn(columns, name))) return null;
  const problems: FieldProblem[] = [];
  const fields: Record<string, FieldValue> = {};
  readEdge(plan, { columns, previous: null, refer: AS_SPELLED }, { fields, problems });
  return problems[0]?.message ?? null;
}

function whyUnwritten(
  plan: EdgePlan,
  schema: ObjectSchema | null,
  { columns, values }: RecordAtEdge,
): string | null {
  const ids = plan.fields.map(({ id }) => id);
  if (!ids.every((id) => Object.hasOwn(values, id))) return null;
  const wanted = ids.map((id) => values[id] ?? null);
  const told = wanted.map((value) => quoteValue(value)).join(" and ");
  const written = writeEdge(plan, wanted, columns);
  if (!written.ok) return `${told} cannot be written: ${written.message}`;
  const made = Object.fromEntries(
    plan.columns.map(({ name }, index) => [name, written.columns[index] ?? null]),
  );
  const [limit] = checkTargetLimits(schema, made, "update");
  return limit === undefined ? null : `${told} cannot be written: ${limit.message}`;
}
