import type { Connection } from "../../../db/client.ts";
import type { Cause, Loser, Rule } from "../../core/audit/audit-entry.ts";
import type { RecordId } from "../../core/ids.ts";
import type { Candidate, ConflictKind, ConflictReason } from "../../core/reconcile/state.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import type { Comparison } from "../captures.ts";

/** How far one system has been read. */
export type CaptureFacts = {
  readonly system: string;
  readonly lagBytes: number | null;
  readonly lagSeconds: number | null;
  /** Object → digest of how its rows read. */
  readonly shapes: Readonly<Record<string, string>>;
  readonly loaded: Readonly<Record<string, string>>;
  /** Why all of it is read whole and compared; null in ordinary times. */
  readonly comparing: Comparison | null;
  /** Changes with the place in the log. */
  readonly movedAt: string;
  /** Changes with every write of this row: the place, or only a new measurement of the lag. */
  readonly pulse: string;
};

export type DeliveryFacts = {
  readonly system: string;
  readonly due: number;
  readonly sent: number;
  readonly parked: number;
};

export type LeaseFacts = {
  readonly partition: string;
  readonly engine: string;
  /** False: its engine is gone and nobody has taken over yet. */
  readonly isHeld: boolean;
};

export type Activity = {
  readonly engines: number;
  readonly captures: readonly CaptureFacts[];
  readonly deliveries: readonly DeliveryFacts[];
  readonly leases: readonly LeaseFacts[];
  /** First reads under way. */
  readonly loading: number;
  /** Changes of many records at once that wait for a person. */
  readonly waiting: number;
  readonly conflicts: number;
  readonly quarantine: number;
};

/**
 * What the hub is doing, as of one moment: run it in a transaction with one snapshot.
 * @param aliveMs an engine without a sign of life for so long is gone
 */
export async function readActivity(sql: Connection, aliveMs: number): Promise<Activity> {
  const captures = await sql<CaptureFacts[]>`
    select system, lag_bytes as "lagBytes", lag_seconds as "lagSeconds", shapes, loaded,
      comparing, updated_at as "movedAt", xmin::text as pulse
    from captures order by system`;
  const deliveries = await sql<DeliveryFacts[]>`
    select system, (count(*) filter (where state = 'due'))::int as due,
      (count(*) filter (where state = 'sent'))::int as sent,
      (count(*) filter (where state = 'parked'))::int as parked
    from deliveries group by system order by system`;
  const leases = await sql<LeaseFacts[]>`
    select partition, engine, expires_at > clock_timestamp() as "isHeld" from leases
    where engine is not null order by partition`;
  const [counts] = await sql<Omit<Activity, "captures" | "deliveries" | "leases">[]>`
    select
      (select count(*)::int from engines where heartbeat_at >
        clock_timestamp() - make_interval(secs => ${aliveMs / 1000})) as engines,
      (select count(*)::int from runs where state = 'running' and kind = 'initial-load')
        as loading,
      (select count(*)::int from runs where state = 'waiting') as waiting,
      (select count(*)::int from conflicts where state = 'open') as conflicts,
      (select count(*)::int from quarantine where state = 'held') as quarantine`;
  const none = { engines: 0, loading: 0, waiting: 0, conflicts: 0, quarantine: 0 };
  return { ...(counts ?? none), captures, deliveries, leases };
}

export type OpenConflict = {
  readonly id: string;
  readonly kind: ConflictKind;
  readonly entity: string;
  readonly record: RecordId;
  readonly field: string | null;
  readonly reason: ConflictReason;
  readonly base: { readonly value?: FieldValue };
  readonly candidates: readonly Candidate[];
  readonly revision: number;
  readonly openedAt: string;
};

/** Open questions, oldest first. */
export async function listOpenConflicts(
  sql: Connection,
  of: { readonly entity: string | null; readonly countMax: number },
): Promise<OpenConflict[]> {
  return await sql<OpenConflict[]>`
    select id, kind, entity, record, field, reason, base, candidates, revision,
      opened_at as "openedAt"
    from conflicts
    where state = 'open' and (${of.entity}::text is null or entity = ${of.entity})
    order by opened_at, id limit ${of.countMax}`;
}

export type HeldLine = {
  readonly id: string;
  readonly kind: "value" | "row" | "delivery";
  readonly entity: string;
  readonly record: RecordId | null;
  readonly system: string;
  readonly binding: string;
  readonly externalId: string | null;
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly tries: number;
  readonly heldAt: string;
};

