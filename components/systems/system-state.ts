import type { LampState } from "../ui/lamp.tsx";

/** What is known of how a system does, as the API tells it. */
export type SystemFacts = {
  readonly readingPaused: boolean;
  readonly writingPaused: boolean;
  readonly failure: {
    readonly kind: string;
    readonly detail: string;
    readonly since: string;
  } | null;
  /** Why all of it is read whole and compared; null in ordinary times. */
  readonly comparing: { readonly detail: string; readonly since: string } | null;
  readonly readAt: string | null;
  readonly lagSeconds: number | null;
  readonly lagBytes: number | null;
  readonly lastChangeAt: string | null;
};

export type StateWords = { readonly lamp: LampState; readonly words: string };

/** Behind by more than this, and somebody should know, where no binding says otherwise. */
const STALE_SECONDS = 60;

/**
 * How a system does as a whole: the worst thing first. Null facts: the map names it and nobody
 * has connected it here.
 */
export function systemState(
  facts: SystemFacts | null,
  staleSeconds: number = STALE_SECONDS,
): StateWords {
  if (facts === null) return { lamp: "waiting", words: "Not connected" };
  const { failure, readingPaused, writingPaused, lagSeconds } = facts;
  if (failure !== null) return { lamp: "failed", words: FAILURES[failure.kind] ?? "Failing" };
  if (readingPaused && writingPaused) return { lamp: "paused", words: "Stopped" };
  if (readingPaused) return { lamp: "paused", words: "Reading stopped" };
  if (writingPaused) return { lamp: "paused", words: "Writing stopped" };
  if (facts.comparing !== null) return { lamp: "running", words: "Being compared" };
  if (facts.readAt === null) return { lamp: "waiting", words: "Not read yet" };
  if (lagSeconds !== null && lagSeconds > staleSeconds) {
    return { lamp: "warning", words: `${spanWords(lagSeconds)} behind` };
  }
  return { lamp: "ok", words: "Reachable" };
}

const FAILURES: Readonly<Record<string, string>> = {
  unreachable: "Unreachable",
  unauthorized: "Sign-in refused",
  throttled: "Slowed down",
  rejected: "Refuses",
};

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** 42 => "42 s", 7_300 => "2 h" */
export function spanWords(seconds: number): string {
  if (seconds < MINUTE_S) return `${Math.round(seconds)} s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min`;
  if (seconds < DAY_S) return `${Math.floor(seconds / HOUR_S)} h`;
  return `${Math.floor(seconds / DAY_S)} d`;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** 1_536 => "1.5 kB" */
export function bytesWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
