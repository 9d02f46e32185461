import type { Change } from "../connectors/connector.ts";
import type { Refer } from "../core/mapping/refer.ts";
import type { BindingRules } from "../core/plan/compile-map.ts";
import type { MappedObservation } from "../core/reconcile/state.ts";
import type { Columns, ColumnValue } from "../core/values/field-value.ts";

type RowChange = Extract<Change, { kind: "row" | "gone" }>;

/** A change of an object, for one of the bindings that read it. */
export type BoundChange = { readonly rules: BindingRules; readonly change: RowChange };

export type Observing = {
  readonly before: Columns | null;
  readonly whole: boolean;
  readonly refer: Refer;
};

/**
 * What a change says in the binding's words. Of a row that we know, only the columns that differ
 * from `before` are mapped: what did not change is no news.
 * @param before the row's columns as the hub last saw them; null for a row it does not know
 * @param whole maps every column: a first read, or the event of our own attempt
 * @returns null when nothing of it concerns the binding
 */
export function toObservation(
  rules: BindingRules,
  change: RowChange,
  { before, whole, refer }: Observing,
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
  const news = whole || before === null ? columns : changedColumns(columns, before);
  const previous = change.previousExternalId;
  if (previous === undefined && news !== columns && isEmpty(news)) return null;
  const reading = rules.mapping.forward(news, before, refer);
  const moved = previous === undefined ? {} : { previousExternalId: previous };
  const told = {
    ...(change.operation === "snapshot" && { enumerated: true as const }),
    ...(change.readBack === true && { readBack: true as const }),
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

function changedColumns(columns: Columns, before: Columns): Columns {
  const changed: Record<string, ColumnValue> = {};
  for (const name in columns) {
    const value = columns[name];
    if (value !== undefined && !isSame(value, before[name])) changed[name] = value;
  }
  return changed;
}

/** To the letter: what only means the same may still be another condition for a write. */
function isSame(a: ColumnValue, b: ColumnValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || a === null || typeof b !== "object") return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
