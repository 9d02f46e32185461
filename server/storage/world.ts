import type { Connection, Transaction } from "../../db/client.ts";
import type { BindingId, LinkId, RecordId } from "../core/ids.ts";
import type { Position } from "../core/position.ts";
import { ASIDE, type Attempt } from "../core/reconcile/state.ts";
import { attemptKey, matchKey, rowKey } from "../core/reconcile/world.ts";
import { unlessAlone } from "./advisory.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

/** A foreign row that a batch is about. */
export type RowRef = { readonly binding: string; readonly externalId: string };

/** The records whose live links these rows are; one query for the whole batch. */
export async function findLinkedRows(
  tx: Transaction,
  rows: readonly RowRef[],
): Promise<Map<string, RecordId>> {
  const linked = new Map<string, RecordId>();
  const byBinding = Map.groupBy(rows, ({ binding }) => binding);
  await Promise.all(
    [...byBinding].map(async ([binding, of]) => {
      const ids = arrayParameter(of.map(({ externalId }) => externalId));
      const found = await tx<{ externalId: string; record: RecordId | null }[]>`
        select w.id as "externalId", ${linkedRow(tx, binding, tx`record`)} as record
        from unnest(${ids}::text[]) as w(id)`;
      for (const { externalId, record } of found) {
        if (record !== null) linked.set(rowKey(binding, externalId), record);
      }
    }),
  );
  return linked;
}

/**
 * Something of the live link of row `w.id`. A sub-select per row, not a join: whatever the planner
 * believes of the table, a few rows are then found by index, and never by reading all others.
 */
function linkedRow(tx: Transaction, binding: string, what: ReturnType<Transaction>) {
  return tx`(select l.${what} from links l
    where l.binding = ${binding} and l.external_id = w.id and l.state = 'live')`;
}

export type PastRows = {
  readonly incarnations: Map<string, number>;
  readonly goneAt: Map<string, Position>;
  /** Records whose rows they are aside, or were until they left the scope. */
  readonly left: readonly RecordId[];
};

/** What became of rows with these ids before: how often each was linked, where the last went. */
export async function findPastRows(tx: Transaction, rows: readonly RowRef[]): Promise<PastRows> {
  type Past = RowRef & { last: number; gone: Position | null; left: RecordId[] | null };
  const found = await tx<Past[]>`
    select l.binding, l.external_id as "externalId", max(l.incarnation) as last,
      max(l.position collate "C") filter (where l.state = 'gone') as gone,
      array_agg(l.record) filter (where l.state = any(${arrayParameter(ASIDE)}::text[])) as left
    from json_to_recordset(${rowsParameter(tx, rows)}) as w(binding text, "externalId" text)
    join links l on l.binding = w.binding and l.external_id = w."externalId"
    group by l.binding, l.external_id`;
  const keyOf = (row: Past) => rowKey(row.binding, row.externalId);
  return {
    incarnations: new Map(found.map((row) => [keyOf(row), row.last])),
    goneAt: new Map(found.flatMap((row) => (row.gone === null ? [] : [[keyOf(row), row.gone]]))),
    left: found.flatMap((row) => row.left ?? []),
  };
}

/** How often each row's id has been linked before, for a new incarnation. */
export async function countIncarnations(
  tx: Transaction,
  rows: readonly RowRef[],
): Promise<Map<string, number>> {
  return (await findPastRows(tx, rows)).incarnations;
}

/** The rows that our own calls are making for these places, by link; null while not told. */
export async function findMaking(
  tx: Transaction,
  places: readonly LinkId[],
): Promise<Map<LinkId, string | null>> {
  if (places.length === 0) return new Map();
  const rows = await tx<{ link: LinkId; externalId: string | null }[]>`
    select link, external_id as "externalId" from attempts
    where link = any(${places as LinkId[]}::uuid[]) and operation = 'create'
      and (state <> 'unknown' or external_id is not null)
    order by epoch, id`;
  return new Map(rows.map(({ link, externalId }) => [link, externalId]));
}

/**
 * Our attempts in these transactions of a system, by `attemptKey` where their row is known. One of
 * unknown outcome will never tell its row: whatever comes is matched by its keys.
 */
export async function findAttempts(
  tx: Transaction,
  system: string,
  transactions: readonly string[],
): Promise<{ byEvent: Map<string, Attempt>; unplaced: Attempt[] }> {
  const byEvent = new Map<string, Attempt>();
  const unplaced: Attempt[] = [];
  if (transactions.length === 0) return { byEvent, unplaced };
  const rows = await tx<Attempt[]>`
    select a.id, a.link, a.record, a.binding, a.system, a.operation, a.transaction, a.sent,
      '{}'::jsonb as columns, a.state,
      coalesce(a.external_id, (select external_id from links where id = a.link)) as "externalId"
    from unnest(${arrayParameter(transactions)}::text[]) as t(id) cross join lateral (
      select * from attempts
      where system = ${system} and transaction = t.id offset 0) a`;
  for (const attempt of rows) {
    const { transaction, binding, externalId } = attempt;
    if (externalId === null && attempt.state === "unknown") continue;
    if (externalId === null || transaction === null) unplaced.push(attempt);
    else byEvent.set(attemptKey(transaction, binding, externalId), attempt);
  }
  return { byEvent, unplaced };
}

export type Unknown = {
  /** Our updates whose outcome nobody knows, by link. */
  readonly updates: ReadonlyMap<LinkId, readonly Attempt[]>;
  /** By `rowKey` of the row that each seems to have made: creates whose outcome nobody knows. */
  readonly guesses: ReadonlyMap<string, Attempt>;
};

