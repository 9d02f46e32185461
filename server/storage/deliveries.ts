import type { Connection, Sql, Transaction } from "../../db/client.ts";
import type { AttemptId, BindingId, LinkId, RecordId, SystemId } from "../core/ids.ts";
import type { Attempt } from "../core/reconcile/state.ts";
import type { ROW_THERE } from "../core/run/row-there.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

export type Delivery = {
  readonly link: LinkId;
  readonly record: RecordId;
  readonly binding: BindingId;
  readonly tries: number;
  /** When it was due, ISO 8601 UTC. Whoever decides something of its link moves it. */
  readonly dueAt: string;
};

/** What may be taken at this time. */
export type Due = {
  readonly system: SystemId;
  readonly partition: number;
  readonly now: string;
  readonly countMax: number;
  /** Every system that the live map binds. */
  readonly boundSystems: readonly string[];
  /** Every binding of the system with its object. */
  readonly bindings: readonly { readonly id: string; readonly object: string }[];
};

/**
 * Takes what is due of a partition, oldest first; held by this transaction. Left alone is what goes
 * to an object that is read whole at this time or has not been read yet, or that stands still since
 * its shape changed. Nothing at all is taken while systems are compared because the hub was
 * restored: it may be about to learn better from another one.
 * The database may give those of one moment in any order: they come in that of their links, so
 * that a run can be told again to the letter.
 */
export async function takeDue(tx: Transaction, of: Due): Promise<Delivery[]> {
  const due = await tx<Delivery[]>`
    select link, record, binding, tries, next_at as "dueAt" from deliveries
    where system = ${of.system} and partition = ${of.partition} and state = 'due'
      and next_at <= ${of.now} and not binding = any(array(
        select b.id
        from unnest(${arrayParameter(of.bindings.map(({ id }) => id))}::text[],
          ${arrayParameter(of.bindings.map(({ object }) => object))}::text[]) as b(id, object)
        left join captures c on c.system = ${of.system} and c.loaded ? b.object
        left join objects o on o.system = ${of.system} and o.name = b.object
        where c.system is null
          or ((o.drift->>'breaking')::boolean and o.drift->'lost' is null)))
      and not exists (
        select 1 from captures k join systems s on s.id = k.system
        where k.comparing->>'because' = 'hub' and not s.reading_paused
          and k.system = any(${arrayParameter(of.boundSystems)}::text[]))
    order by next_at limit ${of.countMax} for update of deliveries skip locked`;
  return due.sort((a, b) => (a.link < b.link ? -1 : 1));
}

/** When the next one of the partition is due; null: none waits for a time. */
export async function nextDueAt(
  sql: Sql,
  system: SystemId,
  partition: number,
): Promise<string | null> {
  const [row] = await sql<{ at: string | null }[]>`
    select min(next_at) as at from deliveries
    where system = ${system} and partition = ${partition} and state = 'due'`;
  return row?.at ?? null;
}

export async function markSent(tx: Transaction, links: readonly LinkId[]): Promise<void> {
  if (links.length === 0) return;
  await tx`
    update deliveries set state = 'sent' where link = any(${arrayParameter(links)}::uuid[])`;
}

/** Nothing was left to send. */
export async function dropDeliveries(tx: Transaction, links: readonly LinkId[]): Promise<void> {
  if (links.length === 0) return;
  await tx`delete from deliveries where link = any(${links as LinkId[]}::uuid[])`;
}

export type Put = {
  readonly link: LinkId;
  readonly state: "due" | "parked";
  /** ISO 8601 UTC. */
  readonly nextAt: string;
  readonly tries: number;
  readonly failure: string | null;
  /** When it was due as it was taken, for one that was under way. */
  readonly dueAt?: string;
};

/**
 * Puts deliveries back: to try again later, or to wait for a person. One whose link somebody has
 * decided about while it was under way is due at once: what was refused is no longer what is
 * wanted.
 * @returns those that wait for a person now
 */
export async function putBack(tx: Transaction, puts: readonly Put[]): Promise<Set<LinkId>> {
  if (puts.length === 0) return new Set();
  const rows = await tx<{ link: LinkId; state: string }[]>`
    update deliveries d set
      state = case when d.next_at <> p."dueAt" then 'due' else p.state end,
      next_at = case when d.next_at <> p."dueAt" then d.next_at else p."nextAt" end,
      tries = case when d.next_at <> p."dueAt" then 0 else p.tries end,
      failure = p.failure
    from json_to_recordset(${rowsParameter(tx, puts)}) as p(link uuid, state text,
      "nextAt" timestamptz, tries smallint, failure text, "dueAt" timestamptz)
    where d.link = p.link
    returning p.link, d.state`;
  return new Set(rows.flatMap(({ link, state }) => (state === "parked" ? [link] : [])));
}

