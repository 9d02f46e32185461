import type { Activity, CaptureFacts } from "../storage/screens/command-line.ts";

/** What `status` needs to know beside the activity. */
export type Expected = {
  /** Systems that the live map reads, with the digests of how their objects read. */
  readonly objects: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly readingPaused: ReadonlySet<string>;
  readonly writingPaused: ReadonlySet<string>;
  /** "system\nobject": they stand still until a person acts. */
  readonly drifted: ReadonlySet<string>;
  /** System → what went wrong. */
  readonly failing: ReadonlyMap<string, string>;
};

/**
 * So little of a log may lie ahead of a reader that is even with it: what other databases of the
 * server write meanwhile. More may be a transaction that the server is still decoding.
 */
const LAG_BYTES_MAX = 64 * 1024;

/** Why the hub is not idle, in sentences; empty when nothing is left to do. */
export function whyBusy(activity: Activity, expected: Expected): string[] {
  const bound = [...expected.objects.keys()].filter((one) => !expected.readingPaused.has(one));
  const reasons: string[] = [];
  if (activity.engines === 0 && bound.length > 0) {
    reasons.push('No engine is running. "npm start" starts one.');
  }
  for (const system of bound) {
    const failure = expected.failing.get(system);
    if (failure !== undefined) reasons.push(`${system} does not work: ${failure}`);
    const capture = activity.captures.find((one) => one.system === system);
    const why = capture?.comparing?.detail;
    if (why !== undefined) reasons.push(`${system} is being compared. ${why}`);
    reasons.push(...loadReasons(system, capture, expected), ...lagReasons(system, capture));
  }
  reasons.push(...deliveryReasons(activity, expected));
  for (const { partition, isHeld } of activity.leases) {
    if (!isHeld) reasons.push(`Nobody works on ${partition} since its engine stopped.`);
  }
  if (activity.loading > 0) reasons.push(`${activity.loading} first reads are under way.`);
  return reasons;
}

function loadReasons(
  system: string,
  capture: CaptureFacts | undefined,
  { objects, drifted }: Expected,
): string[] {
  return [...(objects.get(system) ?? [])]
    .filter(([name]) => !drifted.has(`${system}\n${name}`))
    .filter(([name, shape]) => !isLoaded(capture, name, shape))
    .map(([name]) => `${system} ${name} has not been read whole yet.`);
}

function isLoaded(capture: CaptureFacts | undefined, object: string, shape: string): boolean {
  return capture?.loaded[object] !== undefined && capture.shapes[object] === shape;
}

function lagReasons(system: string, capture: CaptureFacts | undefined): string[] {
  if (capture === undefined) return [];
  const { lagBytes, lagSeconds } = capture;
  if (lagSeconds === 0 && (lagBytes ?? 0) <= LAG_BYTES_MAX) return [];
  const far = lagBytes === null ? "" : ` (${lagBytes} bytes)`;
  return [`${system} has changes that are not read yet${far}.`];
}

function deliveryReasons(activity: Activity, { writingPaused }: Expected): string[] {
  return activity.deliveries.flatMap(({ system, due, sent }) => [
    ...(due > 0 && !writingPaused.has(system) ? [`${due} records are due to ${system}.`] : []),
    ...(sent > 0 ? [`${sent} writes to ${system} are not confirmed by its log yet.`] : []),
  ]);
}

/**
 * Which systems' lag was measured after we began to look: twice, for a measurement tells of what
 * was in the log when the one before it was made.
 */
export class Measurements {
  readonly #seen = new Map<string, { pulse: string; movedAt: string; times: number }>();

  /** @param isLate so long after the beginning that a new measurement covers all before it */
  note(captures: readonly CaptureFacts[], isLate: boolean): void {
    for (const { system, pulse, movedAt } of captures) {
      const last = this.#seen.get(system);
      // Only a measurement was written: what it says is about a later moment than the last look.
      const measured = last !== undefined && last.pulse !== pulse && last.movedAt === movedAt;
      const before = last?.times ?? 0;
      const now = measured && isLate ? before + 1 : 0;
      const times = last?.pulse === pulse ? before : now;
      this.#seen.set(system, { pulse, movedAt, times });
    }
  }

  isFresh(system: string): boolean {
    return (this.#seen.get(system)?.times ?? 0) >= 2;
  }
}
