import { BY_KEY, type Transaction } from "../../db/client.ts";
import type { EntityId, RecordId } from "../core/ids.ts";
import type { Position } from "../core/position.ts";
import type { RecordState } from "../core/reconcile/state.ts";
import type { Columns } from "../core/values/field-value.ts";
import { ALONE } from "./advisory.ts";
import { arrayParameter } from "./rows.ts";

/**
 * A preview decides as the engine does, and keeps nothing. It works in a transaction that has its
 * own tables under the names of the hub's: temporary ones, which come first in a session's search
 * path. So every statement of the engine is carried out as it is, and reaches the hub's rows not
 * at all: once the tables are made, the transaction is read-only, and PostgreSQL refuses what would
 * change another than a temporary one.
 */

/** Tables as far as they are about records: a sample takes those of some records alone. */
const OF_RECORDS = {
  records: "id",
  record_keys: "record",
  links: "record",
  deliveries: "record",
  attempts: "record",
  conflicts: "record",
  quarantine: "record",
} as const;
/** Tables that are taken whole. */
const WHOLE = ["map_versions", "captures", "mass_tallies", "unmatched_rows", "rows_let_be"];
/** Of these a preview needs what stands in them of links that are there. */
const OF_LINKS = { row_names: "link" } as const;
/** Tables in which the engine writes down what it does: nothing is read of what stands there. */
const LOGS = ["audit_entries", "audit_batches"];
const EMPTY = [...LOGS, "audit_heads", "leases", "runs"];
const MOVED = ["moved_references"];

/** The read that the hub's own rows stand for, as `links.seen_in` has it. */
export const SEEN = "preview";

/** Working memory of a preview's session: its tables are of nobody else's concern. */
const TEMP_BUFFERS = "256MB";

/** The share of records that is looked at, by a digest of their ids; null: all of them. */
export type Sampling = { readonly share: number } | null;

/**
 * Makes the transaction's own tables, and makes it read-only. It must be the first in its session,
 * or statements that the session knows already would go to the hub's tables.
 */
export async function copyHub(tx: Transaction, sampling: Sampling): Promise<void> {
  await tx.unsafe(`set local temp_buffers = '${TEMP_BUFFERS}'`);
  await tx.unsafe(`set local ${ALONE} = 'yes'`);
  for (const [table, column] of Object.entries(OF_RECORDS)) {
    const where =
      sampling === null ? "" : `where ${column} is not null and ${isIn(column, sampling)}`;
    await copy(tx, table, where);
  }
  for (const [table, column] of Object.entries(OF_LINKS)) {
    const where = `where ${column} in (select id from pg_temp.links)`;
    await copy(tx, table, sampling === null ? "" : where);
  }
  for (const table of [...WHOLE, ...MOVED]) await copy(tx, table, "");
  for (const table of EMPTY) await copy(tx, table, "where false");
  await tx.unsafe(`create temp table preview_rows (object text, place int, external_id text,
    columns jsonb) on commit drop`);
  await tx.unsafe("create index on pg_temp.preview_rows (object, place)");
  // The wide columns are of no use to a planner, and take most of the time.
  await tx.unsafe("analyze pg_temp.records (id, entity, deleted_at)");
  await tx.unsafe("analyze pg_temp.links (id, record, binding, external_id, state)");
  await tx.unsafe("analyze pg_temp.record_keys");
  for (const [name, value] of Object.entries(BY_KEY)) {
    await tx.unsafe(`set local ${name} = ${value}`);
  }
  await tx.unsafe("set transaction read only");
}

/** From here on the tables are compared as wholes: an index would be the long way. */
export async function endLookingUp(tx: Transaction): Promise<void> {
  for (const name of Object.keys(BY_KEY)) await tx.unsafe(`set local ${name} = on`);
}

/**
 * Copies a table; indexes last, for it is filled faster without them. Every row counts as seen by
 * the read that the hub's own rows stand for: nobody need note it of each.
 */
async function copy(tx: Transaction, table: string, where: string): Promise<void> {
  await tx.unsafe(`create temp table ${table} (like public.${table} including defaults)
    on commit drop`);
  const columns = await tx<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = ${`public.${table}`}::regclass and attnum > 0 and not attisdropped
    order by attnum`;
  const values = columns.map(({ name }) => (name === "seen_in" ? `'${SEEN}'` : `"${name}"`));
  await tx.unsafe(`insert into pg_temp.${table} select ${values.join(", ")}
    from public.${table} ${where}`);
  const indexes = await tx<{ definition: string }[]>`
    select indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = ${table}`;
  // Nothing is looked for in what is only written down.
  const needed = indexes.filter(
    ({ definition }) => !LOGS.includes(table) || definition.startsWith("CREATE UNIQUE "),
  );
  for (const { definition } of needed) {
    await tx.unsafe(definition.replace(" ON public.", " ON pg_temp."));
  }
}

/** Of any ids about the same share, and of the same ids always the same ones. */
function isIn(column: string, { share }: { readonly share: number }): string {
  const below = Math.round(share * SLICES);
  return `abs(hashtextextended(${column}::text, 0) % ${SLICES}) < ${below}`;
}

const SLICES = 1_000_000;

export async function countRecords(tx: Transaction): Promise<number> {
  const [row] = await tx<{ count: number }[]>`select count(*)::int as count from records
    where deleted_at is null and merged is null`;
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

/** Of these rows of bindings those that are linked, or anybody's in the hub at all. */
export async function linkedIds(
  tx: Transaction,
  bindings: readonly string[],
  externalIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx<{ id: string }[]>`
    select distinct external_id as id from links
    where binding = any(${arrayParameter(bindings)}::text[]) and state = 'live'
      and external_id = any(${arrayParameter(externalIds)}::text[])`;
  return new Set(rows.map(({ id }) => id));
}

/** By binding, how many rows it has. */
export async function countLive(tx: Transaction): Promise<Map<string, number>> {
  const rows = await tx<{ binding: string; count: number }[]>`
    select binding, count(*)::int as count from links where state = 'live' group by binding`;
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
      where (o.id is null and n.deleted_at is null)
        or (o.deleted_at is null) <> (n.deleted_at is null)
        or (n.deleted_at is null and exists (
          select 1 from jsonb_each(n.values) v
          where v.value -> 'v' is distinct from o.values -> v.key -> 'v'))),
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
    with n as (select distinct record, field, kind from pg_temp.conflicts where state = 'open'),
      o as (select distinct record, field, kind from public.conflicts where state = 'open'
        and record in (select id from pg_temp.records))
    select (select count(*)::int from (select * from n except select * from o) a) as appear,
      (select count(*)::int from (select * from o except select * from n) v) as vanish`;
  return row ?? { appear: 0, vanish: 0 };
}

/** Values, rows and deliveries that are held in one of the two and not in the other, by place. */
export async function compareQuarantine(tx: Transaction): Promise<Waiting> {
  const [row] = await tx<Waiting[]>`
    with n as (
        select binding, coalesce(external_id, link::text) as place, kind, field
        from pg_temp.quarantine where state = 'held'),
      o as (
        select binding, coalesce(external_id, link::text) as place, kind, field
        from public.quarantine where state = 'held'
        and (record is null or record in (select id from pg_temp.records)))
    select (select count(*)::int from (select * from n except select * from o) a) as appear,
      (select count(*)::int from (select * from o except select * from n) v) as vanish`;
  return row ?? { appear: 0, vanish: 0 };
}
