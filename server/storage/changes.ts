import type { Transaction } from "../../db/client.ts";
import type { RecordId } from "../core/ids.ts";
import type { LiveTopic } from "../core/live-topics.ts";
import type { LinkState } from "../core/reconcile/state.ts";
import type { Changes, World } from "../core/reconcile/world.ts";
import { type AuditChain, appendAudit } from "./audit.ts";
import { deliveryPartition, partitionOf } from "./delivery-partitions.ts";
import { saveTallies } from "./mass-tallies.ts";
import { saveNames } from "./row-names.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";
import { saveLetBe } from "./rows-let-be.ts";
import { saveMerged, saveMoves } from "./save-merges.ts";
import { saveQuarantine } from "./save-quarantine.ts";
import { saveUnmatched } from "./unmatched-rows.ts";

export type CommitContext = {
  readonly world: World;
  readonly audit: AuditChain;
  readonly run: string | null;
  /** The enumeration that sees these rows; null outside one. */
  readonly seenIn: string | null;
  readonly person?: { readonly id: string; readonly resolution: Resolution };
};

export type Resolution = {
  readonly value?: unknown;
  readonly choice: string;
  readonly note?: string;
};

export type Committing = {
  /** What whoever watches is to be told of. */
  readonly topics: LiveTopic[];
  /** The leases under which links became due. */
  readonly partitions: string[];
  /** The statements have been carried out. */
  readonly done: Promise<unknown>;
};

/**
 * Writes everything that a batch decided, set by set. The caller's transaction also moves the
 * source's position, so that both are there or neither is.
 */
export function commitChanges(
  tx: Transaction,
  changes: Changes,
  context: CommitContext,
): Committing {
  // Sent one behind the other without waiting; PostgreSQL carries them out in this order.
  const done = Promise.all([
    ...saveRecords(tx, changes, context.world),
    ...saveMerged(tx, changes, context.world),
    ...saveKeys(tx, changes, context.world),
    ...saveLinks(tx, changes, context),
    ...saveNames(tx, changes, context.world),
    ...saveMoves(tx, changes, context.world),
    ...saveConflicts(tx, changes, context),
    // Whoever holds what a target refused has that delivery locked: it is waited for here, and what
    // was held by then is let go after it.
    ...saveDeliveries(tx, changes, context.world),
    ...saveQuarantine(tx, changes, context.world),
    ...saveUnmatched(tx, changes, context.world),
    ...saveLetBe(tx, changes),
    ...saveTallies(tx, changes),
    appendAudit(tx, changes.audit, {
      ...context.audit,
      at: context.world.now,
      mapVersion: context.world.map.version,
      run: context.run,
    }),
  ]);
  return { topics: topicsOf(changes), partitions: partitionsOf(changes, context.world), done };
}

function partitionsOf(changes: Changes, world: World): string[] {
  const partitions = new Set<string>();
  for (const id of changes.due) {
    const link = changes.links.get(id) ?? world.links.get(id);
    if (link !== undefined)
      partitions.add(deliveryPartition(link.system, partitionOf(link.record)));
  }
  return [...partitions];
}

function topicsOf(changes: Changes): LiveTopic[] {
  const topics: LiveTopic[] = [];
  if (changes.records.size + changes.links.size > 0) topics.push("records");
  if (changes.conflicts.size > 0) topics.push("conflicts");
  if (changes.quarantined.length + changes.released.size > 0) topics.push("quarantine");
  if (changes.audit.length > 0) topics.push("audit");
  if (changes.due.size > 0) topics.push("deliveries");
  return topics;
}

function saveRecords(tx: Transaction, changes: Changes, world: World): Promise<unknown>[] {
  const made: unknown[] = [];
  const ids: string[] = [];
  const values: string[] = [];
  const deletedAt: (string | null)[] = [];
  for (const record of changes.records.values()) {
    const before = world.records.get(record.id);
    if (before === undefined) {
      made.push(record);
      continue;
    }
    ids.push(record.id);
    // Only what differs travels: the rest of the record stays as it is.
    values.push(JSON.stringify(difference(before.values, record.values)));
    deletedAt.push(record.deletedAt);
  }
  const work: Promise<unknown>[] = [];
  if (made.length > 0) {
    work.push(tx`
      insert into records (id, entity, values, deleted_at, created_at)
      select id, entity, values, "deletedAt", ${world.now}
      from json_to_recordset(${rowsParameter(tx, made)})
        as r(id uuid, entity text, values jsonb, "deletedAt" timestamptz)`);
  }
  if (ids.length > 0) {
    work.push(tx`
      update records set values = records.values || r.values::jsonb, deleted_at = r.deleted_at
      from unnest(${arrayParameter(ids)}::uuid[], ${arrayParameter(values)}::text[],
        ${arrayParameter(deletedAt)}::timestamptz[]) as r(id, values, deleted_at)
      where records.id = r.id`);
  }
  return work;
}

