import type { Session } from "../connectors/connector.ts";
import type { SystemId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import { afterFailure } from "../core/run/after-failure.ts";
import { type Failure, FailureError } from "../core/run/failure.ts";
import { loadCapture } from "../storage/captures.ts";
import { saveSystemFailure } from "../storage/current-map.ts";
import { nextDueAt } from "../storage/deliveries.ts";
import { type Lease, LeaseLost } from "../storage/leases.ts";
import { notify } from "../storage/notify.ts";
import {
  type Capturing,
  captureOnce,
  closeCapture,
  followReferences,
  measureLag,
  openCapture,
} from "./capturing.ts";
import { type EngineContext, nowOf } from "./context.ts";
import { type Delivering, deliverBatch } from "./deliver.ts";
import { passingCode } from "./hub-failures.ts";
import { beginComparison, checkPlace } from "./lost-place.ts";
import type { MapCache } from "./map-cache.ts";
import { MapMoved } from "./record.ts";
import { recoverAttempts } from "./recover.ts";
import { Unheard } from "./unheard.ts";
import { UnknownCreates } from "./unknown-creates.ts";
import type { Wake } from "./wake.ts";

/** One lease's work, until it is lost or the engine stops. */
export type Task = {
  readonly lease: Lease;
  readonly system: SystemId;
  readonly maps: MapCache;
  /** There is work. */
  readonly wake: Wake;
  /** A person has changed a system or the map, or somebody found a system to fail or to answer. */
  readonly changed: Wake;
  readonly signal: AbortSignal;
};

const IDLE_WAIT_MS = 1_000;
const LAG_EVERY_MS = 2_000;
const STANDING_WAIT_MS = 250;

/** Reads a system while the lease is held; a failing one is tried again with growing delays. */
export async function runCapture(context: EngineContext, task: Task): Promise<void> {
  await whileHeld(context, task, async (session, succeeded) => {
    const { system, lease, maps, wake } = task;
    const seen = wake.count();
    const capturing = await openCapture(context, maps, { system, lease, session, wake });
    await succeeded();
    if (capturing === null) {
      await task.wake.wait(seen, 30_000, task.signal);
      return;
    }
    try {
      await follow(context, task, capturing, seen);
    } finally {
      await closeCapture(context, capturing);
    }
  });
}

async function follow(
  context: EngineContext,
  task: Task,
  capturing: Capturing,
  seen: number,
): Promise<void> {
  let measured = Number.NEGATIVE_INFINITY;
  while (!task.signal.aborted) {
    const next = await captureOnce(context, capturing, IDLE_WAIT_MS, task.signal);
    if (next === "reopen") return;
    const now = context.clock.monotonicMs();
    if (now - measured < LAG_EVERY_MS) continue;
    measured = now;
    if (await lookAround(context, task, capturing, seen)) return;
  }
}

/** @returns whether the capture is to be opened anew */
async function lookAround(
  context: EngineContext,
  task: Task,
  capturing: Capturing,
  seen: number,
): Promise<boolean> {
  await measureLag(context, capturing);
  await followReferences(context, capturing);
  if (await isOutdated(context, task, capturing)) return true;
  // News of systems may mean that an object which stands still fits again.
  return capturing.drifted.size > 0 && task.wake.count() !== seen;
}

/**
 * A publish without traffic must be noticed too, and that somebody wants an object read whole
 * again: the capture is opened anew for it.
 */
async function isOutdated(
  context: EngineContext,
  { maps, system }: Task,
  { map, followed }: Capturing,
): Promise<boolean> {
  if ((await maps.current())?.version !== map.version) return true;
  const { loaded } = await loadCapture(context.sql, system);
  return [...followed].some((object) => !(object in loaded));
}

/** Delivers one partition of a system while the lease is held. */
export async function runDelivery(
  context: EngineContext,
  task: Task,
  partition: number,
): Promise<void> {
  await whileHeld(context, task, async (session, succeeded) => {
    const { lease, signal, wake } = task;
    const map = await task.maps.current();
    await checkPlace(context, session, task.system);
    if (map !== null) await recoverAttempts(context, { lease, session, map, signal });
    const unheard = new Unheard(context);
    const { system } = task;
    const of = { partition: lease.partition, system, session };
    const unknownCreates = await UnknownCreates.of(context, of);
    while (!signal.aborted) {
      const seen = wake.count();
      const mapVersion = (await task.maps.known())?.version ?? 0;
      await unheard.look({ lease, system: task.system, session, mapVersion });
      const restMs = await deliverDue(context, task, { partition, session, unknownCreates });
      if (restMs === 0) await succeeded();
      else await wake.wait(seen, restMs, signal);
    }
  });
}

type Through = Pick<Delivering, "partition" | "session" | "unknownCreates">;

/** @returns how long there is nothing to do, unless somebody calls; 0 when something was done */
async function deliverDue(context: EngineContext, task: Task, through: Through): Promise<number> {
  const idle = await idleMs(context, task.system, through.partition);
  if (idle > 0) return idle;
  const taken = await deliverOnce(context, task, through);
  // What is due and was not taken stands still: whoever lets it go on calls.
  return taken > 0 ? 0 : STANDING_WAIT_MS;
}

async function deliverOnce(
  context: EngineContext,
  { lease, system, maps }: Task,
  through: Through,
): Promise<number> {
  const map = await maps.known();
  if (map === null) return 0;
  return await deliverBatch(context, { lease, system, map, ...through });
}

async function idleMs(
  context: EngineContext,
  system: SystemId,
  partition: number,
): Promise<number> {
  const next = await nextDueAt(context.sql, system, partition);
  if (next === null) return 30_000;
  const wait = Date.parse(next) - context.clock.now().getTime();
  return Math.min(Math.max(wait, 0), 30_000);
}

type Work = (session: Session, succeeded: () => Promise<void>) => Promise<void>;

/** Opens a session and works, again and again, until the lease is lost or the engine stops. */
async function whileHeld(context: EngineContext, task: Task, work: Work): Promise<void> {
  let failures = 0;
  let isKnown = false;
  const succeeded = async () => {
    // Said once, and again after a failure: it is called after each batch.
    if (isKnown) return;
    isKnown = true;
    failures = 0;
    if (await saveSystemFailure(context.sql, task.system, null)) {
      await notify(context.sql, ["systems"]);
    }
  };
  while (!task.signal.aborted) {
    let session: Session | null = null;
    try {
      session = await context.openSession(task.system);
      await work(session, succeeded);
    } catch (error) {
      if (task.signal.aborted || error instanceof LeaseLost) return;
      if (error instanceof MapMoved) {
        task.maps.invalidate();
        continue;
      }
      isKnown = false;
      await pause(context, task, error, failures);
      failures += 1;
    } finally {
      await session?.close().catch(() => undefined);
    }
  }
}

async function pause(
  context: EngineContext,
  task: Task,
  error: unknown,
  failures: number,
): Promise<void> {
  const failure = failureOf(error);
  if (failure === null) throw error;
  const { system, lease } = task;
  context.log.warn("A system failed.", { system, lease: lease.partition, detail: failure.detail });
  try {
    if (failure.kind === "place-lost") await compare(context, task, failure);
    else await saveFailure(context, system, failure);
  } catch (unsaid) {
    // It may be the hub's database that failed: then nobody can be told either.
    if (unsaid instanceof LeaseLost) return;
    if (passingCode(unsaid) === null) throw unsaid;
  }
  const step = afterFailure(failure, failures, context.random.fraction());
  // What only a person can mend is looked at again when something changes, and once in a while. New
  // work is no reason to call a system that does not answer, nor is it called at once again.
  const delay = step.kind === "retry" ? step.delayMs : LIMITS.reconnectDelayMsMax;
  await task.changed.wait(task.changed.count(), delay, task.signal, LIMITS.retryDelayMsMin / 2);
}

async function saveFailure(
  context: EngineContext,
  system: SystemId,
  { kind, detail }: Failure,
): Promise<void> {
  const since = nowOf(context);
  if (await saveSystemFailure(context.sql, system, { kind, detail, since })) {
    await notify(context.sql, ["systems"]);
  }
}

async function compare(
  context: EngineContext,
  { lease, system, maps }: Task,
  failure: Extract<Failure, { kind: "place-lost" }>,
): Promise<void> {
  const map = await maps.current();
  if (map !== null) await beginComparison(context, { lease, system, map }, failure);
}

/** What the outside world did; null for a bug of ours, which must be heard of. */
function failureOf(error: unknown): Failure | null {
  if (error instanceof FailureError) return error.failure;
  const code = passingCode(error);
  return code === null ? null : { kind: "unreachable", detail: `The hub's database: ${code}.` };
}
