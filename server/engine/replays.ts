import { CHANNEL } from "../storage/notify.ts";
import { nextReplayAt, REPLAYS } from "../storage/replays.ts";
import { type ReplayContext, stepReplay } from "./acts/replay-run.ts";
import { passingCode } from "./hub-failures.ts";
import { createWake } from "./wake.ts";

/** How long nobody looks where no replay runs and nobody calls. */
const IDLE_MS = 30_000;

/**
 * Carries replays on, batch by batch, at the pace that each was given. Every engine does: a batch
 * is taken by one of them, and the pace is kept in the hub.
 * @returns what ends when `signal` aborts
 */
export async function keepReplays(context: ReplayContext, signal: AbortSignal): Promise<void> {
  const wake = createWake();
  const { sql } = context.hub;
  const listening = await sql.listen(CHANNEL, (payload) => {
    if (payload.includes(REPLAYS)) wake.call();
  });
  while (!signal.aborted) {
    const seen = wake.count();
    const waitMs = await step(context);
    if (waitMs > 0) await wake.wait(seen, waitMs, signal);
  }
  await listening.unlisten();
}

/** @returns how long there is nothing to do, in milliseconds */
async function step(context: ReplayContext): Promise<number> {
  try {
    if (await stepReplay(context, { run: null })) return 0;
    const next = await nextReplayAt(context.hub.sql);
    if (next === null) return IDLE_MS;
    return Math.min(IDLE_MS, Math.max(1, Date.parse(next) - context.clock.now().getTime()));
  } catch (error) {
    // The batch was not noted: it is tried again.
    if (passingCode(error) === null) throw error;
    return 1_000;
  }
}
