import pg from "pg";
import type { LogSession } from "../connector.ts";
import type { Query } from "./connection.ts";

const OUTCOMES: Readonly<Record<string, "committed" | "aborted" | "running">> = {
  committed: "committed",
  aborted: "aborted",
  "in progress": "running",
};

/** What became of a transaction, by its full id. The server forgets very old ones. */
export async function outcomeOf(
  query: Query,
  transaction: string,
): Promise<Awaited<ReturnType<LogSession["outcome"]>>> {
  if (!/^\d+$/.test(transaction)) return "unknown";
  try {
    const [[status] = []] = await query("select pg_xact_status($1::xid8)", [transaction]);
    return OUTCOMES[status ?? ""] ?? "unknown";
  } catch (error) {
    // A transaction of the future: the database was restored to a time before it.
    const cause = error instanceof Error ? error.cause : null;
    if (cause instanceof pg.DatabaseError && cause.code === "22023") return "unknown";
    throw error;
  }
}
