import type { Sql } from "../../../db/client.ts";
import type { ConflictKind } from "../../core/reconcile/state.ts";
import type { Comparison } from "../captures.ts";
import type { SystemFailure } from "../systems.ts";

export type Counts = { readonly conflicts: number; readonly quarantine: number };

/** How much waits for a person, for the navigation. `now` is ISO 8601 UTC. */
export async function countWaiting(sql: Sql, now: string): Promise<Counts> {
  const [row] = await sql<[Counts]>`
    select
      (select count(*)::int from conflicts
        where state = 'open' and (snoozed_until is null or snoozed_until <= ${now})) as conflicts,
      (select count(*)::int from quarantine where state = 'held') as quarantine`;
  return row;
}

/** What waits for a person in one entity, by kind. */
export type WaitingGroup = {
  readonly entity: string;
  readonly count: number;
  /** When the oldest began to wait, ISO 8601 UTC. */
  readonly oldest: string;
  readonly systems: readonly string[];
};

/** Open questions, those left out that are put off until later. */
export async function openQuestions(
  sql: Sql,
  now: string,
): Promise<(WaitingGroup & { readonly kind: ConflictKind })[]> {
  return await sql<(WaitingGroup & { kind: ConflictKind })[]>`
    with waiting as materialized (
      select kind, entity, opened_at, candidates from conflicts
      where state = 'open' and (snoozed_until is null or snoozed_until <= ${now})
    ), groups as (
      select kind, entity, count(*)::int as count, min(opened_at) as oldest
      from waiting group by kind, entity
    ), sides as (
      select distinct w.kind, w.entity, substr(c->>'from', 8) as system
      from waiting w, jsonb_array_elements(w.candidates) c where c->>'from' like 'system:%'
    )
    select g.*, array(
      select system from sides s where s.kind = g.kind and s.entity = g.entity order by system
    ) as systems
    from groups g`;
}

export async function heldItems(sql: Sql): Promise<WaitingGroup[]> {
  return await sql<WaitingGroup[]>`
    select entity, count(*)::int as count, min(held_at) as oldest,
      array_agg(distinct system order by system) as systems
    from quarantine where state = 'held' group by entity`;
}

export type DriftGroup = {
  readonly system: string;
  readonly objects: readonly string[];
  readonly breaking: boolean;
  readonly oldest: string;
};

/** Objects whose shape changed in their system and that nobody has looked at. */
export async function driftGroups(sql: Sql): Promise<DriftGroup[]> {
  return await sql<DriftGroup[]>`
    select system, array_agg(name order by name) as objects,
      bool_or((drift->>'breaking')::boolean) as breaking, min(drift->>'at') as oldest
    from objects where drift is not null group by system`;
}

export type FailingSystem = {
  readonly system: string;
  readonly failure: SystemFailure;
  /** Records that wait to be written there. */
  readonly due: number;
};

export async function failingSystems(sql: Sql): Promise<FailingSystem[]> {
  return await sql<FailingSystem[]>`
    select s.id as system, s.failure,
      (select count(*)::int from deliveries d where d.system = s.id) as due
    from systems s where s.failure is not null`;
}

export type WaitingRun = {
  readonly id: string;
  readonly kind: string;
  readonly system: string | null;
  readonly detail: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly since: string;
};

/** Runs that a person must allow: a mass change above its limits. */
export async function waitingRuns(sql: Sql): Promise<WaitingRun[]> {
  return await sql<WaitingRun[]>`
    select id, kind, system, detail, counts, started_at as since from runs
    where state = 'waiting' order by started_at limit 20`;
}

export type EngineState = { readonly alive: number; readonly lastSeen: string | null };

/**
 * Engines that gave a sign of life within `aliveMs`. The database's clock is the one that counts.
 */
export async function engineState(sql: Sql, aliveMs: number): Promise<EngineState> {
  const [row] = await sql<[EngineState]>`
    select max(heartbeat_at) as "lastSeen", (count(*) filter (
      where heartbeat_at > clock_timestamp() - make_interval(secs => ${aliveMs / 1000})))::int
      as alive
    from engines`;
  return row;
}

export type SystemFacts = {
  readonly id: string;
  readonly readingPaused: boolean;
  readonly writingPaused: boolean;
  readonly failure: SystemFailure | null;
  /** Why all of it is read whole and compared; null in ordinary times. */
  readonly comparing: Comparison | null;
  /** When its place in the log last moved; null before the first read. */
  readonly readAt: string | null;
  readonly lagBytes: number | null;
  readonly lagSeconds: number | null;
  readonly lastChangeAt: string | null;
  /** Objects that have been read whole. */
  readonly loaded: readonly string[];
};

