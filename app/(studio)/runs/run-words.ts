import { spanWords } from "../../../components/systems/system-state.ts";
import type { LampState } from "../../../components/ui/lamp.tsx";

export const RUN_KINDS = [
  "continuous",
  "initial-load",
  "mass-change",
  "publish",
  "replay",
  "sweep",
  "verify",
] as const;
export const RUN_STATES = ["running", "waiting", "succeeded", "failed", "cancelled"] as const;

type Words = { readonly lamp: LampState; readonly words: string };

const KINDS: Readonly<Record<string, string>> = {
  continuous: "Follow changes",
  "initial-load": "Read whole",
  "mass-change": "Mass change",
  publish: "Publish",
  replay: "Replay",
  sweep: "Sweep",
  verify: "Verify",
};

const STATES: Readonly<Record<string, Words>> = {
  running: { lamp: "running", words: "Running" },
  waiting: { lamp: "waiting", words: "Waits for you" },
  succeeded: { lamp: "ok", words: "Done" },
  failed: { lamp: "failed", words: "Failed" },
  cancelled: { lamp: "paused", words: "Stopped" },
};

/** "initial-load" => "Read whole" */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind;
}

export function stateWords(state: string): Words {
  return STATES[state] ?? { lamp: "waiting", words: state };
}

type Timed = { readonly startedAt: string; readonly finishedAt: string | null };

/** How long a run took, or has been going on, in seconds. */
export function durationOf(run: Timed, now: Date): number {
  const end = run.finishedAt === null ? now.getTime() : Date.parse(run.finishedAt);
  return Math.max(0, (end - Date.parse(run.startedAt)) / 1000);
}

/** 0.4 => "0.4 s"; 75 => "1 min 15 s" */
export function durationWords(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  if (minutes === 0 || minutes >= 60 || rest === 0) return spanWords(seconds);
  return `${minutes} min ${rest} s`;
}

type Counts = Readonly<Record<string, number>>;

/** The five numbers of a run, always the same and in this order. Null: it was not counted. */
export const NUMBERS = [
  { id: "read", label: "Read", of: (counts: Counts) => counts["read"] ?? null },
  { id: "written", label: "Written", of: (counts: Counts) => counts["written"] ?? null },
  { id: "skipped", label: "Skipped", of: skippedOf },
  { id: "conflicts", label: "Conflicts", of: (counts: Counts) => counts["conflicts"] ?? null },
  { id: "held", label: "Held", of: (counts: Counts) => counts["quarantined"] ?? null },
] as const;

/** Read and not about any record: rows that the map does not take, or our own writes. */
function skippedOf(counts: Counts): number | null {
  const { skipped, read, decided } = counts;
  if (skipped !== undefined) return skipped;
  return read === undefined || decided === undefined ? null : Math.max(0, read - decided);
}
