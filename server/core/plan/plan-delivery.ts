import type { Refer } from "../mapping/refer.ts";
import { dueFields, isKeptApart, isToGo, wouldLieInside } from "../reconcile/due.ts";
import type { FieldProblem, LinkState, RecordState } from "../reconcile/state.ts";
import type { CompiledArchive } from "../scope/compile-archive.ts";
import { checkTargetLimits } from "../validation/target-limits.ts";
import type { Columns, FieldValue, FieldValues } from "../values/field-value.ts";
import type { BindingRules } from "./compile-map.ts";

/** What is to be sent to a link's system now, made from the hub's present values. */
export type DeliveryPlan =
  | { readonly kind: "nothing" }
  /** Every due field breaks a limit of the target: it waits for a person. */
  | { readonly kind: "blocked"; readonly problems: readonly FieldProblem[] }
  | {
      readonly kind: "create" | "update";
      readonly columns: Columns;
      readonly condition: Columns;
      /** Per field the hub value that the columns carry. */
      readonly sent: FieldValues;
      /** Fields that wait, beside those that are sent. */
      readonly problems: readonly FieldProblem[];
    }
  | { readonly kind: "delete"; readonly condition: Columns };

export type DeliveryQuestion = {
  readonly rules: BindingRules;
  readonly record: RecordState;
  readonly link: LinkState;
  readonly held: ReadonlySet<string>;
  /** A question about the record's deletion is open. */
  readonly deleteAsked: boolean;
  readonly refer: Refer;
};

/** Decides what a delivery sends. Pure: called when it is sent, never stored. */
export function planDelivery(question: DeliveryQuestion): DeliveryPlan {
  const { rules, record, link } = question;
  if (question.deleteAsked) return NOTHING;
  if (record.deletedAt !== null) {
    const goes = isToGo(rules, record, link);
    if (goes && rules.archive !== null) return planArchive(rules.archive, link);
    return goes ? { kind: "delete", condition: link.columns } : NOTHING;
  }
  if (link.state === "pending") return rules.binding.createsRows ? planCreate(question) : NOTHING;
  if (link.state === "archived") return planRestore(question);
  return link.state === "live" ? planUpdate(question) : NOTHING;
}

/** The row is put away: on condition of all that is known of it, as if it were deleted. */
function planArchive(archive: CompiledArchive, link: LinkState): DeliveryPlan {
  const columns = { [archive.column]: archive.value };
  return { kind: "update", columns, condition: link.columns, sent: {}, problems: [] };
}

/** The record came back, and its row with it, brought to the hub's values in the same write. */
function planRestore(question: DeliveryQuestion): DeliveryPlan {
  const { rules, link } = question;
  const { archive } = rules;
  if (archive === null) return NOTHING;
  const plan = planUpdate(question);
  const news =
    plan.kind === "update" ? plan : { columns: {}, condition: {}, sent: {}, problems: [] };
  const columns = { ...news.columns, [archive.column]: archive.back };
  const condition = { ...news.condition, [archive.column]: link.columns[archive.column] ?? null };
  return { ...news, kind: "update", columns, condition };
}

const NOTHING: DeliveryPlan = { kind: "nothing" };

function planCreate(question: DeliveryQuestion): DeliveryPlan {
  const { rules, record, link, held, refer } = question;
  if (link.letBe != null || !wouldLieInside(rules, record, held, refer)) return NOTHING;
  const due = new Set(dueFields(rules, record, link, held));
  const { values, waiting } = travelling(question);
  const request = { values, due, previous: null, waiting, refer };
  const whole = rules.mapping.backward(request);
  const later = whole.problems.filter((problem) => mayFollow(question, problem));
  for (const { field } of later) for (const other of together(rules, field)) due.delete(other);
  const made = later.length === 0 ? whole : rules.mapping.backward(request);
  const columns = withoutNulls(made.columns);
  const problems = withLimits(rules, made.problems, columns, "create");
  // A row is made whole or not at all: what it lacks now would be written over later.
  if (problems.length > 0) return { kind: "blocked", problems };
  return {
    kind: "create",
    columns,
    condition: {},
    sent: sentOf(made.fieldsCarried, values),
    problems,
  };
}

