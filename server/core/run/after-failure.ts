import { LIMITS } from "../limits.ts";
import type { Failure } from "./failure.ts";

export type NextStep =
  | { readonly kind: "retry"; readonly delayMs: number }
  | { readonly kind: "give-up"; readonly ask: "reconnect" | "review" };

/**
 * Decides what follows a failed call to a system.
 * @param attempt how often it failed before: 0 for the first time
 * @param jitter 0 to 1, an argument so that replays stay exact
 */
export function afterFailure(failure: Failure, attempt: number, jitter: number): NextStep {
  switch (failure.kind) {
    // Waiting changes nothing here: only a person can.
    case "unauthorized":
      return { kind: "give-up", ask: "reconnect" };
    case "rejected":
      return { kind: "give-up", ask: "review" };
    case "throttled":
      return { kind: "retry", delayMs: Math.min(failure.retryAfterMs, LIMITS.retryDelayMsMax) };
    case "unreachable":
    // Another place is taken at once; the delay keeps one that is lost again from whirling.
    case "place-lost":
      return { kind: "retry", delayMs: backoffMs(attempt, jitter, LIMITS.reconnectDelayMsMax) };
  }
}

/** Doubles from the least delay to the longest; the jitter takes off up to half of it. */
export function backoffMs(
  attempt: number,
  jitter: number,
  msMax: number = LIMITS.retryDelayMsMax,
): number {
  const doubled = LIMITS.retryDelayMsMin * 2 ** Math.min(attempt, 20);
  return Math.round(Math.min(doubled, msMax) * (1 - jitter / 2));
}
