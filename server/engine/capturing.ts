import type { Batch, Capture, CaptureStart, Change, Session } from "../connectors/connector.ts";
import type { BindingId, SystemId } from "../core/ids.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import { asPosition, type Position } from "../core/position.ts";
import { forgetLoaded, holdLoads, loadCapture, saveLag } from "../storage/captures.ts";
import { driftedObjects, saveClock } from "../storage/current-map.ts";
import { bindingsWithAttempts } from "../storage/deliveries.ts";
import type { Lease } from "../storage/leases.ts";
import { notify } from "../storage/notify.ts";
import { closeOrphanRuns, finishRun, startRun } from "../storage/runs.ts";
import { type EngineContext, nowOf } from "./context.ts";
import { endDrifts, noteSchemas } from "./drift.ts";
import { OutcomePending } from "./evidence.ts";
import type { MapCache } from "./map-cache.ts";
import { nextBatch } from "./next-batch.ts";
import { readObjects } from "./read-objects.ts";
import { openReading } from "./reading/reading.ts";
import { MapMoved, recordBatch, recordReferring } from "./record.ts";
import { unreadObjects } from "./shape.ts";
import type { Wake } from "./wake.ts";

/** Reading one system under one lease: the connector's capture and what it is decided with. */
export type Capturing = {
  readonly system: SystemId;
  readonly lease: Lease;
  readonly map: CompiledMap;
  readonly session: Session;
  readonly capture: Capture;
  readonly objects: readonly string[];
  readonly drifted: ReadonlySet<string>;
  readonly continuousRun: string;
  /** The first read under way, by object. */
  readonly loads: Map<string, string>;
  /** Objects that have been read whole, with the present edges. */
  readonly followed: Set<string>;
  /** Objects that this capture reads whole first: their changes wait, and come out of order. */
  readonly reading: ReadonlySet<string>;
  /** Bindings that are read whole once the events of what we wrote there have been told. */
  readonly draining: readonly BindingId[];
  /** Why it is read whole now, for its runs; null in ordinary times. */
  readonly comparing: string | null;
  /** How far the hub has committed. */
  told: Position | null;
  /** What was read behind the last batch, and is the next one. */
  ahead: Batch | null;
};

/**
 * Begins to read a system: every object that its bindings read, those first as a whole that have
 * not been read with the present edges.
 * @returns null when no published binding reads this system
 */
export async function openCapture(
  context: EngineContext,
  maps: MapCache,
  of: { system: SystemId; lease: Lease; session: Session; wake: Wake },
): Promise<Capturing | null> {
  const { system, lease, session } = of;
  // It may be opened because a shape has changed, before the news of that are heard.
  maps.invalidate();
  const first = await maps.current();
  if (first === null) return null;
  if (await endDrifts(context, first, system, session)) maps.invalidate();
  const map = (await maps.current()) ?? first;
  const drifted = await driftedObjects(context.sql);
  const objects = readObjects(map, system, drifted);
  if (objects.length === 0) return null;
  const state = await loadCapture(context.sql, system);
  const unread = unreadObjects(map, system, objects, state);
  const followed = new Set(objects.filter((name) => !unread.includes(name)));
  const draining = await beginReading(context, map, system, unread);
  const drained = new Set(draining.map((id) => map.bindings.get(id)?.binding.object));
  await saveClock(context.sql, system, await session.clock());
  const loads = new Map<string, string>();
  const capture = await openSource(
    context,
    { ...of, map, loads },
    {
      from: state.position,
      objects: objects.map((name) => {
        const known = followed.has(name) ? state.loaded[name] : undefined;
        const loadedAt = drained.has(name) ? (state.position ?? asPosition("")) : (known ?? null);
        const schema = schemaOf(map, system, name);
        return schema === null ? { name, loadedAt } : { name, loadedAt, schema };
      }),
    },
  );
  const now = nowOf(context);
  await closeOrphanRuns(context.sql, system, now);
  const continuousRun = context.ids.next();
  const common = { system, binding: null, mapVersion: map.version, engine: context.id, now };
  await startRun(context.sql, { ...common, id: continuousRun, kind: "continuous" });
  await notify(context.sql, ["runs", "systems"]);
  return {
    system,
    lease,
    map,
    session,
    capture,
    objects,
    drifted,
    continuousRun,
    loads,
    followed,
    reading: new Set(unread.filter((name) => !drained.has(name))),
    draining,
    comparing: state.comparing?.detail ?? null,
    told: state.position,
    ahead: null,
  };
}