function difference<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Record<string, T> {
  const changed: Record<string, T> = {};
  for (const key in after) {
    const value = after[key];
    if (value !== undefined && value !== before[key]) changed[key] = value;
  }
  return changed;
}

function saveKeys(tx: Transaction, changes: Changes, world: World): Promise<unknown>[] {
  if (changes.keys.size === 0) return [];
  const known = [...changes.keys.keys()].filter((id) => world.records.has(id));
  const rows: unknown[] = [];
  for (const [record, keys] of changes.keys) {
    const entity = (changes.records.get(record) ?? world.records.get(record))?.entity;
    for (const { key, value } of keys) rows.push({ record, entity, key, value });
  }
  const work: Promise<unknown>[] = [];
  if (known.length > 0) {
    work.push(tx`delete from record_keys where record = any(${known as RecordId[]}::uuid[])`);
  }
  if (rows.length > 0) {
    work.push(tx`
      insert into record_keys (record, entity, key, value)
      select record, entity, key, value from json_to_recordset(${rowsParameter(tx, rows)})
        as k(record uuid, entity text, key text, value text)`);
  }
  return work;
}

function saveLinks(
  tx: Transaction,
  changes: Changes,
  { world, seenIn }: CommitContext,
): Promise<unknown>[] {
  const made: unknown[] = [];
  const moved: unknown[] = [];
  const told: { before: LinkState; link: LinkState }[] = [];
  for (const link of changes.links.values()) {
    const before = world.links.get(link.id);
    if (before === undefined) made.push(link);
    else if (isInPlace(before, link)) told.push({ before, link });
    else moved.push(changeOf(before, link));
  }
  const work: Promise<unknown>[] = [];
  // Changed ones first: a tombstone frees its row's place for a new link. Rows that exchange their
  // keys, or take the key of one that is gone, must leave their places before anyone arrives.
  const leaving = [...changes.links.values()].filter((link) => leaves(world, link));
  if (leaving.length > 0) {
    work.push(tx`
      update links set external_id = null, state = 'unlinked'
      where id = any(${leaving.map(({ id }) => id)}::uuid[])`);
  }
  if (told.length > 0) work.push(saveTold(tx, told, seenIn));
  if (moved.length > 0) {
    work.push(tx`
      update links set state = l.state, external_id = l."externalId", record = l.record,
        incarnation = l.incarnation, columns = links.columns || l.columns,
        bases = links.bases || l.bases, reverts = coalesce(l.reverts, links.reverts),
        position = l.position, let_be = l."letBe", seen_in = coalesce(${seenIn}, links.seen_in)
      from json_to_recordset(${rowsParameter(tx, moved)}) as l(id uuid, record uuid, state text,
        "externalId" text, incarnation int, columns jsonb, bases jsonb, reverts jsonb,
        position text, "letBe" uuid)
      where links.id = l.id`);
  }
  if (made.length > 0) {
    work.push(tx`
      insert into links (id, record, binding, system, external_id, incarnation, state, columns,
        bases, position, seen_in)
      select id, record, binding, system, "externalId", incarnation, state, columns, bases,
        position, ${seenIn}
      from json_to_recordset(${rowsParameter(tx, made)}) as l(id uuid, record uuid, binding text,
        system text, "externalId" text, incarnation int, state text, columns jsonb, bases jsonb,
        position text)`);
  }
  return work;
}

/** Is it the same row of the same record still? By far the most are. */
function isInPlace(before: LinkState, link: LinkState): boolean {
  return (
    link.state === before.state &&
    link.externalId === before.externalId &&
    link.record === before.record &&
    link.incarnation === before.incarnation &&
    link.reverts === before.reverts &&
    (link.letBe ?? null) === (before.letBe ?? null)
  );
}

function saveTold(
  tx: Transaction,
  told: readonly { before: LinkState; link: LinkState }[],
  seenIn: string | null,
): Promise<unknown> {
  const ids = told.map(({ link }) => link.id);
  const columns = told.map(({ before, link }) =>
    JSON.stringify(difference(before.columns, link.columns)),
  );
  const bases = told.map(({ before, link }) =>
    JSON.stringify(difference(before.bases, link.bases)),
  );
  const positions = told.map(({ link }) => link.position);
  return tx`
    update links set columns = links.columns || l.columns::jsonb,
      bases = links.bases || l.bases::jsonb, position = l.position,
      seen_in = coalesce(${seenIn}, links.seen_in)
    from unnest(${arrayParameter(ids)}::uuid[], ${arrayParameter(columns)}::text[],
      ${arrayParameter(bases)}::text[], ${arrayParameter(positions)}::text[])
      as l(id, columns, bases, position)
    where links.id = l.id`;
}

/** Does the link give up its row, or its place with a record, which another may get at once? */
function leaves({ links }: World, link: LinkState): boolean {
  const before = links.get(link.id);
  if (before === undefined || !isPlace(before)) return false;
  if (!isPlace(link) || link.record !== before.record) return true;
  return before.state === "live" && link.externalId !== before.externalId;
}

const isPlace = ({ state }: LinkState): boolean => state === "live" || state === "pending";

