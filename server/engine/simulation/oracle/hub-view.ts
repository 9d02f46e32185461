import type { Sql } from "../../../../db/client.ts";
import type { MapDocument } from "../../../core/map/document.ts";
import type { Columns, FieldValue } from "../../../core/values/field-value.ts";

/** The hub's tables as they are, read by plain SQL: nothing of the product's reading is shared. */
export type HubView = {
  readonly records: ReadonlyMap<string, RecordRow>;
  readonly links: readonly LinkRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly quarantine: readonly QuarantineRow[];
  readonly deliveries: readonly DeliveryRow[];
  readonly attempts: readonly AttemptRow[];
  readonly unmatched: readonly { binding: string; external_id: string }[];
  readonly captures: readonly CaptureRow[];
  /** What was told of systems without a log and is not placed yet. */
  readonly inbox: readonly { readonly system: string }[];
  /** The live version of the map. */
  readonly version: number;
  /** Changes of many records that wait, or waited, for a person. */
  readonly massChanges: readonly { readonly binding: string }[];
};

export type RecordRow = {
  readonly id: string;
  readonly values: Readonly<Record<string, { v: FieldValue; by: string; at: string }>>;
  readonly deleted_at: string | null;
};

export type LinkRow = {
  readonly id: string;
  readonly record: string;
  readonly binding: string;
  readonly system: string;
  readonly external_id: string | null;
  readonly state: string;
  readonly position: string | null;
  readonly columns: Columns;
  readonly bases: Readonly<
    Record<string, { s: FieldValue; g?: FieldValue; void?: boolean; apart?: boolean }>
  >;
};

export type ConflictRow = {
  readonly id: string;
  readonly kind: string;
  readonly record: string;
  readonly field: string | null;
  readonly state: string;
  readonly reason: string;
  readonly revision: number;
  readonly candidates: readonly { from: string; link: string | null; value: FieldValue }[];
};

export type QuarantineRow = {
  readonly id: string;
  readonly kind: "value" | "row" | "delivery";
  readonly record: string | null;
  readonly link: string | null;
  readonly binding: string;
  readonly external_id: string | null;
  readonly field: string | null;
  readonly code: string;
  readonly value: { readonly value?: FieldValue };
  readonly columns: Columns | null;
  readonly state: string;
};

export type DeliveryRow = {
  readonly link: string;
  readonly system: string;
  readonly partition: number;
  readonly state: "due" | "sent" | "parked";
  readonly next_at: string;
  readonly failure: string | null;
};

export type AttemptRow = {
  readonly id: string;
  readonly link: string;
  readonly record: string;
  readonly binding: string;
  readonly operation: string;
  readonly transaction: string | null;
  readonly external_id: string | null;
  readonly state: string;
  readonly sent: Readonly<Record<string, FieldValue>>;
};

export type CaptureRow = {
  readonly system: string;
  readonly position: string | null;
  readonly loaded: Readonly<Record<string, string>>;
};

export async function viewHub(sql: Sql): Promise<HubView> {
  const [
    records,
    links,
    conflicts,
    quarantine,
    deliveries,
    attempts,
    unmatched,
    captures,
    inbox,
    map,
    massChanges,
  ] = await sql.begin((tx) =>
    Promise.all([
      tx<RecordRow[]>`select id, values, deleted_at from records order by id`,
      tx<LinkRow[]>`select id, record, binding, system, external_id, state, position, columns,
          bases from links order by id`,
      tx<ConflictRow[]>`select id, kind, record, field, state, reason, revision, candidates
          from conflicts order by id`,
      tx<QuarantineRow[]>`select id, kind, record, link, binding, external_id, field, code,
          value, columns, state from quarantine order by id`,
      tx<DeliveryRow[]>`select link, system, partition, state, next_at, failure
          from deliveries order by link`,
      tx<AttemptRow[]>`select id, link, record, binding, operation, transaction, external_id,
          state, sent from attempts order by id`,
      tx<{ binding: string; external_id: string }[]>`
          select binding, external_id from unmatched_rows order by binding, external_id`,
      tx<CaptureRow[]>`select system, position, loaded from captures order by system`,
      tx<{ system: string }[]>`select system from inbox order by number`,
      tx<{ version: number }[]>`
          select coalesce(max(number), 0)::int as version from map_versions`,
      tx<{ binding: string }[]>`
          select binding from runs where kind = 'mass-change' order by id`,
    ]),
  );
  return {
    records: new Map(records.map((record) => [record.id, record])),
    links,
    conflicts: conflicts.flatMap(partsAsked),
    quarantine,
    deliveries,
    attempts,
    unmatched,
    captures,
    inbox,
    version: map[0]?.version ?? 0,
    massChanges,
  };
}