type Source = {
  readonly system: SystemId;
  readonly session: Session;
  readonly wake: Wake;
  readonly map: CompiledMap;
  readonly loads: ReadonlyMap<string, string>;
};

/** The system's own log, or what makes one of its reads. */
async function openSource(
  context: EngineContext,
  { system, session, wake, map, loads }: Source,
  start: CaptureStart,
): Promise<Capture> {
  if (session.changes === "log") return await session.capture(start);
  const all = [...map.bindings.values()].map(({ binding }) => binding);
  const of = all.filter((binding) => binding.system === system);
  let seen = wake.count();
  return await openReading(
    context,
    {
      ...{ system, session },
      bindingsOf: (object) => of.filter((one) => one.object === object).map(({ id }) => id),
      runOf: (object) => loads.get(object),
      wait: async (ms, signal) => {
        await wake.wait(seen, ms, signal);
        seen = wake.count();
      },
    },
    start,
  );
}

/**
 * Makes ready to read objects whole: nothing more is written to them, so that what was written
 * lies before the snapshot.
 * @returns bindings where the events of earlier writes have not been told yet. A snapshot would
 *   swallow them, so they are waited for first
 */
async function beginReading(
  context: EngineContext,
  map: CompiledMap,
  system: string,
  objects: readonly string[],
): Promise<BindingId[]> {
  if (objects.length === 0) return [];
  const bindings = [...map.bindings.values()]
    .filter(({ binding }) => binding.system === system && objects.includes(binding.object))
    .map(({ binding }) => binding.id as BindingId);
  return await context.sql.begin(async (tx) => {
    await holdLoads(tx, "alone");
    await forgetLoaded(tx, system, objects);
    return await bindingsWithAttempts(tx, bindings);
  });
}

function schemaOf(map: CompiledMap, system: string, object: string) {
  for (const rules of map.bindings.values()) {
    if (rules.binding.system === system && rules.binding.object === object) return rules.schema;
  }
  return null;
}

/**
 * Waits for news and commits one batch of it.
 * @returns "idle" without news, "again" to go on, "reopen" when the capture must be opened anew
 */
export async function captureOnce(
  context: EngineContext,
  capturing: Capturing,
  waitMs: number,
  signal: AbortSignal,
): Promise<"idle" | "again" | "reopen"> {
  const { draining } = capturing;
  if (draining.length > 0 && (await isDrained(context, draining))) return "reopen";
  const batch = await nextBatch(context, capturing, waitMs, signal);
  if (batch === null) return "idle";
  await context.step("read");
  if (batch.changes.some(({ kind }) => kind === "schema")) {
    const stop = await noteSchemas(context, capturing, batch);
    if (stop) return "reopen";
  }
  return await keep(context, capturing, onlyNews(capturing, batch), signal);
}

async function isDrained(context: EngineContext, draining: readonly BindingId[]): Promise<boolean> {
  return (await bindingsWithAttempts(context.sql, draining)).length === 0;
}

/** A source may tell again what the hub has committed and not acknowledged: it is no news. */
function onlyNews({ reading, told }: Capturing, batch: Batch): Batch {
  if (batch.kind !== "changes" || told === null) return batch;
  const isNews = ({ object, position, kind }: Change) =>
    position > told || kind === "schema" || reading.has(object);
  return batch.changes.every(isNews) ? batch : { ...batch, changes: batch.changes.filter(isNews) };
}

