import type { Sql } from "../../../db/client.ts";
import { ObjectSchema } from "../../core/map/object-schema.ts";
import type { Drift } from "../current-map.ts";

export type SystemLine = {
  readonly id: string;
  readonly connector: string;
  readonly objects: number;
  /** Objects whose shape changed; `breaking`: something of them stands still. */
  readonly drifted: number;
  readonly breaking: boolean;
  /** Records that wait to be written there, and since when the first one does. */
  readonly due: number;
  readonly oldestDue: string | null;
  readonly held: number;
};

/** Every connected system with what it holds and what waits for it. */
export async function systemLines(sql: Sql): Promise<SystemLine[]> {
  return await sql<SystemLine[]>`
    with o as (
      select system, count(*)::int as objects, count(drift)::int as drifted,
        coalesce(bool_or((drift->>'breaking')::boolean), false) as breaking
      from objects group by system
    ), d as (
      select system, count(*)::int as due, min(since) as oldest from deliveries group by system
    ), q as (
      select system, count(*)::int as held from quarantine where state = 'held' group by system
    )
    select s.id, s.connector, coalesce(o.objects, 0) as objects,
      coalesce(o.drifted, 0) as drifted, coalesce(o.breaking, false) as breaking,
      coalesce(d.due, 0) as due, d.oldest as "oldestDue", coalesce(q.held, 0) as held
    from systems s left join o on o.system = s.id left join d on d.system = s.id
      left join q on q.system = s.id
    order by s.id`;
}

export type SystemDetail = {
  /** How far its log was read, in its own words. */
  readonly position: string | null;
  readonly clockOffsetMs: number | null;
  readonly clockErrorMs: number | null;
  /** The engine that reads it now. */
  readonly reader: string | null;
};

export async function systemDetail(sql: Sql, system: string): Promise<SystemDetail> {
  const [row] = await sql<[SystemDetail]>`
    select c.position, s.clock_offset_ms as "clockOffsetMs", s.clock_error_ms as "clockErrorMs",
      (select engine from leases where partition = ${`capture:${system}`}
        and expires_at > clock_timestamp()) as reader
    from systems s left join captures c on c.system = s.id where s.id = ${system}`;
  return row;
}

export type StoredObject = {
  readonly schema: ObjectSchema;
  readonly version: number;
  readonly discoveredAt: string;
  readonly drift: Drift | null;
};

/** What a system holds, as it was last looked at. */
export async function storedObjects(sql: Sql, system: string): Promise<StoredObject[]> {
  const rows = await sql<(Omit<StoredObject, "schema"> & { schema: unknown })[]>`
    select schema, version, discovered_at as "discoveredAt", drift from objects
    where system = ${system} order by name`;
  return rows.map((row) => ({ ...row, schema: ObjectSchema.parse(row.schema) }));
}

/** What would be left without its system. */
export type Dependents = {
  readonly links: number;
  readonly conflicts: number;
  readonly held: number;
  readonly due: number;
};

export async function countDependents(sql: Sql, system: string): Promise<Dependents> {
  const [row] = await sql<[Dependents]>`
    select
      (select count(*)::int from links where system = ${system} and state = 'live') as links,
      (select count(*)::int from conflicts where state = 'open'
        and candidates @> ${JSON.stringify([{ from: `system:${system}` }])}::text::jsonb)
        as conflicts,
      (select count(*)::int from quarantine where system = ${system} and state = 'held') as held,
      (select count(*)::int from deliveries where system = ${system}) as due`;
  return row;
}