/** A question about fields that are decided together, as one about each of them. */
function partsAsked(conflict: ConflictRow): ConflictRow[] {
  const parts = conflict.candidates.flatMap(({ value }) =>
    value !== null && typeof value === "object" && "parts" in value ? Object.keys(value.parts) : [],
  );
  if (parts.length === 0) return [conflict];
  return [...new Set(parts)].map((field) => ({
    ...conflict,
    field,
    candidates: conflict.candidates.map((one) => ({
      ...one,
      value: (one.value as { parts: Record<string, FieldValue> }).parts[field] ?? null,
    })),
  }));
}

/** A line of the audit log. JSON null and nothing there are told apart by `has_…`. */
export type AuditRow = {
  readonly stream: string;
  readonly number: number;
  readonly kind: string;
  readonly actor: string;
  /** Empty for a row that never was a record's. */
  readonly record: string;
  readonly link: string | null;
  readonly system: string | null;
  readonly field: string | null;
  readonly before: FieldValue;
  readonly after: FieldValue | Readonly<Record<string, FieldValue>>;
  readonly has_before: boolean;
  readonly has_after: boolean;
  readonly losers: readonly { from: string; value: FieldValue }[] | null;
  readonly rule: string;
  readonly cause: Readonly<Record<string, string | null>>;
  readonly map_version: number;
  /** When it was recorded, ISO 8601. */
  readonly at: string;
};

/** The lines that came since the last call, in the order in which they were committed. */
export function auditReader(sql: Sql): () => Promise<AuditRow[]> {
  const told = new Map<string, number>();
  return async () => {
    const rows = await sql<AuditRow[]>`
      select e.stream, e.number::int, kind, actor,
        coalesce(record::text, '') as record, link, system, field, before, after,
        before is not null as has_before, after is not null as has_after, losers, rule, cause,
        map_version, at
      from audit_entries e
      left join json_to_recordset(${JSON.stringify(
        [...told].map(([stream, number]) => ({ stream, number })),
      )}::text::json) as t(stream text, number int) on t.stream = e.stream
      where e.number > coalesce(t.number, 0)
      -- Transactions come one after the other here, so their numbers are their order.
      order by e.xmin::text::bigint, e.stream, e.number`;
    for (const { stream, number } of rows) told.set(stream, number);
    return rows;
  };
}

/** A published version, and when it was. */
export type Version = { readonly document: MapDocument; readonly at: string };

/** The published versions by number, the live one last. */
export async function readVersions(sql: Sql): Promise<Map<number, Version>> {
  const rows = await sql<(Version & { number: number })[]>`
    select number, document, published_at as at from map_versions order by number`;
  return new Map(rows.map(({ number, ...version }) => [number, version]));
}

/**
 * A call of unknown outcome seems to have made a row, and whose the row is a person is asked: what
 * is to become of its place waits for the answer.
 */
export function waitsForItsRow(view: HubView, link: string): boolean {
  const guesses = view.attempts.filter((one) => one.link === link && one.state === "unknown");
  return view.quarantine.some(
    ({ kind, state, binding, external_id }) =>
      kind === "row" &&
      state === "held" &&
      guesses.some((one) => one.binding === binding && one.external_id === external_id),
  );
}
