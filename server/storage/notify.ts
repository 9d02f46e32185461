import type { Connection } from "../../db/client.ts";
import type { LiveTopic } from "../core/live-topics.ts";

/** The channel on which every committed change is told. */
export const CHANNEL = "fieldline";

/**
 * Tells whoever watches which topics changed. PostgreSQL delivers it when the transaction commits,
 * and drops it when it does not.
 * @param partitions the only ones with new work; none named: any of them may have some
 */
export async function notify(
  sql: Connection,
  topics: readonly LiveTopic[],
  partitions: readonly string[] = [],
): Promise<void> {
  if (topics.length === 0) return;
  const news = partitions.length === 0 ? { topics } : { topics, partitions };
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(news)})`;
}
