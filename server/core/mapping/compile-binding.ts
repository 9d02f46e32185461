import { assert } from "../assert.ts";
import type { Binding, Field, MapDocument } from "../map/document.ts";
import type { ObjectSchema } from "../map/object-schema.ts";
import { placePath } from "../map/place.ts";
import type { FieldProblem } from "../reconcile/state.ts";
import { problem, type StepProblem, type StepResult } from "../transforms/transform.ts";
import { ruledField } from "../validation/key-limit.ts";
import type { Columns, ColumnValue, FieldValue, FieldValues } from "../values/field-value.ts";
import { type CompileProblem, type EdgePlan, planEdge } from "./edge-plan.ts";
import { findReferred, type SchemaOf } from "./find-referred.ts";
import { gather, type Reading, readEdge, trailOf } from "./read-edge.ts";
import {
  AS_SPELLED,
  type MissingReference,
  type Refer,
  type Referred,
  type Translated,
  toRecord,
  toRow,
} from "./refer.ts";
import type { RowNaming } from "./row-naming.ts";
import { writeEdge } from "./write-edge.ts";

/** A binding's edges as two plain functions between a row's columns and the entity's fields. */
export type CompiledBinding = {
  /**
   * Reads fields out of a row. An edge of which no column was told gives nothing; one of which
   * some were told takes the others from `previous`. A value that does not fit its type, a step or
   * a rule of its field is left out of `fields` and told in `problems`; so is a reference to a row
   * that is no record yet.
   */
  forward(columns: Columns, previous: Columns | null, refer: Refer): Reading;

  /** Makes columns of hub values; see `WriteRequest`. */
  backward(request: WriteRequest): Written;

  /**
   * Every mapped column: those that are only written too, because a write is conditional on them
   * and keeps of them what the hub does not know.
   */
  readonly readColumns: readonly string[];
  readonly writeColumns: readonly string[];
  /** Fields that rows of this binding tell. */
  readonly inFields: readonly string[];
  /** Fields that its system receives. */
  readonly outFields: readonly string[];
  /**
   * What a row's columns say in a field by the edge that writes it, also where the edge only
   * writes, or where nothing writes it by the edge that reads it: an earlier version may have
   * written there. Null where they are not all known, or no edge has the field.
   */
  readBack(columns: Columns, field: string, refer: Refer): ReadBack | null;

  /** The edge that reads a field and the edge that writes it: mostly one and the same. */
  edgeOfField(field: string): { readonly reads: string | null; readonly writes: string | null };
  /** The columns of the edge that reads a field; none, where rows do not tell it. */
  columnsReading(field: string): readonly string[];
  /** The fields of references to records, whichever way they go: mostly none. */
  readonly references: readonly string[];
  /** Reads a name that a row tells in a reference once more; null where the field is none. */
  follow(field: string, name: FieldValue, refer: Refer): Translated | null;
  /** How they name rows where they do not by a key. */
  readonly namings: readonly RowNaming[];
  /** The rows that a row's references name, by the binding or space that they are of. */
  namedRows(columns: Columns, previous: Columns | null): readonly NamedRow[];
};

export type NamedRow = { readonly binding: string; readonly externalId: string };

/**
 * field: a value of the field · misfit: what it is instead, as the problem of reading it says ·
 * one-way: the column's own value, which the edge does not read as it writes it
 */
export type ReadBack = {
  readonly kind: "field" | "misfit" | "one-way";
  readonly value: FieldValue;
};

export type WriteRequest = {
  /** Hub values that may be delivered. A field that the hub has no value for is missing. */
  readonly values: FieldValues;
  /** The fields to deliver. */
  readonly due: ReadonlySet<string>;
  /** The row's columns as last accounted for; null for a row that is to be created. */
  readonly previous: Columns | null;
  /** Fields whose hub value may not travel now; where one cannot be parted, its edge waits. */
  readonly waiting?: ReadonlySet<string>;
  readonly refer: Refer;
};

export type Written = {
  /**
   * Every column of each edge that carries a due field, also where the row has that value already;
   * nulls too. Edges with a problem are left out whole.
   */
  readonly columns: Columns;
  /** Fields whose hub value the columns carry: the due ones, and others of the same edges. */
  readonly fieldsCarried: readonly string[];
  /**
   * Fields of the same edges that the hub has no value for and that are written as none. Only where
   * nobody reads the edge: there they may read as something else than none afterwards.
   */
  readonly fieldsBlank: readonly string[];
  /** Due fields that cannot be written now. */
  readonly problems: readonly FieldProblem[];
};

export type BindingInput = {
  readonly document: MapDocument;
  readonly binding: Binding;
  readonly schema: ObjectSchema | null;
  /** The other objects of its system, for references; missing: none is known. */
  readonly schemaOf?: SchemaOf;
};

