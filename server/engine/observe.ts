import type { Change } from "../connectors/connector.ts";
import type { Refer } from "../core/mapping/refer.ts";
import type { BindingRules } from "../core/plan/compile-map.ts";
import type { MappedObservation } from "../core/reconcile/state.ts";
import type { Columns, ColumnValue, FieldValues } from "../core/values/field-value.ts";

type RowChange = Extract<Change, { kind: "row" | "gone" }>;

/** A change of an object, for one of the bindings that read it. */
export type BoundChange = { readonly rules: BindingRules; readonly change: RowChange };

export type Observing = {
  readonly before: Columns | null;
  readonly whole: boolean;
  readonly refer: Refer;
  /** What our own write carried whose event this is: told, whether it changed the row or not. */
  readonly sent?: FieldValues | undefined;
};

/**
 * What a change says in the binding's words. Of a row that we know, only the columns that differ
 * from `before` are mapped: what did not change is no news.
 * @param before the row's columns as the hub last saw them; null for a row it does not know
 * @param whole maps every column: a first read, or the event that made the row
 * @returns null when nothing of it concerns the binding
 */
export function toObservation(
  rules: BindingRules,
  change: RowChange,
  { before, whole, refer, sent }: Observing,
): MappedObservation | null {
  const place = {
    binding: rules.binding.id as MappedObservation["binding"],
    system: rules.binding.system as MappedObservation["system"],
    externalId: change.externalId,
    position: change.position,
    at: change.at,
    transaction: change.transaction,
  };
  if (change.kind === "gone") {
    return { ...place, kind: "gone", columns: {}, fields: {}, problems: [] };
  }
  const columns = readOf(rules, change.columns);
  const isWhole = whole || before === null;
  const news = isWhole ? columns : changedColumns(columns, before, sentColumns(rules, sent));
  const previous = change.previousExternalId;
  const isNews = previous !== undefined || sent !== undefined || isWhole;
  if (!isNews && isEmpty(news)) return null;
  const reading = rules.mapping.forward(news, before, refer);
  const moved = previous === undefined ? {} : { previousExternalId: previous };
  const told = {
    ...(change.operation === "snapshot" && { enumerated: true as const }),
    ...(change.readBack === true && { readBack: true as const }),
    ...(change.answered === true && { answered: true as const }),
  };
  const seen: MappedObservation = {
    ...{ ...place, ...moved, ...told, kind: "full", columns: news, ...reading },
  };
  const miss = rules.scope?.missOf({ ...before, ...news }) ?? null;
  return miss === null ? seen : { ...seen, outside: miss };
}

/** The columns of a row that the binding reads. */
export function readOf(rules: BindingRules, columns: Columns): Columns {
  const read: Record<string, ColumnValue> = {};
  for (const name of rules.mapping.readColumns) {
    const value = columns[name];
    if (value !== undefined) read[name] = value;
  }
  return read;
}

function isEmpty(columns: Columns): boolean {
  for (const _ in columns) return false;
  return true;
}

/** @param also columns that are told unchanged too */
function changedColumns(columns: Columns, before: Columns, also: readonly string[]): Columns {
  const changed: Record<string, ColumnValue> = {};
  for (const name in columns) {
    const value = columns[name];
    if (value === undefined) continue;
    if (!isSame(value, before[name]) || also.includes(name)) changed[name] = value;
  }
  return changed;
}

/** The columns in which a row tells the fields that were sent. */
function sentColumns({ mapping }: BindingRules, sent: FieldValues | undefined): readonly string[] {
  if (sent === undefined) return NONE;
  const fields = Object.keys(sent);
  const [only = ""] = fields;
  return fields.length === 1
    ? mapping.columnsReading(only)
    : fields.flatMap((field) => mapping.columnsReading(field));
}

const NONE: readonly string[] = [];

/** To the letter: what only means the same may still be another condition for a write. */
function isSame(a: ColumnValue, b: ColumnValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || a === null || typeof b !== "object") return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
