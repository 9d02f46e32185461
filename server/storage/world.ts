import type { Transaction } from "../../db/client.ts";
import type { BindingId, LinkId, RecordId } from "../core/ids.ts";
import type { Position } from "../core/position.ts";
import type { Attempt, Conflict, LinkState, RecordState } from "../core/reconcile/state.ts";
import { attemptKey, type HeldValue, matchKey, rowKey } from "../core/reconcile/world.ts";
import { rowsParameter } from "./rows.ts";

/** A foreign row that a batch is about. */
export type RowRef = { readonly binding: string; readonly externalId: string };

/** The records whose live links these rows are; one query for the whole batch. */
export async function findLinkedRows(
  tx: Transaction,
  rows: readonly RowRef[],
): Promise<Map<string, RecordId>> {
  const found = await tx<{ binding: string; externalId: string; record: RecordId }[]>`
    select l.binding, l.external_id as "externalId", l.record
    from json_to_recordset(${rowsParameter(tx, rows)}) as w(binding text, "externalId" text)
    join links l on l.binding = w.binding and l.external_id = w."externalId" and l.state = 'live'`;
  return new Map(found.map((row) => [rowKey(row.binding, row.externalId), row.record]));
}

/** What became of rows with these ids before: how often each was linked, where the last went. */
export async function findPastRows(
  tx: Transaction,
  rows: readonly RowRef[],
): Promise<{ incarnations: Map<string, number>; goneAt: Map<string, Position> }> {
  type Past = { binding: string; externalId: string; last: number; gone: Position | null };
  const found = await tx<Past[]>`
    select l.binding, l.external_id as "externalId", max(l.incarnation) as last,
      max(l.position collate "C") filter (where l.state = 'gone') as gone
    from json_to_recordset(${rowsParameter(tx, rows)}) as w(binding text, "externalId" text)
    join links l on l.binding = w.binding and l.external_id = w."externalId"
    group by l.binding, l.external_id`;
  const keyOf = (row: Past) => rowKey(row.binding, row.externalId);
  return {
    incarnations: new Map(found.map((row) => [keyOf(row), row.last])),
    goneAt: new Map(found.flatMap((row) => (row.gone === null ? [] : [[keyOf(row), row.gone]]))),
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

/** Our attempts in these transactions of a system, by `attemptKey` where their row is known. */
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
      '{}'::jsonb as columns, a.state, coalesce(a.external_id, l.external_id) as "externalId"
    from attempts a join links l on l.id = a.link
    where a.system = ${system} and a.transaction = any(${transactions as string[]})`;
  for (const attempt of rows) {
    const { transaction, binding, externalId } = attempt;
    if (externalId === null || transaction === null) unplaced.push(attempt);
    else byEvent.set(attemptKey(transaction, binding, externalId), attempt);
  }
  return { byEvent, unplaced };
}

/** One decider at a time may look for the records of unknown rows of an entity. */
export async function claimMatching(tx: Transaction, entities: readonly string[]): Promise<void> {
  for (const entity of [...entities].sort()) {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`match:${entity}`}, 0))`;
  }
}

export async function findKeyHolders(
  tx: Transaction,
  keys: readonly { entity: string; key: string; value: string }[],
): Promise<Map<string, RecordId[]>> {
  const holders = new Map<string, RecordId[]>();
  if (keys.length === 0) return holders;
  const rows = await tx<{ entity: string; key: string; value: string; record: RecordId }[]>`
    select distinct k.entity, k.key, k.value, k.record
    from json_to_recordset(${rowsParameter(tx, keys)}) as w(entity text, key text, value text)
    join record_keys k on k.entity = w.entity and k.key = w.key and k.value = w.value`;
  for (const { entity, key, value, record } of rows) {
    const place = matchKey(entity, key, value);
    holders.set(place, [...(holders.get(place) ?? []), record]);
  }
  return holders;
}

export type LoadedRecords = {
  readonly records: Map<RecordId, RecordState>;
  readonly links: Map<LinkId, LinkState>;
  readonly linksOf: Map<RecordId, LinkId[]>;
  readonly linkAt: Map<string, LinkId>;
  readonly conflicts: Map<RecordId, Conflict[]>;
  readonly held: Map<RecordId, HeldValue[]>;
};