/** Our writes to a system whose outcome nobody knows. Few or none: an index has them alone. */
export async function findUnknown(tx: Transaction, system: string): Promise<Unknown> {
  const rows = await tx<Attempt[]>`
    select id, link, record, binding, system, operation, transaction, sent,
      '{}'::jsonb as columns, state, external_id as "externalId"
    from attempts
    where system = ${system} and state = 'unknown'
      and (operation = 'update' or (operation = 'create' and external_id is not null))
    order by epoch, id`;
  const updates = rows.filter(({ operation }) => operation === "update");
  const creates = rows.filter(({ operation }) => operation === "create");
  return {
    updates: Map.groupBy(updates, ({ link }) => link),
    guesses: new Map(creates.map((one) => [rowKey(one.binding, one.externalId ?? ""), one])),
  };
}

/** The updates of a few links alone, for what a person does to their records. */
export async function findUnknownOf(
  tx: Transaction,
  links: readonly LinkId[],
): Promise<Map<LinkId, Attempt[]>> {
  if (links.length === 0) return new Map();
  const rows = await tx<Attempt[]>`
    select id, link, record, binding, system, operation, transaction, sent,
      '{}'::jsonb as columns, state, external_id as "externalId"
    from attempts
    where link = any(${arrayParameter(links)}::uuid[]) and state = 'unknown'
      and operation = 'update'
    order by epoch, id`;
  return Map.groupBy(rows, ({ link }) => link);
}

/** One decider at a time may look for the records of unknown rows of an entity. */
export async function claimMatching(tx: Transaction, entities: readonly string[]): Promise<void> {
  for (const entity of [...entities].sort()) {
    const key = tx`hashtextextended(${`match:${entity}`}, 0)`;
    await tx`select pg_advisory_xact_lock(${key}) ${unlessAlone(tx)}`;
  }
}

/**
 * Who has these keys: of a merged record also the one that it is now, so that whoever is found is
 * led on to it.
 */
export async function findKeyHolders(
  tx: Transaction,
  keys: readonly { entity: string; key: string; value: string }[],
): Promise<Map<string, RecordId[]>> {
  const holders = new Map<string, RecordId[]>();
  if (keys.length === 0) return holders;
  const rows = await tx<KeyHolder[]>`
    select distinct k.entity, k.key, k.value, k.record,
      (select r.merged ->> 'into' from records r where r.id = k.record) as into
    from json_to_recordset(${rowsParameter(tx, keys)}) as w(entity text, key text, value text)
    join record_keys k on k.entity = w.entity and k.key = w.key and k.value = w.value`;
  for (const { entity, key, value, record, into } of rows) {
    const place = matchKey(entity, key, value);
    const heirs = into === null ? [] : await findHeirs(tx, into);
    holders.set(place, [...new Set([...(holders.get(place) ?? []), record, ...heirs])]);
  }
  return holders;
}

type KeyHolder = {
  readonly entity: string;
  readonly key: string;
  readonly value: string;
  readonly record: RecordId;
  /** Where it was merged; null for by far the most. */
  readonly into: RecordId | null;
};

/** The record that another was merged into, and those that it was merged into in its turn. */
async function findHeirs(tx: Transaction, first: RecordId): Promise<RecordId[]> {
  const rows = await tx<{ id: RecordId }[]>`
    with recursive heirs(id) as (
      select ${first}::uuid union
      select (r.merged ->> 'into')::uuid from heirs h join records r on r.id = h.id
      where r.merged is not null)
    select id from heirs`;
  return rows.map(({ id }) => id);
}

/**
 * The links of bindings whose row was not seen by an enumeration up to `before`: live ones, and
 * those of which is asked whether it is still the same row, where not even another one is there.
 */
export async function findUnseen(
  tx: Transaction,
  binding: BindingId,
  options: { readonly seenIn: string | null; readonly before: string },
): Promise<{ unseen: { externalId: string; record: RecordId }[]; live: number }> {
  const unseen = await tx<{ externalId: string; record: RecordId }[]>`
    select external_id as "externalId", record from links
    where binding = ${binding} and state in ('live', 'doubted') and position < ${options.before}
      and (${options.seenIn}::text is null or seen_in is distinct from ${options.seenIn})
    order by external_id`;
  const [count] = await tx<{ live: number }[]>`
    select count(*)::int as live from links
    where binding = ${binding} and state in ('live', 'doubted')`;
  return { unseen, live: count?.live ?? 0 };
}

/** The same as ids alone, in their order: of several bindings of one object, page by page. */
export async function findUnseenIds(
  sql: Connection,
  bindings: readonly string[],
  of: {
    readonly seenIn: string;
    readonly before: string;
    readonly after: string;
    readonly countMax: number;
  },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select distinct external_id collate "C" as id from links
    where binding = any(${arrayParameter(bindings)}::text[]) and state in ('live', 'doubted')
      and position collate "C" < ${of.before} and seen_in is distinct from ${of.seenIn}
      and external_id collate "C" > ${of.after}
    order by 1 limit ${of.countMax}`;
  return rows.map(({ id }) => id);
}

/** Notes that an enumeration saw these rows, changed or not. */
export async function markRowsSeen(
  tx: Transaction,
  binding: BindingId,
  seenIn: string,
  externalIds: readonly string[],
): Promise<void> {
  await tx`
    update links set seen_in = ${seenIn}
    from (select ${linkedRow(tx, binding, tx`id`)} as id
      from unnest(${arrayParameter(externalIds)}::text[]) as w(id)) seen
    where links.id = seen.id and links.seen_in is distinct from ${seenIn}`;
}
