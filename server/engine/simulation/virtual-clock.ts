import type { Clock } from "../../platform/clock.ts";

/** Where every run begins. */
const START_MS = Date.UTC(2026, 2, 1, 12);

/** Time that only the scheduler turns. */
export type VirtualClock = {
  readonly nowMs: () => number;
  /** Turns the clock on by so many milliseconds. */
  readonly turn: (ms: number) => void;
  /** As a system writes its commit times: ISO 8601 UTC with microseconds. */
  readonly stamp: () => string;
  /** The clock as the product knows it; `sleep` is the caller's, since only a fiber can sleep. */
  readonly as: (sleep: Clock["sleep"]) => Clock;
};

export function createVirtualClock(): VirtualClock {
  let ms = START_MS;
  return {
    nowMs: () => ms,
    turn(by) {
      ms += by;
    },
    stamp: () => `${new Date(ms).toISOString().slice(0, -1)}000Z`,
    as: (sleep) => ({ now: () => new Date(ms), monotonicMs: () => ms, sleep }),
  };
}