function changeOf(before: LinkState, link: LinkState) {
  return {
    id: link.id,
    record: link.record,
    state: link.state,
    externalId: link.externalId,
    incarnation: link.incarnation,
    columns: difference(before.columns, link.columns),
    bases: difference(before.bases, link.bases),
    reverts: link.reverts === before.reverts ? null : link.reverts,
    position: link.position,
    letBe: link.letBe ?? null,
  };
}

function saveConflicts(tx: Transaction, changes: Changes, context: CommitContext) {
  if (changes.conflicts.size === 0) return [];
  const { world, person } = context;
  const rows = [...changes.conflicts.values()].map(({ base, ...conflict }) => ({
    ...conflict,
    base: base === undefined ? {} : { value: base },
    resolution: conflict.state === "resolved" ? (person?.resolution ?? null) : null,
    resolvedBy: conflict.state === "open" ? null : (person?.id ?? "engine"),
    resolvedAt: conflict.state === "open" ? null : world.now,
  }));
  return [
    tx`
      insert into conflicts (id, kind, entity, record, field, reason, base, candidates, revision,
        state, opened_at, map_version, resolution, resolved_by, resolved_at)
      select id, kind, entity, record, field, reason, base, candidates, revision, state,
        "openedAt", ${world.map.version}, resolution, "resolvedBy", "resolvedAt"
      from json_to_recordset(${rowsParameter(tx, rows)}) as c(id uuid, kind text, entity text,
        record uuid, field text, reason text, base jsonb, candidates jsonb, revision int,
        state text, "openedAt" timestamptz, resolution jsonb, "resolvedBy" text,
        "resolvedAt" timestamptz)
      on conflict (id) do update set candidates = excluded.candidates,
        revision = excluded.revision, state = excluded.state, resolution = excluded.resolution,
        resolved_by = excluded.resolved_by, resolved_at = excluded.resolved_at`,
  ];
}

function saveDeliveries(tx: Transaction, changes: Changes, world: World): Promise<unknown>[] {
  const work: Promise<unknown>[] = [];
  if (changes.explained.size > 0) {
    // An earlier one of the same link whose event has not come by now will never have one.
    work.push(tx`
      delete from attempts a using attempts told
      where told.id = any(${arrayParameter([...changes.explained])}::uuid[]) and a.link = told.link
        and (a.epoch, a.id) <= (told.epoch, told.id)`);
  }
  if (changes.ended.size > 0) {
    work.push(tx`
      delete from attempts where id = any(${arrayParameter([...changes.ended])}::uuid[])`);
  }
  if (changes.foundLinks.size > 0) {
    work.push(tx`
      delete from attempts where link = any(${arrayParameter([...changes.foundLinks])}::uuid[])`);
  }
  if (changes.settled.size > 0) {
    const unexplained = [...changes.settled].filter((link) => !changes.explainedLinks.has(link));
    // First those under way: whoever puts them back sees that something was decided meanwhile.
    if (unexplained.length > 0) {
      work.push(tx`
        update deliveries set
          next_at = greatest(${world.now}, next_at + interval '1 microsecond')
        where link = any(${arrayParameter(unexplained)}::uuid[]) and state = 'sent'`);
    }
    work.push(tx`
      delete from deliveries where link = any(${arrayParameter([...changes.settled])}::uuid[])
        and (state <> 'sent' or link = any(${arrayParameter([...changes.explainedLinks])}::uuid[]))`);
  }
  if (changes.due.size > 0) work.push(saveDue(tx, changes, world));
  return work;
}

function saveDue(tx: Transaction, changes: Changes, world: World): Promise<unknown> {
  const links = [...changes.due].flatMap(
    (id) => changes.links.get(id) ?? world.links.get(id) ?? [],
  );
  const ids = arrayParameter(links.map(({ id }) => id));
  const records = arrayParameter(links.map(({ record }) => record));
  const bindings = arrayParameter(links.map(({ binding }) => binding));
  const systems = arrayParameter(links.map(({ system }) => system));
  const partitions = arrayParameter(links.map(({ record }) => partitionOf(record)));
  const told = arrayParameter([...changes.explainedLinks]);
  // One that was sent waits for its event; one that is parked wakes on the next change.
  return tx`
    insert into deliveries (link, record, binding, system, partition, state, next_at, tries, since)
    select link, record, binding, system, partition, 'due', ${world.now}, 0, ${world.now}
    from unnest(${ids}::uuid[], ${records}::uuid[], ${bindings}::text[], ${systems}::text[],
      ${partitions}::smallint[]) as d(link, record, binding, system, partition)
    on conflict (link) do update set
      next_at = case when deliveries.state = 'sent'
        then greatest(excluded.next_at, deliveries.next_at + interval '1 microsecond')
        else excluded.next_at end,
      state = case when deliveries.state = 'sent'
        and not (deliveries.link = any(${told}::uuid[]))
        then 'sent' else 'due' end,
      tries = case when deliveries.state = 'due' then deliveries.tries else 0 end`;
}
