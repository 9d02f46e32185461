import type { Server } from "./connection.ts";
import { failureOf } from "./failures.ts";

const ROUNDS = 8;

/**
 * The server's clock against ours, from the quickest of several round trips: the server's answer
 * lies somewhere within it, so half of it is the error.
 */
export async function measureClock(server: Server): Promise<{ offsetMs: number; errorMs: number }> {
  const lease = await server.lease();
  let best = { offsetMs: 0, errorMs: Number.POSITIVE_INFINITY };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const sent = performance.now();
      const [[time] = []] = await lease.query(
        "select extract(epoch from clock_timestamp()) * 1000",
      );
      const received = performance.now();
      const errorMs = (received - sent) / 2;
      const ours = performance.timeOrigin + sent + errorMs;
      if (errorMs < best.errorMs) best = { offsetMs: Number(time) - ours, errorMs };
    }
    lease.release();
    return best;
  } catch (error) {
    lease.release(true);
    throw failureOf(error, server.access);
  }
}
