import type { Sql } from "../../../db/client.ts";
import type { HubValue } from "../../core/reconcile/state.ts";
import type { Columns } from "../../core/values/field-value.ts";

export type EntityCounts = {
  readonly entity: string;
  readonly records: number;
  readonly conflicts: number;
  readonly held: number;
};

/** How many records each entity has, and how many of its questions and held values wait. */
export async function countEntities(sql: Sql): Promise<EntityCounts[]> {
  return await sql<EntityCounts[]>`
    with r as (
      select entity, count(*)::int as n from records where deleted_at is null group by entity
    ), c as (
      select entity, count(*)::int as n from conflicts where state = 'open' group by entity
    ), q as (
      select entity, count(*)::int as n from quarantine where state = 'held' group by entity
    )
    select entity, coalesce(r.n, 0) as records, coalesce(c.n, 0) as conflicts,
      coalesce(q.n, 0) as held
    from r full join c using (entity) full join q using (entity)`;
}

export async function countRecords(sql: Sql, entity: string): Promise<number> {
  const [row] = await sql<[{ n: number }]>`
    select count(*)::int as n from records where entity = ${entity} and deleted_at is null`;
  return row.n;
}

/** Open questions of a field, once in all and once for each system that has a candidate in them. */
export type FieldQuestions = {
  readonly field: string;
  readonly count: number;
  readonly systems: Readonly<Record<string, number>>;
};

export async function fieldQuestions(sql: Sql, entity: string): Promise<FieldQuestions[]> {
  return await sql<FieldQuestions[]>`
    with open as materialized (
      select id, field, candidates from conflicts
      where state = 'open' and entity = ${entity} and kind = 'field' and field is not null
    ), sides as (
      select field, substr(c->>'from', 8) as system, count(distinct id)::int as n
      from open, jsonb_array_elements(candidates) c where c->>'from' like 'system:%'
      group by 1, 2
    )
    select field, count(*)::int as count, coalesce(
      (select jsonb_object_agg(system, n) from sides s where s.field = open.field), '{}'
    ) as systems
    from open group by field`;
}

/** Values of a field that wait in quarantine, by the binding that read or should write them. */
export type HeldValues = {
  readonly binding: string;
  readonly field: string;
  /** Whether they wait on the way into the hub or on the way out. */
  readonly way: "in" | "out";
  readonly count: number;
};

export async function heldValues(sql: Sql, entity: string): Promise<HeldValues[]> {
  return await sql<HeldValues[]>`
    select binding, field, case kind when 'delivery' then 'out' else 'in' end as way,
      count(*)::int as count
    from quarantine
    where state = 'held' and entity = ${entity} and field is not null
    group by 1, 2, 3`;
}

/** A record with the rows that it is linked to, as last accounted for. */
export type SampleRecord = {
  readonly id: string;
  readonly values: Readonly<Record<string, HubValue>>;
  readonly links: readonly {
    readonly binding: string;
    readonly externalId: string;
    readonly columns: Columns;
  }[];
};

export type SampleQuery = {
  /** Only records whose match key or title contains this text. */
  readonly find?: string | undefined;
  /** The field that names a record. */
  readonly title: string;
  /** Only records before or after this one; both in the order of creation. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  /** This record, and those after it. */
  readonly from?: string | undefined;
  readonly countMax: number;
};

/** Records of an entity in the order in which they were made, at most `countMax`. */
export async function sampleRecords(
  sql: Sql,
  entity: string,
  query: SampleQuery,
): Promise<SampleRecord[]> {
  const { find, title, after, before, from, countMax } = query;
  const backwards = before !== undefined;
  const pattern = find === undefined ? null : `%${find.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await sql<SampleRecord[]>`
    with shown as (
      select id, values from records r
      where entity = ${entity} and deleted_at is null
        ${after === undefined ? sql`` : sql`and id > ${after}`}
        ${before === undefined ? sql`` : sql`and id < ${before}`}
        ${from === undefined ? sql`` : sql`and id >= ${from}`}
        ${
          pattern === null
            ? sql``
            : sql`and (values->${title}->>'v' ilike ${pattern} or exists (
                select 1 from record_keys k where k.record = r.id and k.value ilike ${pattern}))`
        }
      order by id ${backwards ? sql`desc` : sql`asc`} limit ${countMax}
    )
    select id, values, coalesce((
      select jsonb_agg(jsonb_build_object(
        'binding', binding, 'externalId', external_id, 'columns', columns) order by binding)
      from links where record = shown.id and state = 'live'), '[]') as links
    from shown order by id`;
  return [...rows];
}
