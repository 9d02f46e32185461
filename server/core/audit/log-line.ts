import type { RecordId } from "../ids.ts";
import type { FieldValue } from "../values/field-value.ts";
import type { AuditKind, Cause, Loser, Rule } from "./audit-entry.ts";

/** A line of the audit log as it is read back. */
export type LogLine = {
  readonly stream: string;
  readonly number: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly kind: AuditKind;
  readonly actor: string;
  readonly entity: string;
  /** Null for a row that never was a record's. */
  readonly record: RecordId | null;
  readonly system: string | null;
  readonly field: string | null;
  /** Missing where there was nothing: null is a value of its own. */
  readonly before?: FieldValue;
  readonly after?: FieldValue | Readonly<Record<string, FieldValue>>;
  readonly losers: readonly Loser[] | null;
  readonly rule: Rule;
  readonly cause: Cause;
  readonly mapVersion: number;
  readonly run: string | null;
};

/** A line about one field, or about a record or row as a whole. */
export type SpreadLine<Line extends LogLine = LogLine> = Omit<Line, "after"> & {
  readonly after?: FieldValue;
  /** Unique among the lines of a log. */
  readonly key: string;
};

/**
 * One line per field: a made record or row tells all its values in one line, which reads as many.
 * Other lines stay as they are.
 */
export function spreadLine<Line extends LogLine>(line: Line): SpreadLine<Line>[] {
  const key = `${line.stream}:${line.number}`;
  const { after, ...rest } = line;
  const isMade = line.kind === "created" || line.kind === "row-created";
  // What a row held as it changed hands is no change of a value.
  if (line.kind === "linked") return [{ ...rest, key }];
  if (!isMade || line.field !== null || !isByField(after)) {
    const value = after as FieldValue | undefined;
    return [{ ...rest, key, ...(value === undefined ? {} : { after: value }) }];
  }
  const fields = Object.entries(after);
  if (fields.length === 0) return [{ ...rest, key }];
  return fields.map(([field, value]) => ({
    ...rest,
    key: `${key}:${field}`,
    field,
    after: value,
  }));
}

export function isByField(after: LogLine["after"]): after is Readonly<Record<string, FieldValue>> {
  return typeof after === "object" && after !== null && !Array.isArray(after);
}
