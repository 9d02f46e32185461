import type { Edge, Field } from "../map/document.ts";
import type { ObjectSchema } from "../map/object-schema.ts";
import type { Place } from "../map/place.ts";
import { namesByKey } from "../map/references.ts";
import { prepareStep } from "../transforms/registry.ts";
import type { CompiledStep, StepKind } from "../transforms/transform.ts";
import { compileRules, type RuleCheck } from "../validation/field-rules.ts";
import { type Equals, makeEquals } from "../values/equal-value.ts";
import { makeParser, type ValueParser } from "../values/parse-value.ts";
import type { Found } from "./find-referred.ts";
import { keyOfColumns } from "./key-of-columns.ts";
import type { Referred } from "./refer.ts";

/** An edge of a map, compiled once per version: no setting is read again per record. */
export type EdgePlan = {
  readonly id: string;
  readonly direction: Edge["direction"];
  readonly columns: readonly ColumnPlan[];
  readonly fields: readonly FieldPlan[];
  readonly steps: readonly CompiledStep[];
  /** One column to one field without a step: most edges, and worth a short way. */
  readonly plain: { readonly column: string; readonly field: FieldPlan } | null;
  /** The worst of its steps; what the round trip finds beside it is told by `checkEdge`. */
  readonly kind: StepKind;
};

/** `parse` makes the column's own type of a field's value; null while its type is not known. */
export type ColumnPlan = { readonly name: string; readonly parse: ValueParser | null };

export type FieldPlan = {
  readonly id: string;
  readonly parse: ValueParser;
  readonly equals: Equals;
  readonly check: RuleCheck;
  /** Whose rows its values name in this system; null for a field that is no reference. */
  readonly referred: Referred | null;
};

/** What makes a part of a map impossible to run, and where. */
export type CompileProblem = {
  readonly place: Place;
  /** Which setting of that place: "factor", "validation[2].pattern"; "" is the place itself. */
  readonly setting: string;
  /** A whole sentence; it does not repeat the place. */
  readonly message: string;
};

export type EdgeInput = {
  readonly binding: string;
  readonly edge: Edge;
  /** The fields of the binding's entity. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly entity: string;
  readonly schema: ObjectSchema | null;
  /** Whose rows the values of a field name; missing: references stay as they are spelled. */
  readonly referredBy?: (field: Field) => Found;
};

/** An edge ready to run, or null with everything that stands against it. */
export function planEdge(input: EdgeInput): {
  readonly plan: EdgePlan | null;
  readonly problems: readonly CompileProblem[];
} {
  const { binding, edge, schema } = input;
  const place: Place = { binding, edge: edge.id };
  const problems: CompileProblem[] = [];
  const fields = planFields(input, problems);
  const steps: CompiledStep[] = [];
  for (const [index, step] of edge.steps.entries()) {
    const prepared = prepareStep(step);
    if (prepared.ok) steps.push(prepared.step);
    else {
      for (const { place: setting, message } of prepared.problems) {
        problems.push({ place: { ...place, step: index }, setting, message });
      }
    }
  }
  if (edge.columns.includes("__proto__")) {
    const message = "A column of this name cannot be mapped.";
    problems.push({ place: { ...place, column: "__proto__" }, setting: "", message });
  }
  const composed = composedKey(input, fields);
  if (composed !== null) steps.push(composed);
  // Of a chain with a broken step nobody can say what it would take and give.
  if (problems.length === 0) problems.push(...chainProblems(edge, steps, place));
  if (problems.length > 0) return { plan: null, problems };
  const columns = edge.columns.map((name) => ({ name, parse: columnParser(schema, name) }));
  const { id, direction } = edge;
  const plain = steps.length === 0 ? plainPair(edge, fields) : null;
  const kind = worstKind(steps);
  return { plan: { id, direction, columns, fields, steps, plain, kind }, problems };
}