function planUpdate(question: DeliveryQuestion): DeliveryPlan {
  const { rules, record, link, held } = question;
  const due = new Set(dueFields(rules, record, link, held));
  if (due.size === 0) return NOTHING;
  const { values, waiting } = travelling(question);
  const request = { values, due, previous: link.columns, waiting, refer: question.refer };
  const first = rules.mapping.backward(request);
  const problems = withLimits(rules, first.problems, first.columns, "update");
  if (problems.length === 0) return updateOf(question, first, values, problems);
  for (const { field } of problems) for (const other of together(rules, field)) due.delete(other);
  if (due.size === 0) return { kind: "blocked", problems };
  const rest = rules.mapping.backward(request);
  return rest.problems.length > 0
    ? { kind: "blocked", problems }
    : updateOf(question, rest, values, problems);
}

/** A field that cannot be written breaks no limit beside: why it cannot be is what counts. */
function withLimits(
  rules: BindingRules,
  problems: readonly FieldProblem[],
  columns: Columns,
  operation: "create" | "update",
): FieldProblem[] {
  const known = new Set(problems.map(({ field }) => field));
  const limits = checkTargetLimits(rules.schema, columns, operation)
    .map((problem) => onField(rules, problem))
    .filter(({ field }) => !known.has(field));
  return [...problems, ...limits];
}

type Made = {
  readonly columns: Columns;
  readonly fieldsCarried: readonly string[];
  readonly fieldsBlank: readonly string[];
};

function updateOf(
  { rules, link }: DeliveryQuestion,
  made: Made,
  values: FieldValues,
  problems: readonly FieldProblem[],
): DeliveryPlan {
  const condition: Record<string, FieldValue> = {};
  for (const name of [...Object.keys(made.columns), ...rules.keyColumns]) {
    const seen = link.columns[name];
    if (seen !== undefined) condition[name] = seen;
  }
  const blank = Object.fromEntries(made.fieldsBlank.map((field) => [field, null]));
  const sent = { ...sentOf(made.fieldsCarried, values), ...blank };
  return { kind: "update", columns: made.columns, condition, sent, problems };
}

/**
 * May a reference follow once the row is there? Where the record that it leads to gets no row of
 * its own soon, or may itself wait for this one; and only where the target does without it.
 */
function mayFollow({ rules, refer }: DeliveryQuestion, { field, awaits }: FieldProblem): boolean {
  if (awaits?.record === undefined) return false;
  const isAwaited =
    rules.entity.references.get(field) === "one-way" &&
    refer.isComing(awaits.binding, awaits.record);
  return !isAwaited && columnsOf(rules, field).every((name) => mayLack(rules, name));
}

function mayLack({ schema }: BindingRules, name: string): boolean {
  const column = schema?.columns.find((one) => one.name === name);
  return column === undefined || column.nullable || column.hasDefault;
}

function columnsOf({ binding, mapping }: BindingRules, field: string): readonly string[] {
  const { writes } = mapping.edgeOfField(field);
  return binding.edges.find(({ id }) => id === writes)?.columns ?? [];
}

/** Hub values that may travel to this link, and the fields that wait: held or kept apart. */
function travelling({ rules, record, link, held }: DeliveryQuestion) {
  const values: Record<string, FieldValue> = {};
  const waiting = new Set<string>();
  const apart = rules.entity.groups.filter((group) => isKeptApart(link, group)).flat();
  for (const field of rules.outFields) {
    const hub = record.values[field];
    const isApart = link.bases[field]?.apart === true || apart.includes(field);
    if (held.has(field) || isApart) waiting.add(field);
    else if (hub !== undefined) values[field] = hub.v;
  }
  return { values, waiting };
}

function sentOf(fields: readonly string[], values: FieldValues): FieldValues {
  const sent: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = values[field];
    if (value !== undefined) sent[field] = value;
  }
  return sent;
}

function withoutNulls(columns: Columns): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
}

/**
 * The fields that are written by the same edge, and those that are decided together: they are sent
 * together or not at all.
 */
function together({ binding, mapping, entity }: BindingRules, field: string): ReadonlySet<string> {
  const all = new Set([field]);
  // What is added while it goes through is gone through too.
  for (const one of all) {
    const { writes } = mapping.edgeOfField(one);
    const edge = binding.edges.find(({ id }) => id === writes)?.fields ?? [];
    const groups = entity.groups.filter((group) => group.includes(one));
    for (const other of [...edge, ...groups.flat()]) all.add(other);
  }
  return all;
}

/** A limit is a column's; a person thinks of the field that goes there. */
function onField(rules: BindingRules, problem: FieldProblem): FieldProblem {
  const edge = rules.binding.edges.find(
    ({ columns, direction }) => direction !== "in" && columns.includes(problem.field),
  );
  return { ...problem, field: edge?.fields[0] ?? problem.field };
}