/** A value that a row was refused because another row has it. */
export type Taken = {
  readonly link: LinkId;
  readonly binding: BindingId;
  readonly column: string;
  readonly value: unknown;
  /** It is refused for the first time since it was decided. */
  readonly isFirst: boolean;
};

/**
 * Brings together what was refused, what is to be sent to the rows that have its values, and what
 * else of these bindings waits to be tried again: they may exchange their values in a ring, and
 * that takes one transaction, so one partition and one moment.
 * @returns the partitions that have work by it
 */
export async function gatherTaken(tx: Transaction, taken: readonly Taken[]): Promise<number[]> {
  if (taken.length === 0) return [];
  const rows = await tx<{ partition: number }[]>`
    with found as (
      select mine.link as mine, theirs.link as theirs, mine.binding
      from json_to_recordset(${rowsParameter(tx, taken)})
        as t(link uuid, binding text, "column" text, value jsonb, "isFirst" boolean)
      join deliveries mine on mine.link = t.link and mine.state = 'due'
      join deliveries theirs on theirs.binding = t.binding and theirs.link <> t.link
        and (theirs.state = 'due' or (theirs.state = 'parked' and t."isFirst"))
      join links l on l.id = theirs.link and l.columns -> t."column" = t.value
    ), ring as (
      select link, binding, partition, next_at from deliveries
      where link in (select mine from found union select theirs from found)
        or (state = 'due' and tries > 0 and binding in (select binding from found))
    ), place as (
      select binding, min(partition) as partition, max(next_at) as next_at from ring
      group by binding
    )
    update deliveries d set partition = p.partition, next_at = p.next_at, state = 'due'
    from place p where p.binding = d.binding and d.link in (select link from ring)
    returning d.partition`;
  return [...new Set(rows.map(({ partition }) => partition))];
}

/** What waits for a person in these bindings is planned anew: their objects' shape changed. */
export async function wakeParked(
  tx: Transaction,
  bindings: readonly string[],
  now: string,
): Promise<void> {
  await tx`
    update deliveries set state = 'due', tries = 0, next_at = ${now}
    where binding = any(${bindings as string[]}) and state = 'parked'`;
}

/** What a write may wait for of the other rows of its system. */
export type WakeCode = "reference" | "unique" | typeof ROW_THERE;

/** Between two tries of a write that another row holds back, however often rows come and go. */
const REFERENCE_RETRY_S = 10;

/**
 * Rows of a system have come, gone or changed: what waits there for one that it refers to or that
 * refers to it, or for another's unique value, is tried again.
 * @returns whether anything waited
 */
export async function wakeReferring(
  tx: Transaction,
  system: string,
  codes: readonly WakeCode[],
  now: string,
): Promise<boolean> {
  const woken = await tx`
    update deliveries set state = 'due', tries = 0,
      next_at = greatest(${now}, next_at + make_interval(secs => ${REFERENCE_RETRY_S}))
    from quarantine q
    where q.state = 'held' and q.kind = 'delivery' and q.code = any(${codes as string[]})
      and q.system = ${system} and deliveries.link = q.link and deliveries.state = 'parked'
    returning 1`;
  return woken.length > 0;
}

export type Intent = Omit<Attempt, "state"> & { readonly record: RecordId };

/** Writes the intents of one call down, before it: all of one system and one transaction of it. */
export async function saveIntents(
  tx: Transaction,
  intents: readonly Intent[],
  lease: { partition: string; epoch: number; now: string },
): Promise<void> {
  const [call] = intents;
  if (call === undefined) return;
  const column = (of: (intent: Intent) => string | null) => arrayParameter(intents.map(of));
  await tx`
    insert into attempts (id, link, record, binding, system, operation, transaction, partition,
      epoch, sent, columns, state, external_id, at)
    select id, link, record, binding, ${call.system}, operation, ${call.transaction},
      ${lease.partition}, ${lease.epoch}, sent::jsonb, columns::jsonb, 'open', external_id,
      ${lease.now}
    from unnest(${column(({ id }) => id)}::uuid[], ${column(({ link }) => link)}::uuid[],
      ${column(({ record }) => record)}::uuid[], ${column(({ binding }) => binding)}::text[],
      ${column(({ operation }) => operation)}::text[],
      ${column(({ sent }) => JSON.stringify(sent))}::text[],
      ${column(({ columns }) => JSON.stringify(columns))}::text[],
      ${column(({ externalId }) => externalId)}::text[])
      as a(id, link, record, binding, operation, sent, columns, external_id)`;
}

