import type { Query } from "../connection.ts";

const EPOCH = 0x1_0000_0000;

/**
 * The log has 32 bits of a transaction's id; the rest is a count of how often they ran out. Gives
 * the function that adds it, in the form that `pg_current_xact_id()` has.
 */
export async function widenTransactionIds(query: Query): Promise<(xid: number) => string> {
  const [[next] = []] = await query("select pg_snapshot_xmax(pg_current_snapshot())");
  let near = Number(next ?? 0);
  return (xid) => {
    let distance = xid - (near % EPOCH);
    if (distance > EPOCH / 2) distance -= EPOCH;
    if (distance < -EPOCH / 2) distance += EPOCH;
    const full = near + distance;
    if (full > near) near = full;
    return String(full);
  };
}
