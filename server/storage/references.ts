import type { Transaction } from "../../db/client.ts";
import type { RecordId } from "../core/ids.ts";
import type { Position } from "../core/position.ts";
import type { Columns } from "../core/values/field-value.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";
import type { RowRef } from "./world.ts";

const UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

/** Of those of these records that were merged into others: the records that they are now. */
export async function findHeirs(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, RecordId>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<{ id: string; heir: RecordId }[]>`
    with recursive way(id, heir, step) as (
      select id, (merged ->> 'into')::uuid, 1 from records
      where id = any(${arrayParameter(ids)}::uuid[]) and merged is not null
      union all
      select w.id, (r.merged ->> 'into')::uuid, w.step + 1
      from way w join records r on r.id = w.heir and r.merged is not null
      where w.step < ${MERGES_MAX})
    select distinct on (id) id, heir from way order by id, step desc`;
  return new Map(rows.map(({ id, heir }) => [id, heir]));
}

/** A ring of merges cannot be made; should there be one, nothing runs for ever. */
const MERGES_MAX = 100;

export type PlaceOfRecord = {
  readonly record: RecordId;
  readonly binding: string;
  /** Null while the row is still to be made. */
  readonly externalId: string | null;
  /** The row, of a binding whose rows have other names than their key. */
  readonly columns: Columns | null;
};

/**
 * The rows of these records, by binding, and those that are still to be made.
 * @param named bindings whose rows have other names than their key
 */
export async function findPlaces(
  tx: Transaction,
  records: readonly string[],
  named: readonly string[],
): Promise<PlaceOfRecord[]> {
  if (records.length === 0) return [];
  return await tx<PlaceOfRecord[]>`
    select record, binding, external_id as "externalId",
      case when binding = any(${arrayParameter(named)}::text[]) then columns end as columns
    from links
    where record = any(${arrayParameter(records)}::uuid[]) and state in ('live', 'pending')`;
}

/** A row whose reference leads to one that has become a record: it is decided again as it is. */
export type RowAgain = RowRef & { readonly columns: Columns; readonly position: Position };

/** What of a system waited for these rows to become records, or to get these names. */
export async function findReferring(
  tx: Transaction,
  system: string,
  rows: readonly RowRef[],
): Promise<RowAgain[]> {
  return await waitingRows(
    tx,
    system,
    tx`
    join json_to_recordset(${rowsParameter(tx, rows)}) as w(binding text, "externalId" text)
      on q.awaits_binding = w.binding and q.awaits_id = w."externalId"`,
  );
}

/** What of a system waits for a row that is a record by now, whoever made it one. */
export async function findReferringAtLast(
  tx: Transaction,
  system: string,
  countMax: number,
): Promise<RowAgain[]> {
  const found = await waitingRows(
    tx,
    system,
    tx`
    cross join lateral (
      select 1 from links w where w.binding = q.awaits_binding and w.external_id = q.awaits_id
        and w.state = 'live'
      union all
      select 1 from row_names n join links w on w.id = n.link and w.state = 'live'
      where n.space = q.awaits_binding and n.name = q.awaits_id
      having count(distinct w.record) = 1) there`,
  );
  return found.slice(0, countMax);
}

async function waitingRows(
  tx: Transaction,
  system: string,
  joined: ReturnType<Transaction>,
): Promise<RowAgain[]> {
  return await tx<RowAgain[]>`
    select distinct on (q.binding, q.external_id) q.binding, q.external_id as "externalId",
      coalesce(l.columns, q.columns) as columns, coalesce(l.position, q.position) as position
    from quarantine q ${joined}
    left join links l on l.id = q.link and l.state = 'live'
    where q.state = 'held' and q.system = ${system} and q.kind in ('value', 'row')
      and coalesce(l.columns, q.columns) is not null
    order by q.binding, q.external_id`;
}

/**
 * Deliveries that waited for one of these records to get its row in a binding are due.
 * @returns whether any did
 */
export async function wakeAwaiting(
  tx: Transaction,
  places: readonly { readonly binding: string; readonly record: string }[],
  now: string,
): Promise<boolean> {
  const woken = await tx`
    update deliveries d set state = 'due', tries = 0, next_at = ${now}
    from quarantine q
    join json_to_recordset(${rowsParameter(tx, places)}) as w(binding text, record text)
      on q.awaits_binding = w.binding and q.awaits_id = w.record
    where q.state = 'held' and q.kind = 'delivery' and d.link = q.link and d.state = 'parked'
    returning 1`;
  return woken.length > 0;
}

/**
 * The same for whatever waits for a row of a system that is there by now: a row may come while
 * somebody is just about to wait for it.
 */
export async function wakeAwaitingAtLast(
  tx: Transaction,
  system: string,
  now: string,
): Promise<boolean> {
  const woken = await tx`
    update deliveries d set state = 'due', tries = 0, next_at = ${now}
    from quarantine q join links l on l.binding = q.awaits_binding and l.record::text = q.awaits_id
      and l.state = 'live'
    where q.state = 'held' and q.kind = 'delivery' and q.system = ${system} and d.link = q.link
      and d.state = 'parked'
    returning 1`;
  const named = await tx`
    update deliveries d set state = 'due', tries = 0, next_at = ${now}
    from quarantine q
    join links l on l.record = case when q.awaits_id ~ ${UUID} then q.awaits_id::uuid end
      and l.state = 'live'
    join row_names n on n.link = l.id and n.space = q.awaits_binding
    where q.state = 'held' and q.kind = 'delivery' and q.system = ${system} and d.link = q.link
      and d.state = 'parked' and not exists (
        select 1 from row_names o join links other on other.id = o.link and other.state = 'live'
        where o.space = n.space and o.name = n.name and o.link <> n.link)
    returning 1`;
  return woken.length + named.length > 0;
}

/** The entity of a living record; null where there is none of this id. */
export async function livingEntity(tx: Transaction, record: string): Promise<string | null> {
  const [row] = await tx<{ entity: string }[]>`
    select entity from records
    where id = (select case when ${record} ~ ${UUID} then ${record}::uuid end)
      and deleted_at is null`;
  return row?.entity ?? null;
}
