import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs, Outputs } from "../../../server/api/root.ts";
import { AUDIT_KINDS } from "../../../server/core/audit/audit-entry.ts";
import { type SpreadLine, spreadLine } from "../../../server/core/audit/log-line.ts";

/** The log as it stands in the address. */
export const AUDIT_FILTER = {
  entity: parseAsString,
  field: parseAsString,
  /** A record's id, a system's id of it, or the value of a match key. */
  record: parseAsString,
  system: parseAsString,
  /** "engine", "system:erp", "person:ana@example.com", or "person" for everybody. */
  actor: parseAsString,
  kind: parseAsArrayOf(parseAsStringLiteral(AUDIT_KINDS)),
  run: parseAsString,
  /** ISO 8601 UTC. */
  from: parseAsString,
  to: parseAsString,
  /** The line whose details are open. */
  line: parseAsString,
};

export const loadAuditFilter = createLoader(AUDIT_FILTER);

export type AuditFilter = Awaited<ReturnType<typeof loadAuditFilter>>;
export type AuditPage = Outputs["audit"]["list"];
export type AuditLine = SpreadLine<AuditPage["lines"][number]>;
type Asked = Omit<NonNullable<Inputs["audit"]["list"]>, "cursor">;

/** The question for the server: what is not filtered by is left out. */
export function askedOf(filter: AuditFilter): Asked {
  const { entity, field, record, system, actor, kind, run, from, to } = filter;
  const parts = { entity, field, record, system, actor, run, from: iso(from), to: iso(to) };
  const given = Object.entries(parts).filter(([, value]) => value !== null && value !== "");
  return {
    ...Object.fromEntries(given),
    ...(kind === null || kind.length === 0 ? {} : { kinds: kind }),
  };
}

/** A time that is none, in an address cut off or typed by hand, filters nothing. */
function iso(text: string | null): string | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

export const NO_FILTER: { readonly [Name in keyof AuditFilter]: null } = {
  entity: null,
  field: null,
  record: null,
  system: null,
  actor: null,
  kind: null,
  run: null,
  from: null,
  to: null,
  line: null,
};

/** Pages go on behind the last line of the one before. */
export const AUDIT_PAGES = { getNextPageParam: (page: AuditPage) => page.nextCursor };

/** One row per field; of a made record only the field that is asked for, where one is. */
export function rowsOf(lines: AuditPage["lines"], field: string | null): AuditLine[] {
  return lines
    .flatMap((line) => spreadLine(line))
    .filter((line) => field === null || line.field === field);
}
