import type { AuditEntry } from "./audit-entry.ts";

/** The parts of an audit line that its digest covers, besides its salt. */
export type AuditLine = AuditEntry & {
  readonly stream: string;
  readonly number: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly mapVersion: number;
};

/**
 * The line as one text that is the same whoever reads it back: keys sorted, and what is missing
 * told from what is null. Its time is left to its batch, whose order the chain seals.
 */
export function canonicalLine(line: AuditLine): string {
  return JSON.stringify([
    line.stream,
    line.number,
    line.kind,
    line.actor,
    line.entity,
    line.record,
    line.link,
    line.system,
    line.field,
    sorted(line.before),
    sorted(line.after),
    sorted(line.losers),
    line.rule,
    sorted(line.cause),
    line.mapVersion,
  ]);
}

/** A marker that no value can be: a missing value differs from null. */
const MISSING = { missing: true };

function sorted(value: unknown): unknown {
  if (value === undefined) return MISSING;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  const items = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(items).sort();
  const pairs: unknown[] = [];
  for (const key of keys) if (items[key] !== undefined) pairs.push([key, sorted(items[key])]);
  return pairs;
}
