import { setTimeout as wait } from "node:timers/promises";

/** Time as the rest of the code may see it. The simulator gives one that it turns itself. */
export interface Clock {
  /** The wall clock: for what is stored and shown. It may jump. */
  now(): Date;

  /** Milliseconds since some fixed moment, never going back: for durations and deadlines. */
  monotonicMs(): number;

  /**
   * Resolves after `ms` milliseconds.
   * Rejects with an `AbortError` as soon as `signal` is aborted.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal === undefined ? {} : { signal });
  },
};
