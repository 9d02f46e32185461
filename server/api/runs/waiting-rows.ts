import type { Connection } from "../../../db/client.ts";
import {
  countWaiting,
  readWaitingChange,
  sampleWaiting,
  type WaitingSample,
} from "../../storage/mass-changes.ts";
import { type Passed, passedBefore } from "../../storage/mass-passed.ts";
import type { RunLine } from "../../storage/screens/runs.ts";

/** Rows of which a person sees what they were and are before an answer. */
const SAMPLES_MAX = 20;

export type WaitingRows = {
  /** How many wait now. */
  readonly rows: number;
  readonly samples: readonly WaitingSample[];
  /** What went through before the first that waits. */
  readonly passed: Passed;
};

/** What a waiting mass change is about; null for every other run. */
export async function waitingOf(
  sql: Connection,
  { kind: run, state, binding, detail }: RunLine,
  title: string,
): Promise<WaitingRows | null> {
  const change = run === "mass-change" && state === "waiting" ? readWaitingChange(detail) : null;
  if (change === null || binding === null) return null;
  const place = { binding, kind: change.kind, field: change.field };
  const [rows, samples, passed] = await Promise.all([
    countWaiting(sql, place),
    sampleWaiting(sql, place, { title, countMax: SAMPLES_MAX }),
    passedBefore(sql, place, { since: change.since, title, countMax: SAMPLES_MAX }),
  ]);
  return { rows, samples, passed };
}
