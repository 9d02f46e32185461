import type { RecordId } from "../ids.ts";
import type { FieldValue } from "../values/field-value.ts";
import type { LogLine } from "./log-line.ts";
import { isByField, type SpreadLine, spreadLine } from "./log-line.ts";

/** A value as the log tells it, with the line that put it there. */
export type ToldValue = { readonly value: FieldValue; readonly line: SpreadLine };

/** A record as the log tells it: the hub's values, and what each system was known to hold. */
export type ToldRecord = {
  /** The hub's value per field. */
  readonly hub: Readonly<Record<string, ToldValue>>;
  /** Per system and field, the value last seen or stored there. */
  readonly systems: Readonly<Record<string, Readonly<Record<string, ToldValue>>>>;
  /** Since when it exists, and since when it does not any more. */
  readonly createdAt: string | null;
  readonly deletedAt: string | null;
  /** The record that it was merged into; null while it is one of its own. */
  readonly mergedInto: RecordId | null;
};

type State = {
  hub: Record<string, ToldValue>;
  systems: Record<string, Record<string, ToldValue>>;
  createdAt: string | null;
  deletedAt: string | null;
  mergedInto: RecordId | null;
};

/**
 * A record as of a moment, from its audit lines alone. Values that were equal when a row was linked
 * left no line of their own: they read as the hub's value of that moment.
 * @param lines all lines of the record, oldest first
 * @param at ISO 8601 UTC; the lines of that very moment count
 */
export function recordAt(lines: readonly LogLine[], at: string): ToldRecord {
  const until = Date.parse(at);
  const state: State = { hub: {}, systems: {}, createdAt: null, deletedAt: null, mergedInto: null };
  for (const line of lines) {
    if (Date.parse(line.at) > until) break;
    for (const part of spreadLine(line)) follow(state, part);
    if (line.kind === "linked") takeHeld(state, line);
  }
  return state;
}

function follow(state: State, line: SpreadLine): void {
  switch (line.kind) {
    case "created":
      state.createdAt ??= line.at;
      setHub(state, line);
      setSystem(state, line, line.after);
      return;
    case "accepted":
      setHub(state, line);
      setSystem(state, line, saidOf(line));
      return;
    case "resolved":
    case "set":
    case "merged":
    case "unmerged":
      setHub(state, line);
      return;
    case "converged":
    case "stored":
    case "adjusted":
    case "row-created":
      setSystem(state, line, line.after);
      return;
    case "rejected":
    case "kept-apart":
    case "held":
      setSystem(state, line, line.losers?.[0]?.value);
      return;
    case "linked":
    case "row-restored":
      if (line.system !== null) state.systems[line.system] = { ...state.hub };
      return;
    case "unlinked":
    case "row-gone":
    case "row-deleted":
    case "row-archived":
      if (line.system !== null) delete state.systems[line.system];
      return;
    case "deleted":
    case "merged-into":
      state.deletedAt = line.at;
      state.mergedInto = line.cause.other ?? null;
      return;
    case "restored":
      state.deletedAt = null;
      state.mergedInto = null;
      return;
    case "quarantined":
    case "warned":
    case "released":
      return;
  }
}

/** A row that came from another record has what that record's history knew of it. */
function takeHeld(state: State, line: LogLine): void {
  const { after, ...rest } = line;
  if (line.system === null || !isByField(after)) return;
  const told = { ...rest, key: `${line.stream}:${line.number}` };
  const held = Object.entries(after).map(([field, value]) => [field, { value, line: told }]);
  state.systems[line.system] = { ...state.systems[line.system], ...Object.fromEntries(held) };
}

/** What the system said, where the hub's value was made of several: a sum tells nothing of it. */
function saidOf({ rule, after, losers }: SpreadLine): FieldValue | undefined {
  if (rule === "sum-of-deltas") return undefined;
  const isMerged = rule === "set-union" || rule === "text-merge" || rule === "expression";
  return isMerged ? (losers?.[0]?.value ?? after) : after;
}

function setHub(state: State, line: SpreadLine): void {
  if (line.field === null || line.after === undefined) return;
  state.hub[line.field] = { value: line.after, line };
}

function setSystem(state: State, line: SpreadLine, value: FieldValue | undefined): void {
  const { system, field } = line;
  if (system === null || field === null || value === undefined) return;
  const held = state.systems[system] ?? {};
  state.systems[system] = held;
  held[field] = { value, line };
}
