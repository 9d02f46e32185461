import type { Connection, Transaction } from "../../db/client.ts";
import { MapDocument } from "../core/map/document.ts";
import { ObjectSchema } from "../core/map/object-schema.ts";
import type { LostColumns } from "../core/map/schema-change.ts";

/** The number of the version that is live; 0 before the first one is published. */
export async function currentVersion(sql: Connection): Promise<number> {
  const [row] = await sql<{ number: number }[]>`
    select coalesce(max(number), 0)::int as number from map_versions`;
  return row?.number ?? 0;
}

export type CurrentMap = {
  readonly version: number;
  readonly document: MapDocument;
  /** By system, then object name. */
  readonly schemas: ReadonlyMap<string, ReadonlyMap<string, ObjectSchema>>;
  /** Columns that objects have lost and that stand still alone: "system\nobject" → names. */
  readonly lost: ReadonlyMap<string, readonly string[]>;
};

/** The live version with the schemas of the objects that it binds; null before the first one. */
export async function loadCurrentMap(sql: Connection): Promise<CurrentMap | null> {
  const [row] = await sql<{ number: number; document: unknown }[]>`
    select number, document from map_versions order by number desc limit 1`;
  if (row === undefined) return null;
  const objects = await sql<
    { system: string; name: string; schema: unknown; lost: LostColumns | null }[]
  >`select system, name, schema, drift->'lost' as lost from objects`;
  const schemas = new Map<string, Map<string, ObjectSchema>>();
  const columns = new Map<string, readonly string[]>();
  for (const { system, name, schema, lost } of objects) {
    if (lost !== null) columns.set(`${system}\n${name}`, Object.keys(lost));
    const of = schemas.get(system) ?? new Map<string, ObjectSchema>();
    schemas.set(system, of.set(name, ObjectSchema.parse(schema)));
  }
  const document = MapDocument.parse(row.document);
  return { version: row.number, document, schemas, lost: columns };
}

export type ReachableSystem = {
  readonly id: string;
  readonly connector: string;
  readonly settings: Record<string, unknown>;
  /** Encrypted. */
  readonly secrets: string | null;
  readonly readingPaused: boolean;
  readonly writingPaused: boolean;
  readonly clockOffsetMs: number | null;
  readonly clockErrorMs: number | null;
};

export async function loadReachableSystems(sql: Connection): Promise<ReachableSystem[]> {
  return await sql<ReachableSystem[]>`
    select id, connector, settings, secrets, reading_paused as "readingPaused",
      writing_paused as "writingPaused", clock_offset_ms as "clockOffsetMs",
      clock_error_ms as "clockErrorMs"
    from systems order by id`;
}

export async function saveClock(
  sql: Connection,
  system: string,
  clock: { offsetMs: number; errorMs: number },
): Promise<void> {
  await sql`
    update systems set clock_offset_ms = ${Math.round(clock.offsetMs)},
      clock_error_ms = ${Math.ceil(clock.errorMs)}
    where id = ${system}`;
}

/**
 * Notes that a system fails as a whole, or (null) that it answers again.
 * @returns whether that is news
 */
export async function saveSystemFailure(
  sql: Connection,
  system: string,
  failure: { kind: string; detail: string; since: string } | null,
): Promise<boolean> {
  // The first moment of a failure stays its moment.
  const text = failure === null ? null : JSON.stringify(failure);
  const rows = await sql`
    update systems set failure = case when failure is not null and ${text}::text is not null
        then ${text}::text::jsonb || jsonb_build_object('since', failure->'since')
        else ${text}::text::jsonb end
    where id = ${system} and (failure->>'kind', failure->>'detail')
      is distinct from (${failure?.kind ?? null}::text, ${failure?.detail ?? null}::text)
    returning 1`;
  return rows.length > 0;
}

/**
 * What a changed shape means for those who follow the object. `breaking`: something stands still:
 * the edges of the columns in `lost`, or without it the object as a whole.
 */
export type Drift = {
  readonly sentences: readonly string[];
  readonly breaking: boolean;
  readonly at: string;
  readonly lost?: LostColumns;
};

/** Objects that stand still as a whole, for their shape changed: "system\nobject". */
export async function driftedObjects(sql: Connection): Promise<Set<string>> {
  const rows = await sql<{ system: string; name: string }[]>`
    select system, name from objects
    where (drift->>'breaking')::boolean and drift->'lost' is null`;
  return new Set(rows.map(({ system, name }) => `${system}\n${name}`));
}

export type Drifted = {
  readonly name: string;
  /** As it was last seen, which is the shape that stopped its edges. */
  readonly schema: ObjectSchema;
  /** Somebody published a map after it stopped. */
  readonly answered: boolean;
  /** The columns whose edges stand still; null: the object as a whole. */
  readonly lost: LostColumns | null;
};

/** A system's objects of which something stands still. */
export async function loadDrifted(sql: Connection, system: string): Promise<Drifted[]> {
  const rows = await sql<(Omit<Drifted, "schema"> & { schema: unknown })[]>`
    select name, schema, drift->'lost' as lost, exists (
        select 1 from map_versions where published_at > (drift->>'at')::timestamptz) as answered
    from objects where system = ${system} and (drift->>'breaking')::boolean`;
  return rows.map((row) => ({ ...row, schema: ObjectSchema.parse(row.schema) }));
}

/** What is noted of an object's changed shape; null while nothing is. */
export async function findDrift(
  tx: Transaction,
  system: string,
  name: string,
): Promise<Drift | null> {
  const [row] = await tx<{ drift: Drift | null }[]>`
    select drift from objects where system = ${system} and name = ${name} for update`;
  return row?.drift ?? null;
}

/** The object's edges fit its shape again: it goes on. */
export async function endDrift(
  sql: Connection,
  object: { system: string; name: string; schema: ObjectSchema; now: string },
): Promise<void> {
  await sql`
    update objects set drift = null, discovered_at = ${object.now},
      schema = ${JSON.stringify(object.schema)}::text::jsonb
    where system = ${object.system} and name = ${object.name}`;
}

/** Stores an object's new shape, and what it means for those who follow the object. */
export async function saveDrift(
  tx: Transaction,
  object: {
    system: string;
    name: string;
    schema: ObjectSchema | null;
    drift: Drift;
    now: string;
  },
): Promise<void> {
  const drift = JSON.stringify(object.drift);
  const schema = object.schema === null ? null : JSON.stringify(object.schema);
  await tx`
    update objects set version = version + 1, discovered_at = ${object.now},
      schema = coalesce(${schema}::text::jsonb, schema), drift = ${drift}::text::jsonb
    where system = ${object.system} and name = ${object.name}`;
}