/**
 * Compiles a binding of a checked map. What the schema lacks is no error here: a column that the
 * system lost is simply not told any more.
 * @throws InvariantViolation when `findBindingProblems` is not empty
 */
export function compileBinding(input: BindingInput): CompiledBinding {
  const { plans, problems } = planEdges(input);
  const [first] = problems;
  const place = first === undefined ? "" : placePath(first.place);
  assert(first === undefined, `The map was not checked: ${place} ${first?.message}`);
  const incoming = plans.filter(({ direction }) => direction !== "out");
  const outgoing = plans.filter(({ direction }) => direction !== "in");
  const both = plans.filter(({ direction }) => direction === "both");
  const inFields = fieldsOf(incoming);
  const outFields = fieldsOf([...outgoing, ...both]);
  const referring = plans.filter((plan) => referencesIn(plan).length > 0);
  const plansBack = new Map(
    // What reads a field and writes it tells more of it than what only writes it beside others.
    [...incoming, ...outgoing, ...both].flatMap((plan) => plan.fields.map(({ id }) => [id, plan])),
  );
  const readers = new Map(
    incoming.flatMap(({ fields, columns }) => {
      const names = columns.map(({ name }) => name);
      return fields.map(({ id }) => [id, names] as const);
    }),
  );
  return {
    forward(columns, previous, refer) {
      const reading: Reading = { fields: {}, problems: [] };
      const row = { columns, previous, refer };
      for (const plan of incoming) readEdge(plan, row, reading);
      return reading;
    },
    backward: (request) => writeEdges(outgoing, request),
    readBack(columns, field, refer) {
      const plan = plansBack.get(field);
      return plan === undefined ? null : readColumnsBack(plan, columns, field, refer);
    },
    readColumns: columnsOf(plans),
    writeColumns: columnsOf(outgoing),
    inFields: [...inFields.keys()],
    outFields: [...outFields.keys()],
    edgeOfField: (field) => ({
      reads: inFields.get(field) ?? null,
      writes: outFields.get(field) ?? null,
    }),
    columnsReading: (field) => readers.get(field) ?? [],
    references: [...new Set(referring.flatMap(referencesIn))],
    namings: referring.flatMap(({ fields }) =>
      fields.flatMap(({ referred }) => referred?.naming ?? []),
    ),
    follow(field, name, refer) {
      const referred = referredIn(incoming, field);
      return referred === null ? null : toRecord(referred, refer, name);
    },
    namedRows: (columns, previous) => namedBy(referring, columns, previous),
  };
}

/** Everything that keeps a binding from running, each with its place; a draft may be full of it. */
export function findBindingProblems(input: BindingInput): readonly CompileProblem[] {
  return planEdges(input).problems;
}

function planEdges({ document, binding, schema, schemaOf = () => null }: BindingInput): {
  plans: EdgePlan[];
  problems: CompileProblem[];
} {
  const plans: EdgePlan[] = [];
  const problems: CompileProblem[] = [];
  const entity = document.entities.find(({ id }) => id === binding.entity);
  if (entity === undefined) {
    const message = `There is no entity "${binding.entity}".`;
    return { plans, problems: [{ place: { binding: binding.id }, setting: "entity", message }] };
  }
  const fields = new Map(
    entity.fields.map((field) => [field.id, ruledField(entity, field.id) ?? field]),
  );
  for (const edge of binding.edges) {
    const referredBy = (field: Field) =>
      findReferred({ document, binding, edge, field, schema, schemaOf });
    const input = { binding: binding.id, edge, fields, entity: entity.id, schema, referredBy };
    const planned = planEdge(input);
    if (planned.plan !== null) plans.push(planned.plan);
    problems.push(...planned.problems);
  }
  return { plans, problems };
}

function writeEdges(plans: readonly EdgePlan[], request: WriteRequest): Written {
  const columns: Record<string, ColumnValue> = {};
  const fieldsCarried: string[] = [];
  const fieldsBlank: string[] = [];
  const problems: FieldProblem[] = [];
  for (const plan of plans) {
    if (!plan.fields.some(({ id }) => isDue(request, id))) continue;
    const wanted = gatherWanted(plan, request);
    const written = wanted.ok ? writeEdge(plan, wanted.values, request.previous) : wanted;
    if (!written.ok) {
      problems.push(...problemsOf(plan, request, written));
      continue;
    }
    plan.columns.forEach(({ name }, index) => {
      columns[name] = written.columns[index] ?? null;
    });
    fieldsCarried.push(...fieldsIn(plan, request.values));
    if (wanted.ok) fieldsBlank.push(...blankIn(plan, request, wanted.values));
  }
  return { columns, fieldsCarried, fieldsBlank, problems };
}