/** Several columns that go into one reference as they are: together they name its row. */
function composedKey(
  { edge, fields: known, schema }: EdgeInput,
  fields: readonly FieldPlan[],
): CompiledStep | null {
  const [field] = fields;
  if (field === undefined || !namesByKey(edge, (id) => known.get(id))) return null;
  const clearable = edge.columns.map((name) => {
    const column = schema?.columns.find((one) => one.name === name);
    return column?.nullable !== false && schema?.key.includes(name) !== true;
  });
  return keyOfColumns({
    parts: field.referred?.parts ?? edge.columns.map((_, at) => at),
    clearable,
  });
}

function plainPair(edge: Edge, fields: readonly FieldPlan[]): EdgePlan["plain"] {
  const [column, ...otherColumns] = edge.columns;
  const [field] = fields;
  if (column === undefined || field === undefined || otherColumns.length > 0) return null;
  return { column, field };
}

function planFields(input: EdgeInput, problems: CompileProblem[]): FieldPlan[] {
  const plans: FieldPlan[] = [];
  for (const id of input.edge.fields) {
    const field = input.fields.get(id);
    if (field === undefined) {
      const place = { binding: input.binding, edge: input.edge.id };
      problems.push({ place, setting: "fields", message: `There is no field "${id}".` });
      continue;
    }
    const plan = planField(input, field, problems);
    if (plan !== null) plans.push(plan);
  }
  return plans;
}

function planField(input: EdgeInput, field: Field, problems: CompileProblem[]): FieldPlan | null {
  const { id, type, options } = field;
  const rules = compileRules(field);
  for (const { place: setting, message } of rules.ok ? [] : rules.problems) {
    problems.push({ place: { entity: input.entity, field: id }, setting, message });
  }
  const found = input.referredBy?.(field) ?? NOT_REFERRED;
  if (!found.ok) {
    const place = { binding: input.binding, edge: input.edge.id, field: id };
    problems.push({ place, setting: "", message: found.message });
  }
  if (!rules.ok || !found.ok) return null;
  const parse = makeParser(type, options);
  const equals = makeEquals(type, options);
  return { id, parse, equals, check: rules.check, referred: found.referred };
}

const NOT_REFERRED: Found = { ok: true, referred: null };

/** Whether as many values leave the chain as the edge has fields, and whether it can run back. */
function chainProblems(
  edge: Edge,
  steps: readonly CompiledStep[],
  place: Place,
): readonly CompileProblem[] {
  let count = edge.columns.length;
  for (const [index, step] of steps.entries()) {
    const at = { ...place, step: index };
    if (step.inputs !== "each" && step.inputs !== count) {
      const message = `This step takes ${values(step.inputs)} and gets ${count}.`;
      return [{ place: at, setting: "", message }];
    }
    const message = wayProblem(edge, step);
    if (message !== null) return [{ place: at, setting: "", message }];
    if (step.outputs !== "each") count = step.outputs;
  }
  if (count === edge.fields.length) return [];
  const message = `The edge gives ${values(count)} for ${edge.fields.length} fields.`;
  return [{ place, setting: "", message }];
}

function wayProblem({ direction }: Edge, step: CompiledStep): string | null {
  if (direction !== "in" && step.backward === undefined) {
    return "This step has no way back, so the edge can only read.";
  }
  if (direction !== "out" && step.writesOnly) {
    return "This step makes one value of several, so the edge can only write.";
  }
  if (direction === "both" && step.kind === "one-way") {
    return "This step works one way, so the edge can only read or only write.";
  }
  return null;
}

function values(count: number): string {
  return count === 1 ? "1 value" : `${count} values`;
}

function worstKind(steps: readonly CompiledStep[]): StepKind {
  if (steps.some((step) => step.kind === "one-way")) return "one-way";
  return steps.some((step) => step.kind === "lossy") ? "lossy" : "lossless";
}

function columnParser(schema: ObjectSchema | null, name: string): ValueParser | null {
  const column = schema?.columns.find((one) => one.name === name);
  // What a list's items are, a discovered column does not tell: they go as they are.
  if (column === undefined || column.type === "list" || column.type === "set") return null;
  return makeParser(column.type, { values: column.values });
}
