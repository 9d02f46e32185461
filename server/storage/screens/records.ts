import type { Connection, Sql } from "../../../db/client.ts";
import type { LogLine } from "../../core/audit/log-line.ts";
import type { EntityId, LinkId, RecordId } from "../../core/ids.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { auditRows } from "./audit.ts";
import { type Titles, titleOf } from "./titles.ts";

export const RECORD_STATES = ["living", "asked", "held", "due", "deleted"] as const;
export type RecordListState = (typeof RECORD_STATES)[number];

export type RecordFilter = {
  readonly entity?: string | undefined;
  readonly state: RecordListState;
  /** A part of the title; null: any. */
  readonly text: string | null;
  /** Records that the text names by an id or a match key. */
  readonly named: readonly RecordId[];
};

export type RecordLine = {
  readonly id: RecordId;
  readonly entity: EntityId;
  readonly title: FieldValue;
  readonly createdAt: string;
  readonly deletedAt: string | null;
  readonly rows: readonly {
    readonly system: string;
    readonly externalId: string | null;
    readonly state: "live" | "pending";
  }[];
  readonly questions: number;
  readonly held: number;
  readonly due: number;
};

type Page = {
  /** Go on behind this record; null: from the newest. */
  readonly after: RecordId | null;
  readonly countMax: number;
  readonly titles: Titles;
};

/** Records that the filter lets through, the newest first, each with what waits about it. */
export async function listRecords(
  sql: Sql,
  filter: RecordFilter,
  { after, countMax, titles }: Page,
): Promise<RecordLine[]> {
  return await sql<RecordLine[]>`
    with found as (
      select r.id, r.entity, ${titleOf(sql, titles)} as title, r.created_at as "createdAt",
        r.deleted_at as "deletedAt"
      from records r
      where ${matches(sql, filter, titles)}
        ${after === null ? sql`` : sql`and r.id < ${after}`}
      order by r.id desc limit ${countMax}
    )
    select f.*,
      coalesce((select jsonb_agg(jsonb_build_object('system', l.system, 'externalId',
          l.external_id, 'state', l.state) order by l.binding)
        from links l where l.record = f.id and l.state in ('live', 'pending')), '[]') as rows,
      (select count(*)::int from conflicts c where c.record = f.id and c.state = 'open')
        as questions,
      (select count(*)::int from quarantine q where q.record = f.id and q.state = 'held') as held,
      (select count(*)::int from links l join deliveries d on d.link = l.id
        where l.record = f.id) as due
    from found f order by f.id desc`;
}

/** What a record is called; null where there is none of this id. */
export async function recordName(
  sql: Sql,
  id: RecordId,
  titles: Titles,
): Promise<Pick<RecordLine, "entity" | "title" | "deletedAt"> | null> {
  const [row] = await sql<Pick<RecordLine, "entity" | "title" | "deletedAt">[]>`
    select r.entity, ${titleOf(sql, titles)} as title, r.deleted_at as "deletedAt"
    from records r where r.id = ${id}`;
  return row ?? null;
}

/** How many records an entity (or all) has, living and deleted. */
export async function countRecords(
  sql: Sql,
  entity: string | undefined,
): Promise<{ living: number; deleted: number }> {
  const [row] = await sql<[{ living: number; deleted: number }]>`
    select (count(*) filter (where deleted_at is null))::int as living,
      count(deleted_at)::int as deleted
    from records where (${entity ?? null}::text is null or entity = ${entity ?? null})`;
  return row;
}

function matches(sql: Sql, filter: RecordFilter, titles: Titles) {
  const { entity, state, text, named } = filter;
  const byEntity = entity === undefined ? sql`true` : sql`r.entity = ${entity}`;
  const byText =
    text === null
      ? sql`true`
      : sql`(r.id = any(${named as RecordId[]}::uuid[])
          or (${titleOf(sql, titles)}) #>> '{}' ilike ${`%${escapeLike(text)}%`})`;
  return sql`${byEntity} and ${byText} and ${STATES[state](sql)}`;
}

const STATES = {
  living: (sql: Sql) => sql`r.deleted_at is null`,
  deleted: (sql: Sql) => sql`r.deleted_at is not null`,
  asked: (sql: Sql) => sql`
    r.id in (select record from conflicts where state = 'open')`,
  held: (sql: Sql) => sql`
    r.id in (select record from quarantine where state = 'held' and record is not null)`,
  due: (sql: Sql) => sql`r.id in (select record from deliveries)`,
} as const satisfies Record<RecordListState, unknown>;

/** In a pattern, these stand for themselves only behind a backslash. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}

export type DeliveryLine = {
  readonly link: LinkId;
  readonly state: "due" | "sent" | "parked";
  readonly since: string;
  readonly nextAt: string;
  readonly tries: number;
  readonly failure: string | null;
};

/** What is to be brought to the record's systems. */
export async function deliveriesOf(sql: Sql, links: readonly LinkId[]): Promise<DeliveryLine[]> {
  if (links.length === 0) return [];
  return await sql<DeliveryLine[]>`
    select link, state, since, next_at as "nextAt", tries, failure from deliveries
    where link = any(${links as LinkId[]}::uuid[])`;
}

export type HeldOfRecord = {
  readonly id: string;
  readonly kind: "value" | "row" | "delivery";
  readonly link: LinkId | null;
  readonly field: string | null;
  readonly message: string;
  readonly value: { readonly value?: FieldValue };
};

/** What of the record is in quarantine. */
export async function heldOfRecord(sql: Connection, record: RecordId): Promise<HeldOfRecord[]> {
  return await sql<HeldOfRecord[]>`
    select id, kind, link, field, message, value from quarantine
    where record = ${record} and state = 'held' order by held_at`;
}

/** How long the record's history is, and where it ends: it grows and never changes. */
export async function historyEnd(
  sql: Sql,
  record: RecordId,
): Promise<{ readonly lines: number; readonly last: string | null }> {
  const [row] = await sql<[{ lines: number; last: string | null }]>`
    select count(*)::int as lines, max(at) as last from audit_entries where record = ${record}`;
  return row;
}

/** The record's history, oldest first, as far as `countMax` reaches. */
export async function historyOf(sql: Sql, record: RecordId, countMax: number): Promise<LogLine[]> {
  const page = { after: null, countMax, oldestFirst: true, titles: {} };
  return await auditRows(sql, { records: [record] }, page);
}

/** When the record was made in the hub; null where there is none of this id. */
export async function recordDates(
  sql: Sql,
  record: string,
): Promise<{ readonly createdAt: string } | null> {
  const [row] = await sql<{ createdAt: string }[]>`
    select created_at as "createdAt" from records where id = ${record}`;
  return row ?? null;
}
