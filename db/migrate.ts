import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/**
 * Brings the hub's database to this version's tables. Safe to run again and by two processes at
 * once: the second waits for the first.
 * @param url a postgres:// address
 */
export async function migrateHub(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(4600460046)`;
    const folder = fileURLToPath(new URL("./migrations", import.meta.url));
    await migrate(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

if (import.meta.main) {
  const url = process.env["DATABASE_URL"];
  if (url === undefined) throw new Error("DATABASE_URL names the database to migrate.");
  await migrateHub(url);
}