function readColumnsBack(
  plan: EdgePlan,
  columns: Columns,
  field: string,
  refer: Refer,
): ReadBack | null {
  const raw = gather(plan, columns, null);
  if (raw === null) return null;
  const own: FieldValue = raw.length === 1 ? (raw[0] ?? null) : raw;
  if (plan.kind === "one-way") return { kind: "one-way", value: own };
  const reading: Reading = { fields: {}, problems: [] };
  readEdge(plan, { columns, previous: null, refer }, reading);
  const value = reading.fields[field];
  if (value !== undefined) return { kind: "field", value };
  // As the quarantine has it: in the field's words where the steps came so far.
  const problem = reading.problems.find((one) => one.field === field);
  return { kind: "misfit", value: problem?.value ?? own };
}

function fieldsIn(plan: EdgePlan, values: FieldValues): readonly string[] {
  return plan.fields.map(({ id }) => id).filter((id) => Object.hasOwn(values, id));
}

function blankIn(
  { direction, fields }: EdgePlan,
  { values, waiting }: WriteRequest,
  wanted: readonly FieldValue[],
): readonly string[] {
  if (direction !== "out" || fields.length === 1) return [];
  const isBlank = (id: string, index: number) =>
    !Object.hasOwn(values, id) && wanted[index] === null && waiting?.has(id) !== true;
  return fields.map(({ id }) => id).filter(isBlank);
}

function isDue({ due, values }: WriteRequest, field: string): boolean {
  return due.has(field) && Object.hasOwn(values, field);
}

/**
 * One value per field: the hub's where it may travel, else the row's own last one. A field that
 * neither has is no value, unless it waits or the row's own is not readable: then a sentence.
 */
function gatherWanted(plan: EdgePlan, request: WriteRequest): StepResult | MissingReference {
  const { previous, waiting } = request;
  const spelled = spellReferences(plan, request);
  if (!spelled.ok) return spelled;
  const { values } = spelled;
  if (plan.fields.every(({ id }) => Object.hasOwn(values, id))) {
    return { ok: true, values: plan.fields.map(({ id }) => values[id] ?? null) };
  }
  const trail = trailOf(plan, previous);
  const last = trail?.[plan.steps.length];
  const isUnreadable = trail !== null && last === undefined;
  const wanted: FieldValue[] = [];
  for (const [index, { id }] of plan.fields.entries()) {
    const value = Object.hasOwn(values, id) ? values[id] : last?.[index];
    if (value === undefined && (isUnreadable || waiting?.has(id) === true)) {
      return problem("waiting", `It is written together with the field "${id}", which waits.`);
    }
    wanted.push(value ?? null);
  }
  return { ok: true, values: wanted };
}

/** The values with every reference as the binding's system names its row. */
function spellReferences(
  plan: EdgePlan,
  { values, refer }: WriteRequest,
): { readonly ok: true; readonly values: FieldValues } | MissingReference {
  const spelled: Record<string, FieldValue> = {};
  for (const { id, referred } of plan.fields) {
    const value = values[id];
    if (referred === null || value === undefined) continue;
    const row = toRow(referred, refer, value);
    if (!row.ok) return row;
    spelled[id] = row.value;
  }
  return { ok: true, values: isEmpty(spelled) ? values : { ...values, ...spelled } };
}

function isEmpty(values: FieldValues): boolean {
  for (const _ in values) return false;
  return true;
}

function problemsOf(
  plan: EdgePlan,
  request: WriteRequest,
  found: StepProblem | MissingReference,
): FieldProblem[] {
  const { code, message } = found;
  const awaits = "awaits" in found ? { awaits: found.awaits } : {};
  return plan.fields
    .filter(({ id }) => isDue(request, id))
    .map(({ id }) => ({ field: id, code, message, value: request.values[id] ?? null, ...awaits }));
}

function referencesIn(plan: EdgePlan): string[] {
  return plan.fields.flatMap(({ id, referred }) => (referred === null ? [] : [id]));
}

function referredIn(plans: readonly EdgePlan[], field: string): Referred | null {
  const fields = plans.flatMap((plan) => plan.fields);
  return fields.find(({ id }) => id === field)?.referred ?? null;
}

function namedBy(
  plans: readonly EdgePlan[],
  columns: Columns,
  previous: Columns | null,
): NamedRow[] {
  const named: NamedRow[] = [];
  const refer: Refer = {
    ...AS_SPELLED,
    recordOf(binding, externalId) {
      named.push({ binding, externalId });
      return undefined;
    },
  };
  for (const plan of plans) {
    readEdge(plan, { columns, previous, refer }, { fields: {}, problems: [] });
  }
  return named;
}

/** Field id => id of the edge that has it. */
function fieldsOf(plans: readonly EdgePlan[]): ReadonlyMap<string, string> {
  return new Map(plans.flatMap((plan) => plan.fields.map(({ id }) => [id, plan.id] as const)));
}

function columnsOf(plans: readonly EdgePlan[]): readonly string[] {
  return [...new Set(plans.flatMap((plan) => plan.columns.map(({ name }) => name)))];
}
