import type { Sql } from "../../../db/client.ts";
import type { BindingId, LinkId, QuarantineId, RecordId, SystemId } from "../../core/ids.ts";
import type { Columns, FieldValue } from "../../core/values/field-value.ts";
import { type HeldFilter, matchesHeld } from "../quarantine.ts";
import { type Titles, titleOf } from "./titles.ts";

/** Held items that are held for the same cause. */
export type HeldGroup = {
  readonly kind: "value" | "row" | "delivery";
  readonly entity: string;
  readonly system: string;
  readonly binding: string;
  readonly field: string | null;
  readonly code: string;
  readonly count: number;
  readonly oldest: string;
  readonly newest: string;
  /** The most often that one of them was tried. */
  readonly tries: number;
  /** The reason of the newest, as an example. */
  readonly sample: string;
};

const GROUPS_MAX = 200;

/** What is held, by cause, the oldest first. */
export async function heldGroups(sql: Sql, filter: HeldFilter): Promise<HeldGroup[]> {
  return await sql<HeldGroup[]>`
    select kind, entity, system, binding, field, code, count(*)::int as count,
      min(held_at) as oldest, max(held_at) as newest, max(tries)::int as tries,
      (array_agg(message order by held_at desc))[1] as sample
    from quarantine where ${matchesHeld(sql, filter)}
    group by kind, entity, system, binding, field, code
    order by min(held_at), binding, field, code limit ${GROUPS_MAX}`;
}

export type HeldLine = {
  readonly id: QuarantineId;
  readonly kind: "value" | "row" | "delivery";
  readonly entity: string;
  readonly record: RecordId | null;
  readonly title: FieldValue;
  readonly link: LinkId | null;
  readonly system: SystemId;
  readonly binding: BindingId;
  readonly externalId: string | null;
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  /** The refused value; missing where there is none. */
  readonly value: { readonly value?: FieldValue };
  readonly tries: number;
  readonly heldAt: string;
  readonly mapVersion: number;
};

type Page = {
  readonly after: string | null;
  readonly countMax: number;
  readonly titles: Titles;
};

/** Held items that match, in the order in which they came. */
export async function heldLines(
  sql: Sql,
  filter: HeldFilter,
  { after, countMax, titles }: Page,
): Promise<HeldLine[]> {
  return await sql<HeldLine[]>`
    with q as (
      select * from quarantine
      where ${matchesHeld(sql, filter)} ${after === null ? sql`` : sql`and id > ${after}`}
      order by id limit ${countMax}
    )
    select ${columns(sql, titles)} from q left join records r on r.id = q.record order by q.id`;
}

/** One held item; null when it is held no more. */
export async function heldLine(
  sql: Sql,
  id: string,
  titles: Page["titles"],
): Promise<(HeldLine & { readonly columns: Columns | null }) | null> {
  const [row] = await sql<(HeldLine & { columns: Columns | null })[]>`
    select ${columns(sql, titles)}, q.columns
    from quarantine q left join records r on r.id = q.record
    where q.id = ${id} and q.state = 'held'`;
  return row ?? null;
}

const columns = (sql: Sql, titles: Page["titles"]) => sql`
  q.id, q.kind, q.entity, q.record, q.link, q.system, q.binding, q.external_id as "externalId",
  q.field, q.code, q.message, q.value, q.tries, q.held_at as "heldAt",
  q.map_version as "mapVersion",
  ${titleOf(sql, titles)} as title`;

export type MatchingRecord = {
  readonly id: RecordId;
  readonly title: FieldValue;
  readonly rows: readonly { readonly system: string; readonly externalId: string | null }[];
  /** The record has a row in the binding in question already. */
  readonly taken: boolean;
};

/** The records that hold match keys, for a row that could be several of them. */
export async function matchingRecords(
  sql: Sql,
  ids: readonly RecordId[],
  binding: string,
  titles: Page["titles"],
): Promise<MatchingRecord[]> {
  return await sql<MatchingRecord[]>`
    select r.id, ${titleOf(sql, titles)} as title,
      coalesce((select jsonb_agg(jsonb_build_object('system', l.system, 'externalId',
          l.external_id) order by l.binding)
        from links l where l.record = r.id and l.state = 'live'), '[]') as rows,
      exists (select 1 from links l
        where l.record = r.id and l.binding = ${binding} and l.state = 'live') as taken
    from records r where r.id = any(${ids as RecordId[]}::uuid[]) and r.deleted_at is null
    order by r.id`;
}
