import type { Connection, Transaction } from "../../db/client.ts";
import { ObjectSchema } from "../core/map/object-schema.ts";
import { rowsParameter } from "./rows.ts";

/** How a system is reached and what became of it last. */
export type SystemRow = {
  readonly id: string;
  readonly connector: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Sealed; null where the connector has no secret. */
  readonly secrets: string | null;
  readonly readingPaused: boolean;
  readonly writingPaused: boolean;
  readonly createdAt: string;
  readonly failure: SystemFailure | null;
};

export type SystemFailure = {
  readonly kind: string;
  readonly detail: string;
  readonly since: string;
};

/** Reads one system; null where there is none. */
export async function findSystem(sql: Connection, id: string): Promise<SystemRow | null> {
  const [row] = await sql<SystemRow[]>`
    select id, connector, settings, secrets, reading_paused as "readingPaused",
      writing_paused as "writingPaused", created_at as "createdAt", failure
    from systems where id = ${id}`;
  return row ?? null;
}

/** Every system that is set up, by id. */
export async function listSystems(sql: Connection): Promise<SystemRow[]> {
  return await sql<SystemRow[]>`
    select id, connector, settings, secrets, reading_paused as "readingPaused",
      writing_paused as "writingPaused", created_at as "createdAt", failure
    from systems order by id`;
}

/** What was discovered, by system: what a map is checked against. */
export async function readSchemas(sql: Connection): Promise<Record<string, ObjectSchema[]>> {
  const rows = await sql<{ system: string; schema: unknown }[]>`
    select system, schema from objects order by system, name`;
  const schemas: Record<string, ObjectSchema[]> = {};
  for (const { system, schema } of rows) {
    const list = schemas[system] ?? [];
    schemas[system] = list;
    list.push(ObjectSchema.parse(schema));
  }
  return schemas;
}

/** Adds a system. Its id must be free. */
export async function insertSystem(
  tx: Transaction,
  row: Pick<SystemRow, "id" | "connector" | "settings" | "secrets" | "createdAt">,
): Promise<void> {
  await tx`
    insert into systems
      (id, connector, settings, secrets, reading_paused, writing_paused, created_at)
    values (${row.id}, ${row.connector}, ${JSON.stringify(row.settings)}::text::jsonb,
      ${row.secrets}, false, false, ${row.createdAt})`;
}

/** Changes how a system is reached. What went wrong before is forgotten: it is tried anew. */
export async function saveSettings(
  tx: Connection,
  row: Pick<SystemRow, "id" | "settings" | "secrets">,
): Promise<void> {
  await tx`
    update systems set settings = ${JSON.stringify(row.settings)}::text::jsonb,
      secrets = ${row.secrets}, failure = null
    where id = ${row.id}`;
}

/** Sets the two switches; a missing one stays as it is. False where there is no such system. */
export async function savePauses(
  tx: Connection,
  id: string,
  pauses: { reading?: boolean | undefined; writing?: boolean | undefined },
): Promise<boolean> {
  const rows = await tx`
    update systems set
      reading_paused = coalesce(${pauses.reading ?? null}, reading_paused),
      writing_paused = coalesce(${pauses.writing ?? null}, writing_paused)
    where id = ${id} returning id`;
  return rows.length > 0;
}

/**
 * Keeps what was discovered of a system, whole: an object that is not in the list is forgotten.
 * A schema that did not change keeps its version and its drift.
 */
export async function saveObjects(
  tx: Transaction,
  system: string,
  schemas: readonly ObjectSchema[],
  now: string,
): Promise<void> {
  const rows = schemas.map((schema) => ({ name: schema.name, schema }));
  await tx`
    insert into objects (system, name, schema, version, discovered_at)
    select ${system}, name, schema, 1, ${now}
    from json_to_recordset(${rowsParameter(tx, rows)}) as o(name text, schema jsonb)
    on conflict (system, name) do update set
      schema = excluded.schema, discovered_at = excluded.discovered_at,
      version = objects.version + (
        (objects.schema - 'rowsEstimate') is distinct from (excluded.schema - 'rowsEstimate')
      )::int`;
  await tx`
    delete from objects
    where system = ${system} and name <> all(${schemas.map(({ name }) => name)}::text[])`;
}

/** The change of an object's shape is dealt with: reading of it goes on. False if there is none. */
export async function clearDrift(tx: Connection, system: string, name: string): Promise<boolean> {
  const rows = await tx`
    update objects set drift = null
    where system = ${system} and name = ${name} and drift is not null returning 1`;
  return rows.length > 0;
}

/**
 * Forgets how a system is reached, what it holds, how far it was read, and what was due to it. Its
 * links and history stay. The caller has removed what we made in the system itself.
 */
export async function removeSystem(tx: Transaction, id: string): Promise<void> {
  await tx`delete from objects where system = ${id}`;
  await tx`delete from captures where system = ${id}`;
  await tx`delete from deliveries where system = ${id}`;
  await tx`delete from attempts where system = ${id}`;
  await tx`delete from inbox where system = ${id}`;
  await tx`delete from moved_references where system = ${id}`;
  await tx`
    delete from leases
    where partition = ${`capture:${id}`} or starts_with(partition, ${`deliver:${id}:`})`;
  await tx`delete from systems where id = ${id}`;
}
