import { createHash } from "node:crypto";
import type { Connection } from "../../db/client.ts";

const LENGTH = 8;

/**
 * A short slug of this hub, for names that we make in foreign systems (a slot, a publication):
 * the same for every process of one hub, another one for every other hub.
 */
export async function hubName(sql: Connection): Promise<string> {
  const [row] = await sql<[{ place: string }]>`
    select (select system_identifier from pg_control_system()) || ' ' || oid as place
    from pg_database where datname = current_database()`;
  return createHash("sha256").update(row.place).digest("hex").slice(0, LENGTH);
}
