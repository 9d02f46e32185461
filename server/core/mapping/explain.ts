import type { Edge, Entity } from "../map/document.ts";
import type { FieldProblem } from "../reconcile/state.ts";
import { titleOf } from "../transforms/palette.ts";
import { prepareStep } from "../transforms/registry.ts";
import type { Columns, FieldValue, FieldValues } from "../values/field-value.ts";
import { planEdge } from "./edge-plan.ts";
import { columnOf, readEdge } from "./read-edge.ts";
import { AS_SPELLED } from "./refer.ts";

/** How one row flows through an edge into the hub, step by step. */
export type EdgeTrace = {
  /** What the columns hold; null where the row does not tell all of them: then nothing flows. */
  readonly columns: readonly FieldValue[] | null;
  /** One per step; after the first problem the rest is not reached and missing. */
  readonly steps: readonly StepTrace[];
  /** What arrives, by field. Empty when a step fails or the edge cannot run. */
  readonly fields: FieldValues;
  readonly problems: readonly FieldProblem[];
};

export type StepTrace = {
  readonly title: string;
  /** What the step does, in one plain sentence. */
  readonly sentence: string;
  readonly in: readonly FieldValue[];
  readonly out:
    | { readonly ok: true; readonly values: readonly FieldValue[] }
    | { readonly ok: false; readonly message: string };
};

/**
 * Follows a row through an edge, for the chips of the canvas. It works on drafts: a step whose
 * settings are not finished shows what is wrong with them.
 */
export function traceEdge(edge: Edge, columns: Columns, entity: Entity | null): EdgeTrace {
  const raw: FieldValue[] = [];
  for (const name of edge.columns) {
    const value = columnOf(columns, name);
    if (value === undefined) return { columns: null, steps: [], fields: {}, problems: [] };
    raw.push(value);
  }
  const steps = traceSteps(edge, raw);
  return { columns: raw, steps, ...arrivals(edge, columns, entity) };
}

function traceSteps(edge: Edge, raw: readonly FieldValue[]): StepTrace[] {
  const traces: StepTrace[] = [];
  let values = raw;
  for (const step of edge.steps) {
    const title = titleOf(step.transform);
    const prepared = prepareStep(step);
    if (!prepared.ok) {
      const message = prepared.problems.map(({ message }) => message).join(" ");
      traces.push({ title, sentence: message, in: values, out: { ok: false, message } });
      return traces;
    }
    const out = prepared.step.forward(values);
    traces.push({ title, sentence: prepared.sentence, in: values, out });
    if (!out.ok) return traces;
    values = out.values;
  }
  return traces;
}

function arrivals(
  edge: Edge,
  columns: Columns,
  entity: Entity | null,
): Pick<EdgeTrace, "fields" | "problems"> {
  const fields: Record<string, FieldValue> = {};
  const problems: FieldProblem[] = [];
  if (entity === null) return { fields, problems };
  const known = new Map(entity.fields.map((field) => [field.id, field]));
  // Whether it can be written back is another question: here it only reads.
  const reading: Edge = { ...edge, direction: "in" };
  const input = { binding: "", edge: reading, fields: known, entity: entity.id, schema: null };
  const { plan } = planEdge(input);
  if (plan !== null)
    readEdge(plan, { columns, previous: null, refer: AS_SPELLED }, { fields, problems });
  return { fields, problems };
}
