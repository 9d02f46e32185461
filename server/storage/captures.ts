import type { Connection, Sql, Transaction } from "../../db/client.ts";
import type { Position } from "../core/position.ts";
import { unlessAlone } from "./advisory.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

export type CaptureState = {
  readonly position: Position | null;
  readonly loaded: Readonly<Record<string, Position>>;
  readonly shapes: Readonly<Record<string, string>>;
  readonly comparing: Comparison | null;
};

/** Why a system is read whole and compared: our place in its log was lost. */
export type Comparison = {
  /** "hub": the hub was restored from an older state; nothing is delivered anywhere meanwhile. */
  readonly because: "log" | "hub";
  readonly detail: string;
  /** ISO 8601 UTC. */
  readonly since: string;
};

export async function loadCapture(sql: Connection, system: string): Promise<CaptureState> {
  const [row] = await sql<CaptureState[]>`
    select position, loaded, shapes, comparing from captures where system = ${system}`;
  return row ?? { position: null, loaded: {}, shapes: {}, comparing: null };
}

/**
 * Forgets how far systems were read: all of their objects are read whole and compared, and nothing
 * is written to them before. The hub's own restoration stays the reason until that is done.
 */
export async function forgetPlace(
  tx: Transaction,
  systems: readonly string[],
  why: Comparison,
): Promise<void> {
  await tx`
    update captures set position = null, loaded = '{}', updated_at = ${why.since},
      comparing = case when comparing->>'because' = 'hub' then comparing
        else ${JSON.stringify(why)}::text::jsonb end
    where system = any(${systems as string[]})`;
}

/** Systems that are compared because the hub was restored. */
export async function comparedForHub(sql: Connection): Promise<string[]> {
  const rows = await sql<{ system: string }[]>`
    select system from captures where comparing->>'because' = 'hub' order by system`;
  return rows.map(({ system }) => system);
}

/** All of the system that is read has been read whole: it is compared. */
export async function endComparison(
  tx: Transaction,
  system: string,
  objects: readonly string[],
): Promise<void> {
  await tx`
    update captures set comparing = null
    where system = ${system} and comparing is not null
      and loaded ?& ${arrayParameter(objects)}::text[]`;
}

/**
 * Keeps "has this object been read whole?" from changing while records are made: whoever makes
 * records (shared) either sees that the object is loaded and makes their rows due, or commits
 * before the one that ends the load (alone) looks for records that wait.
 */
export async function holdLoads(tx: Transaction, how: "shared" | "alone"): Promise<void> {
  if (how === "alone") await tx`select pg_advisory_xact_lock(4600460047) ${unlessAlone(tx)}`;
  else await tx`select pg_advisory_xact_lock_shared(4600460047) ${unlessAlone(tx)}`;
}

/** Objects of every system that have been read whole. */
export async function loadedObjects(sql: Connection): Promise<Map<string, Set<string>>> {
  const rows = await sql<{ system: string; loaded: Record<string, string> }[]>`
    select system, loaded from captures`;
  return new Map(rows.map(({ system, loaded }) => [system, new Set(Object.keys(loaded))]));
}

/** Moves the system's place, in the transaction of the effects up to there. */
export async function savePosition(
  tx: Transaction,
  system: string,
  at: { position: Position; now: string; lastChangeAt: string | null },
): Promise<void> {
  await tx`
    insert into captures (system, position, loaded, shapes, updated_at, last_change_at)
    values (${system}, ${at.position}, '{}', '{}', ${at.now}, ${at.lastChangeAt})
    on conflict (system) do update set
      position = greatest(captures.position collate "C", excluded.position collate "C"),
      updated_at = excluded.updated_at,
      last_change_at = coalesce(excluded.last_change_at, captures.last_change_at)`;
}

export async function saveLoaded(
  tx: Transaction,
  system: string,
  object: string,
  at: { position: Position; shape: string; now: string },
): Promise<void> {
  await tx`
    insert into captures (system, position, loaded, shapes, updated_at)
    values (${system}, null, jsonb_build_object(${object}::text, ${at.position}::text),
      jsonb_build_object(${object}::text, ${at.shape}::text), ${at.now})
    on conflict (system) do update set updated_at = excluded.updated_at,
      loaded = captures.loaded || excluded.loaded, shapes = captures.shapes || excluded.shapes`;
}

/**
 * The object is to be read whole again: its edges changed, or it was not followed meanwhile. Until
 * it has been read nothing is written there.
 */
export async function forgetLoaded(
  sql: Connection,
  system: string,
  objects: readonly string[],
): Promise<void> {
  await sql`
    update captures set loaded = loaded - ${objects as string[]}::text[] where system = ${system}`;
}

export async function saveLag(
  sql: Sql,
  system: string,
  lag: { bytes: number; seconds: number | null },
): Promise<void> {
  await sql`
    update captures set lag_bytes = ${Math.round(lag.bytes)},
      lag_seconds = ${lag.seconds === null ? null : Math.ceil(lag.seconds)},
      caught_up = caught_up + ${lag.seconds === 0 ? 1 : 0}
    where system = ${system}`;
}

/**
 * One measurement may have begun before a time that one asks about, and the next proves only that
 * the system was read to where it ended at the one before it: after so many it was read past it.
 */
export const READ_PAST = 3;

/** So often a system has proved to be read to where it ended when it was measured last before. */
export async function timesCaughtUp(sql: Connection, system: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select caught_up::int as count from captures where system = ${system}`;
  return row?.count ?? 0;
}

/** Records whose place in a binding is pending: they wait for its object to be read whole. */
export async function wakePending(tx: Transaction, binding: string, now: string): Promise<void> {
  await tx`
    insert into deliveries (link, record, binding, system, partition, state, next_at, tries, since)
    select l.id, l.record, l.binding, l.system,
      ('x' || right(l.record::text, 1))::bit(4)::int % 2, 'due', ${now}, 0, ${now}
    from links l join records r on r.id = l.record
    where l.binding = ${binding} and l.state = 'pending' and l.let_be is null
      and r.deleted_at is null
    on conflict (link) do nothing`;
}

/**
 * Live records of the binding's entity that never had a place in it, after `after`, in id order.
 */
export async function recordsWithoutPlace(
  tx: Transaction,
  of: { entity: string; binding: string; after: string; countMax: number },
): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select r.id from records r
    where r.entity = ${of.entity} and r.deleted_at is null and r.id > ${of.after}
      and not exists (
        select 1 from links l where l.record = r.id and l.binding = ${of.binding})
    order by r.id limit ${of.countMax}`;
  return rows.map(({ id }) => id);
}

/** Gives records a pending place in a binding. */
export async function insertPlaces(
  tx: Transaction,
  binding: { id: string; system: string },
  places: readonly { id: string; record: string }[],
): Promise<void> {
  await tx`
    insert into links (id, record, binding, system, incarnation, state, columns, bases)
    select id, record, ${binding.id}, ${binding.system}, 0, 'pending', '{}', '{}'
    from json_to_recordset(${rowsParameter(tx, places)}) as p(id uuid, record uuid)`;
}
