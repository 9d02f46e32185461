import type { RecordId } from "../../core/ids.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { edgeWords } from "../../core/map/sentences.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import type { AuditRow } from "../../storage/screens/command-line.ts";
import { RULE_WORDS } from "./rule-words.ts";

/** A value that did not become the hub's, and why. */
export type Lost = {
  readonly from: string;
  readonly value: FieldValue;
  /** When it was written in its system, where known. */
  readonly writtenAt: string | null;
  /** When it was decided against. */
  readonly at: string;
  readonly what: string;
  readonly because: string;
};

/** What one system holds, by the last line about it. */
export type Held = {
  readonly system: string;
  readonly value: FieldValue;
  readonly at: string;
  /** How it came there: "accepted", "stored", "adjusted" … */
  readonly how: string;
};

/** Where a value comes from, told by the audit log alone. */
export type Explanation = {
  readonly value: FieldValue;
  /** "system:erp" or "person:ana@example.com". */
  readonly by: string;
  /** When the hub took it, and when its source says that it was written. */
  readonly at: string;
  readonly writtenAt: string | null;
  readonly kind: string;
  readonly rule: string;
  readonly because: string;
  readonly mapVersion: number;
  /** The edge that it came through, in words; null where no system told it. */
  readonly path: string | null;
  readonly event: {
    readonly system: string;
    readonly position: string | null;
    readonly transaction: string | null;
  } | null;
  readonly command: string | null;
  readonly conflict: string | null;
  /** The line of the log: "capture:erp 42". */
  readonly line: string;
  readonly lost: readonly Lost[];
  readonly systems: readonly Held[];
  /** How often the hub's value changed before. */
  readonly earlier: number;
  /** Where the record lives on since it was merged into another one; null while it is its own. */
  readonly mergedInto: { readonly record: RecordId; readonly at: string } | null;
};

/** Lines after which the hub holds `after`. */
const DECIDING = new Set(["created", "accepted", "resolved", "set", "merged", "unmerged"]);
/** Lines that say what a system holds, in `after`. */
const HOLDING = new Set([
  ...["accepted", "converged", "stored", "adjusted"],
  ...["created", "row-created", "linked"],
]);
/** Lines after which a system's row is not the record's any more. */
const LEAVING = new Set(["unlinked", "row-gone", "row-deleted"]);

/**
 * Explains the value of one field of one record.
 * @param lines the record's whole history, oldest first
 * @param mapOf the published map of a version; null where it is not known
 * @returns null when the log tells no value of the field
 */
export function explainField(
  lines: readonly AuditRow[],
  field: string,
  mapOf: (version: number) => MapDocument | null,
): Explanation | null {
  const own = lines.flatMap((line) => ofField(line, field));
  const deciding = own.filter(isDeciding);
  const last = deciding.at(-1);
  if (last?.after === undefined) return null;
  const since = own.slice(own.indexOf(last));
  const { cause } = last;
  const isSystem = last.actor.startsWith("system:");
  return {
    value: last.after,
    by: last.actor,
    at: last.at,
    writtenAt: cause.at ?? null,
    kind: last.kind,
    rule: last.rule,
    because: RULE_WORDS[last.rule],
    mapVersion: last.mapVersion,
    path: isSystem ? pathOf(last, field, mapOf(last.mapVersion)) : null,
    event: eventOf(last, isSystem),
    command: cause.command ?? null,
    conflict: cause.conflict ?? null,
    line: `${last.stream} ${last.number}`,
    lost: since.flatMap(lostOf),
    systems: heldBySystems(own, lines),
    earlier: deciding.length - 1,
    mergedInto: mergedInto(lines),
  };
}

/** A merge in which the record's own value stood has decided nothing about where it is from. */
function isDeciding({ kind, before, after }: FieldLine): boolean {
  if (!DECIDING.has(kind) || after === undefined) return false;
  return kind !== "merged" || JSON.stringify(before) !== JSON.stringify(after);
}

