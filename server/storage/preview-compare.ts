import type { Transaction } from "../../db/client.ts";
import type { EntityId, RecordId } from "../core/ids.ts";
import type { RecordState } from "../core/reconcile/state.ts";

/** Records that were taken along for others' sake: what becomes of them is not counted. */
const PARTNERS = "select record from pg_temp.preview_taken where is_partner";

export type ChangedRecord = {
  readonly id: RecordId;
  readonly entity: EntityId;
  readonly before: RecordState["values"] | null;
  readonly after: RecordState["values"];
  readonly isDeleted: boolean;
};

/** How many of the hub's records are made, changed in a value, or deleted; and some of each. */
export async function compareRecords(
  tx: Transaction,
  rowsMax: number,
): Promise<{
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
  readonly some: readonly ChangedRecord[];
}> {
  const some = await tx<(ChangedRecord & { kind: string; total: number })[]>`
    with news as (
      select n.id, n.entity, o.values as before, n.values as after,
        case when o.id is null then 'created'
          when n.deleted_at is not null and o.deleted_at is null then 'deleted'
          else 'changed' end as kind
      from pg_temp.records n left join public.records o on o.id = n.id
      where n.id not in (${tx.unsafe(PARTNERS)}) and ((o.id is null and n.deleted_at is null)
        or (o.deleted_at is null) <> (n.deleted_at is null)
        or (n.deleted_at is null and exists (
          select 1 from jsonb_each(n.values) v
          where v.value -> 'v' is distinct from o.values -> v.key -> 'v')))),
    numbered as (
      select *, row_number() over (partition by kind order by id) as place,
        count(*) over (partition by kind)::int as total
      from news)
    select id, entity, before, after, kind = 'deleted' as "isDeleted", kind, total from numbered
    where place <= ${rowsMax} order by kind, id`;
  const total = (kind: string) => some.find((one) => one.kind === kind)?.total ?? 0;
  const [created, changed, deleted] = [total("created"), total("changed"), total("deleted")];
  return { created, changed, deleted, some };
}

export type Waiting = { readonly appear: number; readonly vanish: number };

/** Questions that are open in one of the two and not in the other, by place. */
export async function compareConflicts(tx: Transaction): Promise<Waiting> {
  const [row] = await tx<Waiting[]>`
    with counted as (select id from pg_temp.records where id not in (${tx.unsafe(PARTNERS)})),
      n as (select distinct record, field, kind from pg_temp.conflicts where state = 'open'
        and record in (select id from counted)),
      o as (select distinct record, field, kind from public.conflicts where state = 'open'
        and record in (select id from counted))
    select (select count(*)::int from (select * from n except select * from o) a) as appear,
      (select count(*)::int from (select * from o except select * from n) v) as vanish`;
  return row ?? { appear: 0, vanish: 0 };
}

/** Values, rows and deliveries that are held in one of the two and not in the other, by place. */
export async function compareQuarantine(tx: Transaction): Promise<Waiting> {
  const [row] = await tx<Waiting[]>`
    with counted as (select id from pg_temp.records where id not in (${tx.unsafe(PARTNERS)})),
      n as (
        select binding, coalesce(external_id, link::text) as place, kind, field
        from pg_temp.quarantine where state = 'held'
        and (record is null or record in (select id from counted))),
      o as (
        select binding, coalesce(external_id, link::text) as place, kind, field
        from public.quarantine where state = 'held'
        and (record is null or record in (select id from counted)))
    select (select count(*)::int from (select * from n except select * from o) a) as appear,
      (select count(*)::int from (select * from o except select * from n) v) as vanish`;
  return row ?? { appear: 0, vanish: 0 };
}
