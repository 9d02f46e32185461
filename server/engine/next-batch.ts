import type { Batch } from "../connectors/connector.ts";
import { LIMITS } from "../core/limits.ts";
import type { Capturing } from "./capturing.ts";
import type { EngineContext } from "./context.ts";

/** Events of our own calls are looked at together, as long as they are few. */
const CONFIRM_WAIT_MS = 20;
const CONFIRM_COUNT_MAX = 200;

/**
 * The next batch. While it tells nothing but what we have written ourselves, what comes shortly
 * after is taken with it: what we wrote is visible already, and a commit for each of its events
 * would hold up what is not. Anybody's change is handed on at once.
 */
export async function nextBatch(
  context: EngineContext,
  capturing: Pick<Capturing, "system" | "capture" | "ahead">,
  waitMs: number,
  signal: AbortSignal,
): Promise<Batch | null> {
  const { system, capture } = capturing;
  const countMax = LIMITS.batchObservationsMax;
  let batch = capturing.ahead ?? (await capture.next({ countMax, waitMs, signal }));
  capturing.ahead = null;
  if (batch?.kind !== "changes" || batch.changes.length === 0) return batch;
  // What is told out of an inbox stays there until it is recorded: it would be told once more.
  if (batch.inbox !== undefined) return batch;
  const until = context.clock.monotonicMs() + CONFIRM_WAIT_MS;
  while (batch.changes.length < CONFIRM_COUNT_MAX && context.calls.areAll(system, batch.changes)) {
    const left = until - context.clock.monotonicMs();
    if (left <= 0) break;
    const more = await capture.next({ countMax, waitMs: Math.ceil(left), signal });
    if (more === null) break;
    if (more.kind !== "changes") {
      capturing.ahead = more;
      break;
    }
    batch = { ...more, changes: [...batch.changes, ...more.changes] };
  }
  return batch;
}