/** How often a batch waits for the outcome of our own call before it gives way. */
const OUTCOME_WAITS_MAX = 1_500;
const OUTCOME_WAIT_MS = 20;

async function keep(
  context: EngineContext,
  capturing: Capturing,
  batch: Batch,
  signal: AbortSignal,
): Promise<"again" | "reopen"> {
  const { lease, system, map, drifted } = capturing;
  const run = await runOf(context, capturing, batch);
  const recording = { lease, system, map, run, drifted };
  for (let waits = 0; waits < OUTCOME_WAITS_MAX && !signal.aborted; waits += 1) {
    const done = () => "recorded" as const;
    const outcome = await recordBatch(context, recording, batch).then(done, pending);
    if (outcome === "moved") return "reopen";
    if (outcome === "recorded") {
      await context.step("recorded");
      await afterwards(context, capturing, batch, run);
      return "again";
    }
    await context.clock.sleep(OUTCOME_WAIT_MS);
  }
  return "reopen";
}

/** Two ways in which nothing was committed and nothing is wrong. */
function pending(error: unknown): "moved" | "pending" {
  if (error instanceof MapMoved) return "moved";
  if (error instanceof OutcomePending) return "pending";
  throw error;
}

/** A first read is a run of its own; what comes after it belongs to the continuous one. */
async function runOf(context: EngineContext, capturing: Capturing, batch: Batch): Promise<string> {
  if (batch.kind === "changes") return capturing.continuousRun;
  const known = capturing.loads.get(batch.object);
  if (known !== undefined) return known;
  const { system, map } = capturing;
  const id = context.ids.next();
  const binding = [...map.bindings.values()].find(
    (rules) => rules.binding.system === system && rules.binding.object === batch.object,
  );
  await startRun(context.sql, {
    id,
    // A system without a log is read whole from time to time, and written to meanwhile.
    kind: capturing.followed.has(batch.object) ? "sweep" : "initial-load",
    system,
    binding: binding?.binding.id ?? null,
    mapVersion: map.version,
    engine: context.id,
    now: nowOf(context),
    ...(capturing.comparing === null ? {} : { detail: capturing.comparing }),
  });
  capturing.loads.set(batch.object, id);
  return id;
}

async function afterwards(
  context: EngineContext,
  capturing: Capturing,
  batch: Batch,
  run: string,
): Promise<void> {
  if (batch.kind === "changes") {
    const { told } = capturing;
    if (told === null || batch.position > told) capturing.told = batch.position;
    await capturing.capture.acknowledge(batch.position);
    return;
  }
  if (!batch.last) return;
  capturing.loads.delete(batch.object);
  // From now on it is noticed when somebody wants it read again.
  capturing.followed.add(batch.object);
  await finishRun(context.sql, run, { state: "succeeded", now: nowOf(context) });
  await notify(context.sql, ["runs", "systems", "deliveries"]);
}

/** Decides what waited for rows that are records by now, whoever made them so. */
export async function followReferences(
  context: EngineContext,
  { lease, system, map, drifted, continuousRun, told }: Capturing,
): Promise<void> {
  const recording = { lease, system, map, run: continuousRun, drifted };
  // As much as a batch at a time, so that the lease is looked at between.
  while (await recordReferring(context, recording, told ?? asPosition("")));
}

/** Measures how far behind the reading is, for the screens and for `status`. */
export async function measureLag(context: EngineContext, capturing: Capturing): Promise<void> {
  const lag = await capturing.capture.lag();
  if (lag !== null) await saveLag(context.sql, capturing.system, lag);
}

export async function closeCapture(context: EngineContext, capturing: Capturing): Promise<void> {
  await capturing.capture.close().catch(() => undefined);
  const now = nowOf(context);
  const runs = [capturing.continuousRun, ...capturing.loads.values()];
  for (const run of runs) await finishRun(context.sql, run, { state: "cancelled", now });
}