function mergedInto(lines: readonly AuditRow[]): Explanation["mergedInto"] {
  const last = lines.findLast(({ kind }) => kind === "merged-into" || kind === "restored");
  const { other } = last?.cause ?? {};
  if (last?.kind !== "merged-into" || other === undefined) return null;
  return { record: other, at: last.at };
}

/** A line about one field, its value taken out of a line about a whole record or row. */
type FieldLine = Omit<AuditRow, "after"> & { readonly after: FieldValue | undefined };

function ofField(line: AuditRow, field: string): FieldLine[] {
  const { after } = line;
  if (line.field === field) {
    return [
      { ...line, after: isGroup(after) && !isValue(after) ? undefined : (after as FieldValue) },
    ];
  }
  if (line.field !== null || !isGroup(after) || !Object.hasOwn(after, field)) return [];
  const value = (after as Readonly<Record<string, FieldValue>>)[field];
  return [{ ...line, after: value }];
}

function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Money and quantities are groups, and values all the same. */
function isValue(value: object): boolean {
  return "amount" in value && ("currency" in value || "unit" in value);
}

function eventOf(line: FieldLine, isSystem: boolean): Explanation["event"] {
  if (!isSystem || line.system === null) return null;
  const { position = null, transaction = null } = line.cause;
  return { system: line.system, position, transaction };
}

function pathOf(line: FieldLine, field: string, map: MapDocument | null): string | null {
  if (map === null) return null;
  for (const binding of map.bindings) {
    if (binding.system !== line.system || binding.entity !== line.entity) continue;
    const edge = binding.edges.find((one) => one.direction !== "out" && one.fields.includes(field));
    if (edge !== undefined) return edgeWords(map, binding, edge);
  }
  return null;
}

const LOSING: Readonly<Record<string, string>> = {
  accepted: "beaten",
  resolved: "not chosen",
  merged: "lost in a merge",
  unmerged: "taken back by parting two records",
  rejected: "set back",
  "kept-apart": "kept apart",
  held: "waits for a decision",
  quarantined: "held in quarantine",
};

function lostOf(line: FieldLine): Lost[] {
  const what = LOSING[line.kind];
  if (what === undefined) return [];
  return (line.losers ?? []).map(({ from, value, at }) => ({
    ...{ from, value, what, at: line.at },
    writtenAt: at ?? null,
    because: RULE_WORDS[line.rule],
  }));
}

function heldBySystems(lines: readonly FieldLine[], all: readonly AuditRow[]): Held[] {
  const held = new Map<string, Held>();
  for (const line of present(lines, all)) {
    const value = heldIn(line);
    const { system, kind, at } = line;
    if (system !== null && value !== undefined) held.set(system, { system, value, at, how: kind });
  }
  return [...held.values()].sort((a, b) => (a.system < b.system ? -1 : 1));
}

/** Without what was told of rows that are not the record's any more. */
function present(lines: readonly FieldLine[], all: readonly AuditRow[]): FieldLine[] {
  const place = new Map(all.map((line, at) => [lineName(line), at]));
  const left = new Map<string, number>();
  for (const { system, kind, ...line } of all) {
    if (system !== null && LEAVING.has(kind)) left.set(system, place.get(lineName(line)) ?? 0);
  }
  return lines.filter(
    (line) => (place.get(lineName(line)) ?? 0) > (left.get(line.system ?? "") ?? -1),
  );
}

const lineName = ({ stream, number }: Pick<AuditRow, "stream" | "number">): string =>
  `${stream} ${number}`;

/** The value that the line's system holds by it; undefined where it tells none. */
function heldIn({ kind, after, losers }: FieldLine): FieldValue | undefined {
  if (after === undefined) return undefined;
  // A refused edit still stands in its system until the hub's value is stored over it.
  if (kind === "kept-apart" || kind === "rejected") return losers?.[0]?.value;
  return HOLDING.has(kind) ? after : undefined;
}
