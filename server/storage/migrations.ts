import type { Sql } from "../../db/client.ts";
import journal from "../../db/migrations/meta/_journal.json" with { type: "json" };

/**
 * Whether the database has the tables of this version, neither older nor unknown.
 * Throws if the database does not answer.
 */
export async function isMigrated(sql: Sql): Promise<boolean> {
  const [found] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (found === undefined || found["name"] === null) return false;
  const [last] = await sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`;
  return last?.["at"] === String(journal.entries.at(-1)?.when);
}