export async function systemFacts(sql: Sql): Promise<SystemFacts[]> {
  return await sql<SystemFacts[]>`
    select s.id, s.reading_paused as "readingPaused", s.writing_paused as "writingPaused",
      s.failure, c.comparing, c.updated_at as "readAt", c.lag_bytes as "lagBytes",
      c.lag_seconds as "lagSeconds", c.last_change_at as "lastChangeAt",
      array(select jsonb_object_keys(coalesce(c.loaded, '{}'))) as loaded
    from systems s left join captures c on c.system = s.id order by s.id`;
}

/** What stands between the hub and one binding's rows. */
export type BindingWork = {
  readonly binding: string;
  readonly due: number;
  readonly oldestDue: string | null;
  readonly held: number;
};

export async function bindingWork(sql: Sql): Promise<BindingWork[]> {
  return await sql<BindingWork[]>`
    with due as (
      select binding, count(*)::int as due, min(since) as oldest from deliveries group by binding
    ), held as (
      select binding, count(*)::int as held from quarantine where state = 'held' group by binding
    )
    select binding, coalesce(due, 0) as due, oldest as "oldestDue", coalesce(held, 0) as held
    from due full join held using (binding)`;
}

/** Open questions by entity and the system whose edit waits in them. */
export async function questionsBySystem(
  sql: Sql,
): Promise<{ entity: string; system: string; count: number }[]> {
  return await sql<{ entity: string; system: string; count: number }[]>`
    select q.entity, substr(c->>'from', 8) as system, count(distinct q.id)::int as count
    from conflicts q, jsonb_array_elements(q.candidates) c
    where q.state = 'open' and c->>'from' like 'system:%' group by 1, 2`;
}

export type Agreement = {
  readonly entity: string;
  readonly records: number;
  /** Records with a question, a held value or a write under way: not (yet) the same everywhere. */
  readonly apart: number;
};

export async function agreement(sql: Sql): Promise<Agreement[]> {
  return await sql<Agreement[]>`
    with open as (
      select record from deliveries
      union select record from conflicts where state = 'open'
      union select record from quarantine where state = 'held' and record is not null
    ), apart as (
      select r.entity, count(*)::int as apart
      from open join records r on r.id = open.record where r.deleted_at is null group by r.entity
    ), alive as (
      select entity, count(*)::int as records from records
      where deleted_at is null group by entity
    )
    select entity, records, coalesce(apart, 0) as apart from alive left join apart using (entity)`;
}

export type Happening =
  | {
      readonly kind: "published";
      readonly at: string;
      readonly by: string;
      readonly version: number;
      readonly restores: number | null;
      readonly note: string;
    }
  | { readonly kind: "decided"; readonly at: string; readonly by: string; readonly count: number }
  | { readonly kind: "released"; readonly at: string; readonly by: string; readonly count: number };

const HAPPENINGS_MAX = 20;

/** Names of people by e-mail: acts are kept under the e-mail of who did them. */
export async function peopleNames(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ email: string; name: string }[]>`select email, name from people`;
  return new Map(rows.map(({ email, name }) => [email, name]));
}

/** What people did after a moment, newest first: publishes one by one, decisions by person. */
export async function happeningsAfter(sql: Sql, after: string): Promise<Happening[]> {
  const [published, decided, released] = await Promise.all([
    sql<Omit<Extract<Happening, { kind: "published" }>, "kind">[]>`
      select published_at as at, author as by, number as version, restores, note
      from map_versions where published_at > ${after}
      order by number desc limit ${HAPPENINGS_MAX}`,
    sql<{ at: string; by: string; count: number }[]>`
      select max(resolved_at) as at, resolved_by as by, count(*)::int as count from conflicts
      where state = 'resolved' and resolved_at > ${after} and resolved_by is not null
      group by resolved_by order by 1 desc limit ${HAPPENINGS_MAX}`,
    sql<{ at: string; by: string; count: number }[]>`
      select max(released_at) as at, released_by as by, count(*)::int as count from quarantine
      where state in ('released', 'dismissed') and released_at > ${after}
        and released_by is not null
      group by released_by order by 1 desc limit ${HAPPENINGS_MAX}`,
  ]);
  const all: Happening[] = [
    ...published.map((row) => ({ kind: "published" as const, ...row })),
    ...decided.map((row) => ({ kind: "decided" as const, ...row })),
    ...released.map((row) => ({ kind: "released" as const, ...row })),
  ];
  return all.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, HAPPENINGS_MAX);
}