/** What of the records is needed; everything where it is left out. */
export type LoadOptions = {
  /**
   * Holds the records until the transaction ends, so that two captures decide one after the other;
   * in id order, so that they never wait for each other in a ring.
   */
  readonly lock: boolean;
  /** Only links of this system come with their columns, the condition of a write. */
  readonly columnsOf?: string;
  /** Only links of this system come at all. */
  readonly linksOf?: string;
};

/** Loads records with all that is decided about them. */
export async function loadRecords(
  tx: Transaction,
  ids: readonly RecordId[],
  { lock, columnsOf, linksOf }: LoadOptions,
): Promise<LoadedRecords> {
  if (ids.length === 0) return index([], [], [], []);
  const list = ids as RecordId[];
  const [records, links, conflicts, held] = await Promise.all([
    tx<RecordState[]>`
      select id, entity, values, deleted_at as "deletedAt" from records
      where id = any(${list}::uuid[]) order by id ${lock ? tx`for update` : tx``}`,
    tx<LinkState[]>`
      select id, record, binding, system, external_id as "externalId", incarnation, state,
        ${columnsFor(tx, columnsOf)} as columns, bases, reverts, position
      from links where record = any(${list}::uuid[])
        ${linksOf === undefined ? tx`` : tx`and system = ${linksOf}`}`,
    tx<ConflictRow[]>`
      select id, kind, entity, record, field, reason, base, candidates, revision, state,
        opened_at as "openedAt"
      from conflicts where record = any(${list}::uuid[]) and state = 'open'`,
    tx<(HeldValue & { record: RecordId })[]>`
      select id, record, link, field from quarantine
      where record = any(${list}::uuid[]) and state = 'held' and kind = 'value'`,
  ]);
  return index(records, links, conflicts.map(toConflict), held);
}

function columnsFor(tx: Transaction, system: string | undefined) {
  if (system === undefined) return tx`columns`;
  return tx`case when system = ${system} then columns else '{}' end`;
}

type ConflictRow = Omit<Conflict, "base"> & { base: { value?: Conflict["base"] } };

function toConflict({ base, ...row }: ConflictRow): Conflict {
  return base.value === undefined ? row : { ...row, base: base.value };
}

function index(
  records: readonly RecordState[],
  links: readonly LinkState[],
  conflicts: readonly Conflict[],
  held: readonly (HeldValue & { record: RecordId })[],
): LoadedRecords {
  const linksOf = new Map<RecordId, LinkId[]>();
  const linkAt = new Map<string, LinkId>();
  for (const link of links) {
    const siblings = linksOf.get(link.record);
    if (siblings === undefined) linksOf.set(link.record, [link.id]);
    else siblings.push(link.id);
    if (link.state === "live" && link.externalId !== null) {
      linkAt.set(rowKey(link.binding, link.externalId), link.id);
    }
  }
  return {
    records: new Map(records.map((record) => [record.id, record])),
    links: new Map(links.map((link) => [link.id, link])),
    linksOf,
    linkAt,
    conflicts: Map.groupBy(conflicts, ({ record }) => record),
    held: Map.groupBy(held, ({ record }) => record),
  };
}

/** The live links of bindings whose row was not seen by an enumeration up to `before`. */
export async function findUnseen(
  tx: Transaction,
  binding: BindingId,
  options: { readonly seenIn: string | null; readonly before: string },
): Promise<{ unseen: { externalId: string; record: RecordId }[]; live: number }> {
  const unseen = await tx<{ externalId: string; record: RecordId }[]>`
    select external_id as "externalId", record from links
    where binding = ${binding} and state = 'live' and position < ${options.before}
      and (${options.seenIn}::text is null or seen_in is distinct from ${options.seenIn})`;
  const [count] = await tx<{ live: number }[]>`
    select count(*)::int as live from links where binding = ${binding} and state = 'live'`;
  return { unseen, live: count?.live ?? 0 };
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
    where binding = ${binding} and state = 'live'
      and external_id = any(${externalIds as string[]})`;
}