/** What is held in quarantine, oldest first. */
export async function listHeld(
  sql: Connection,
  of: {
    readonly entity: string | null;
    readonly system: string | null;
    readonly code: string | null;
    readonly countMax: number;
  },
): Promise<HeldLine[]> {
  return await sql<HeldLine[]>`
    select id, kind, entity, record, system, binding, external_id as "externalId", field, code,
      message, tries, held_at as "heldAt"
    from quarantine
    where state = 'held' and (${of.entity}::text is null or entity = ${of.entity})
      and (${of.system}::text is null or system = ${of.system})
      and (${of.code}::text is null or code = ${of.code})
    order by held_at, id limit ${of.countMax}`;
}

export type WaitingApproval = {
  readonly id: string;
  readonly system: string | null;
  readonly binding: string | null;
  readonly detail: string | null;
  readonly rows: number;
  readonly startedAt: string;
};

/** Changes of many records at once that wait for a person's word, oldest first. */
export async function listWaiting(sql: Connection): Promise<WaitingApproval[]> {
  return await sql<WaitingApproval[]>`
    select id, system, binding, detail, coalesce((counts ->> 'quarantined')::int, 0) as rows,
      started_at as "startedAt"
    from runs where state = 'waiting' and kind = 'mass-change' order by started_at, id`;
}

/** One line of the audit log as it is stored. */
export type AuditRow = {
  readonly stream: string;
  readonly number: number;
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly entity: string;
  readonly record: RecordId | null;
  readonly link: string | null;
  readonly system: string | null;
  readonly field: string | null;
  readonly before: FieldValue | null;
  readonly after: FieldValue | Readonly<Record<string, FieldValue>> | null;
  readonly losers: readonly Loser[] | null;
  readonly rule: Rule;
  readonly cause: Cause;
  readonly mapVersion: number;
};

const auditColumns = (sql: Connection) => sql`
  stream, number, at, kind, actor, entity, record, link, system, field, before, after, losers,
  rule, cause, map_version as "mapVersion"`;

/** The whole history of a record, oldest first. */
export async function recordHistory(sql: Connection, record: string): Promise<AuditRow[]> {
  return await sql<AuditRow[]>`
    select ${auditColumns(sql)} from audit_entries where record = ${record}
    order by at, stream, number`;
}

export type AuditFilter = {
  readonly record: string | null;
  readonly field: string | null;
  readonly system: string | null;
  readonly actor: string | null;
  readonly kind: string | null;
  /** ISO 8601. */
  readonly after: string | null;
  readonly countMax: number;
};

/** Audit lines that match every part of the filter, newest first. */
export async function listAudit(sql: Connection, of: AuditFilter): Promise<AuditRow[]> {
  return await sql<AuditRow[]>`
    select ${auditColumns(sql)} from audit_entries
    where (${of.record}::uuid is null or record = ${of.record}::uuid)
      and (${of.field}::text is null or field = ${of.field}
        or (field is null and jsonb_typeof(after) = 'object' and after ? ${of.field}::text))
      and (${of.system}::text is null or system = ${of.system})
      and (${of.actor}::text is null or actor = ${of.actor})
      and (${of.kind}::text is null or kind = ${of.kind})
      and (${of.after}::timestamptz is null or at > ${of.after}::timestamptz)
    order by at desc, stream, number desc limit ${of.countMax}`;
}

/** Records of an entity that a person names by id, by a match key's value, or by a row. */
export async function findRecords(
  sql: Connection,
  of: { readonly entity: string; readonly name: string },
): Promise<RecordId[]> {
  const { entity, name } = of;
  if (isUuid(name)) {
    const byId = await sql<{ id: RecordId }[]>`
      select id from records where id = ${name} and entity = ${entity}`;
    if (byId.length > 0) return byId.map(({ id }) => id);
  }
  const [system, ...rest] = name.split(":");
  const externalId = rest.join(":");
  const rows = await sql<{ record: RecordId }[]>`
    select distinct record from (
      select coalesce((r.merged ->> 'into')::uuid, r.id) as record
      from record_keys k join records r on r.id = k.record
      where k.entity = ${entity} and k.value in (${name}, lower(${name}))
      union all
      select l.record from links l join records r on r.id = l.record
      where r.entity = ${entity} and l.system = ${system ?? ""} and l.external_id = ${externalId}
        and l.state in ('live', 'gone', 'left', 'archived', 'missing', 'doubted')
    ) found order by record limit 20`;
  return rows.map(({ record }) => record);
}

/** Whether a text can be an id at all: the database takes nothing else for one. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
