import type { Connection } from "../../db/client.ts";
import type { LiveTopic } from "../core/live-topics.ts";

/**
 * Tells whoever watches which topics changed. PostgreSQL delivers it when the transaction commits,
 * and drops it when it does not.
 */
export async function notify(sql: Connection, topics: readonly LiveTopic[]): Promise<void> {
  if (topics.length === 0) return;
  await sql`select pg_notify('fieldline', ${JSON.stringify({ topics })})`;
}
