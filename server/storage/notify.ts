import type { Connection, Transaction } from "../../db/client.ts";
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

/**
 * Tells of the quarantine when a statement that lets held items go has found one: most find none,
 * and nobody need be woken for them.
 * @param letting an update of it that returns its rows
 */
export function tellIfLet(tx: Transaction, letting: ReturnType<Transaction>) {
  const news = JSON.stringify({ topics: ["quarantine"] satisfies LiveTopic[] });
  return tx`
    with let_go as (${letting})
    select pg_notify(${CHANNEL}, ${news}) where exists (select 1 from let_go)`;
}
