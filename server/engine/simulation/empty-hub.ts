import type { Sql } from "../../../db/client.ts";
import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { insertSystem, saveObjects } from "../../storage/systems.ts";

/** Makes a hub's database as it is before anything has happened. */
export async function emptyHub(sql: Sql): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables
    where schemaname = 'public' order by tablename`;
  await sql.unsafe(tables.map(({ name }) => `delete from ${name}`).join(";"));
  // Numbers are told in the story of a run: each run counts from the beginning.
  await sql`alter sequence readings restart`;
}

/** Makes memory systems known to the hub, with the objects that were discovered in them. */
export async function foundSystems(
  sql: Sql,
  systems: ReadonlyMap<string, ObjectSchema[]>,
  now: string,
): Promise<void> {
  await sql.begin(async (tx) => {
    for (const [id, schemas] of systems) {
      const none = { connector: "memory", settings: {}, secrets: null };
      await insertSystem(tx, { id, ...none, createdAt: now });
      await saveObjects(tx, id, schemas, now);
    }
  });
}