/** The target told the keys of rows that it made. */
export async function saveExternalIds(
  tx: Transaction,
  made: readonly { id: AttemptId; externalId: string }[],
): Promise<void> {
  if (made.length === 0) return;
  await tx`
    update attempts set external_id = m."externalId", state = 'stored'
    from json_to_recordset(${rowsParameter(tx, made)}) as m(id uuid, "externalId" text)
    where attempts.id = m.id`;
}

/**
 * These attempts wrote nothing: no event of theirs will come.
 * @returns those that nobody had ended before
 */
export async function dropAttempts(
  tx: Transaction,
  ids: readonly AttemptId[],
): Promise<Set<AttemptId>> {
  if (ids.length === 0) return new Set();
  const rows = await tx<{ id: AttemptId }[]>`
    delete from attempts where id = any(${ids as AttemptId[]}::uuid[]) returning id`;
  return new Set(rows.map(({ id }) => id));
}

export type OpenAttempt = Attempt & {
  readonly record: RecordId;
  readonly tries: number;
  /** When its delivery was due, ISO 8601 UTC; null where there is none any more. */
  readonly dueAt: string | null;
};

async function readOpen(
  sql: Connection,
  which: ReturnType<Connection>,
  how: ReturnType<Connection>,
): Promise<OpenAttempt[]> {
  return await sql<OpenAttempt[]>`
    select a.id, a.link, a.record, a.binding, a.system, a.operation, a.transaction, a.sent,
      a.columns, a.state, a.external_id as "externalId", coalesce(d.tries, 0) as tries,
      d.next_at as "dueAt"
    from attempts a left join deliveries d on d.link = a.link
    where ${which} and a.state <> 'unknown' order by a.id ${how}`;
}

/** Intents of a partition whose outcome is not known to be unknowable, oldest first. */
export async function openAttempts(sql: Sql, partition: string): Promise<OpenAttempt[]> {
  return await readOpen(sql, sql`a.partition = ${partition}`, sql``);
}

/** Links of a partition whose row may have been made by a call that nobody can tell of. */
export async function unknownCreates(sql: Sql, partition: string): Promise<LinkId[]> {
  const rows = await sql<{ link: LinkId }[]>`
    select distinct link from attempts
    where partition = ${partition} and state = 'unknown' and operation = 'create'`;
  return rows.map(({ link }) => link);
}

/** Which they are. */
export async function openIds(sql: Sql, partition: string): Promise<AttemptId[]> {
  const rows = await sql<{ id: AttemptId }[]>`
    select id from attempts where partition = ${partition} and state <> 'unknown'`;
  return rows.map(({ id }) => id);
}

/** Holds those of these intents that still wait for their event. */
export async function claimOpen(
  tx: Transaction,
  ids: readonly AttemptId[],
): Promise<OpenAttempt[]> {
  return await readOpen(tx, tx`a.id = any(${arrayParameter(ids)}::uuid[])`, tx`for update of a`);
}

/** Bindings of which intents wait for their event. */
export async function bindingsWithAttempts(
  sql: Connection,
  bindings: readonly BindingId[],
): Promise<BindingId[]> {
  const rows = await sql<{ binding: BindingId }[]>`
    select distinct binding from attempts
    where binding = any(${bindings as BindingId[]}) and state <> 'unknown' order by binding`;
  return rows.map(({ binding }) => binding);
}

/**
 * A whole read has told these bindings' rows: an intent that nobody can tell the outcome of will
 * have no event any more, and its link is looked at again.
 */
export async function endUnknown(
  tx: Transaction,
  bindings: readonly string[],
  now: string,
): Promise<void> {
  await tx`
    with over as (
      delete from attempts where binding = any(${bindings as string[]}) and state = 'unknown'
      returning link)
    update deliveries set state = 'due', next_at = ${now}
    where state = 'sent' and link in (select link from over)`;
}

/** The events of these bindings' intents will not be told. */
export async function markBindingsUnknown(
  tx: Transaction,
  bindings: readonly string[],
): Promise<void> {
  await tx`
    update attempts set state = 'unknown' where binding = any(${bindings as string[]})`;
}

/** Nobody will ever tell what became of these. */
export async function markUnknown(tx: Transaction, ids: readonly AttemptId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx`
    update attempts set state = 'unknown' where id = any(${ids as AttemptId[]}::uuid[])`;
}
