import type { Transaction } from "../../db/client.ts";
import type { Position } from "../core/position.ts";
import type { Columns } from "../core/values/field-value.ts";
import { arrayParameter } from "./rows.ts";

/** How many living records the hub has. */
export async function countRecords(tx: Transaction): Promise<number> {
  const [row] = await tx<{ count: number }[]>`select count(*)::int as count from public.records
    where deleted_at is null and merged is null`;
  return row?.count ?? 0;
}

/** How many of them are looked at, those left out that were taken along for others' sake. */
export async function countLookedAt(tx: Transaction): Promise<number> {
  const [row] = await tx<{ count: number }[]>`select count(*)::int as count from pg_temp.records
    where deleted_at is null and merged is null
      and id not in (select record from pg_temp.preview_taken where is_partner)`;
  return row?.count ?? 0;
}

/** The places of leases that the engine's statements ask for: they are nobody else's here. */
export async function holdAllLeases(tx: Transaction, partitions: readonly string[]): Promise<void> {
  await tx`
    insert into leases (partition, engine, epoch, expires_at)
    select partition, 'preview', 1, 'infinity'
    from unnest(${arrayParameter(partitions)}::text[]) as p(partition)`;
}

/** Behind everything that was read of the system. */
export async function readUpTo(tx: Transaction, system: string): Promise<Position> {
  const [row] = await tx<{ position: Position | null }[]>`
    select max(position collate "C") as position from (
      select position from captures where system = ${system}
      union all select max(position collate "C") from links where system = ${system}) p`;
  return (row?.position ?? "") as Position;
}

/** The latest transaction, or part of one, that wrote one of these links. */
export async function lastWriterOf(
  tx: Transaction,
  links: readonly string[],
): Promise<string | null> {
  if (links.length === 0) return null;
  const [row] = await tx<{ version: string }[]>`
    select xmin as version from links where id = any(${arrayParameter(links)}::uuid[])
    order by age(xmin) limit 1`;
  return row?.version ?? null;
}

export type KeptRow = { readonly externalId: string; readonly columns: Columns };

/**
 * Gathers an object's rows as the hub knows them: those of its links, and those that are nobody's
 * or wait for a person.
 * @returns how many they are
 */
export async function gatherRows(
  tx: Transaction,
  object: string,
  bindings: readonly string[],
): Promise<number> {
  const of = arrayParameter(bindings);
  const known = tx`
    select external_id, columns from links
      where binding = any(${of}::text[]) and external_id is not null
        and state in ('live', 'left', 'archived', 'missing', 'doubted')
    union all select external_id, columns from unmatched_rows where binding = any(${of}::text[])
    union all select external_id, columns from rows_let_be where binding = any(${of}::text[])
    union all select external_id, columns from quarantine
      where binding = any(${of}::text[]) and state = 'held' and kind = 'row' and link is null
        and columns is not null`;
  // Most objects have one binding, whose rows come once each: nothing is put together then.
  const [row] = await tx<{ count: number }[]>`
    with put as (
      insert into preview_rows (object, place, external_id, columns)
      select ${object}, (row_number() over (order by external_id))::int, external_id, columns from (
        select external_id, case when count(*) = 1 then (array_agg(columns))[1]
          else (select jsonb_object_agg(e.key, e.value)
            from unnest(array_agg(columns)) as c(columns), jsonb_each(c.columns) e) end as columns
        from (${known}) k group by external_id) rows
      returning 1)
    select count(*)::int as count from put`;
  return row?.count ?? 0;
}

/** A page of what was gathered. */
export async function readGathered(
  tx: Transaction,
  object: string,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<KeptRow[]> {
  return await tx<KeptRow[]>`
    select external_id as "externalId", columns from preview_rows
    where object = ${object} and place > ${from} and place <= ${from + count} order by place`;
}

/** By binding, how many rows it has, those of partners left out. */
export async function countLive(tx: Transaction): Promise<Map<string, number>> {
  const rows = await tx<{ binding: string; count: number }[]>`
    select binding, count(*)::int as count from pg_temp.links
    where state = 'live'
      and record not in (select record from pg_temp.preview_taken where is_partner)
    group by binding`;
  return new Map(rows.map(({ binding, count }) => [binding, count]));
}

/** How much is due. */
export async function countDue(tx: Transaction): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from deliveries where state = 'due'`;
  return row?.count ?? 0;
}

export type Pretended = {
  readonly link: string;
  /** The key of a row that is made. */
  readonly externalId: string | null;
  readonly columns: unknown;
  readonly bases: unknown;
};

/** Has rows as they were planned, made or changed: whoever refers to them may be planned next. */
export async function pretendWritten(tx: Transaction, rows: readonly Pretended[]): Promise<void> {
  if (rows.length === 0) return;
  await tx`
    update links set state = 'live', external_id = coalesce(m.external_id, links.external_id),
      columns = links.columns || m.columns::jsonb, bases = links.bases || m.bases::jsonb
    from unnest(${arrayParameter(rows.map(({ link }) => link))}::uuid[],
      ${arrayParameter(rows.map(({ externalId }) => externalId))}::text[],
      ${arrayParameter(rows.map(({ columns }) => JSON.stringify(columns)))}::text[],
      ${arrayParameter(rows.map(({ bases }) => JSON.stringify(bases)))}::text[])
      as m(link, external_id, columns, bases)
    where links.id = m.link`;
}
