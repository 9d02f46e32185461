import type { Transaction } from "../../db/client.ts";
import type { Batch, Change } from "../connectors/connector.ts";
import type { BindingId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import type { LiveTopic } from "../core/live-topics.ts";
import type { BindingRules } from "../core/plan/compile-map.ts";
import {
  holdLoads,
  insertPlaces,
  loadedObjects,
  recordsWithoutPlace,
  saveLoaded,
  savePosition,
  wakePending,
} from "../storage/captures.ts";
import { currentVersion, loadReachableSystems } from "../storage/current-map.ts";
import { endUnknown, wakeReferring } from "../storage/deliveries.ts";
import { fence } from "../storage/leases.ts";
import { notify } from "../storage/notify.ts";
import type { Mark } from "../storage/record-cache.ts";
import { refusalOf } from "../storage/refusal.ts";
import { countRun } from "../storage/runs.ts";
import { sweepUnseen } from "./absence.ts";
import { type EngineContext, nowOf } from "./context.ts";
import { decideApart } from "./decide-apart.ts";
import {
  bindingsOf,
  decideRows,
  type Recording,
  type Scene,
  type Segment,
  type Total,
} from "./decide-rows.ts";
import type { BoundChange } from "./observe.ts";
import { shapeOf } from "./shape.ts";

/** The map was published anew while a batch was decided: nothing was committed, decide again. */
export class MapMoved extends Error {
  override readonly name = "MapMoved";
}

/**
 * Decides a batch of changes and commits everything that follows with the source's position, in
 * one transaction. A row that the hub's database does not keep is held, and the rest goes on.
 * @throws LeaseLost, MapMoved, OutcomePending; nothing is committed then
 */
export async function recordBatch(
  context: EngineContext,
  recording: Recording,
  batch: Batch,
): Promise<void> {
  const decide: Deciding = { context, recording, batch, decideRows };
  try {
    await commitBatch(decide);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const { system } = recording;
    context.log.warn("A row cannot be kept.", { system, detail: refusal.message });
    await commitBatch({ ...decide, decideRows: decideApart });
  }
}

type Deciding = {
  readonly context: EngineContext;
  readonly recording: Recording;
  readonly batch: Batch;
  readonly decideRows: typeof decideRows;
};

async function commitBatch({ context, recording, batch, ...how }: Deciding): Promise<void> {
  const done = (await context.sql.begin(async (tx) => {
    const endsLoad = batch.kind === "snapshot" && batch.last;
    const [mark, , version] = await Promise.all([
      fence(tx, recording.lease),
      holdLoads(tx, endsLoad ? "alone" : "shared"),
      currentVersion(tx),
    ]);
    if (version !== recording.map.version) throw new MapMoved(`Version ${version} is live.`);
    const scene = await loadScene(tx, context, recording);
    const total: Total & { readonly mark: Mark } = {
      topics: new Set<LiveTopic>(),
      counts: { read: batch.changes.length },
      written: [],
      mark,
    };
    const segment = { ...scene, recording, batch, total };
    for (const changes of segmentsOf(batch.changes)) {
      await recordSegment(tx, { context, segment, ...how }, changes);
    }
    await endBatch(tx, context, { recording, batch, total, scene });
    // In the same commit: a second one for each batch would double what a change waits for.
    if (batch.changes.length > 0) await countRun(tx, recording.run, total.counts, scene.now);
    await notify(tx, [...total.topics]);
    return total;
  })) as Total & { readonly mark: Mark };
  context.records.keepWritten(done.written, done.mark);
}

async function loadScene(
  tx: Transaction,
  context: EngineContext,
  { map }: Recording,
): Promise<Scene> {
  const [objects, systems] = await Promise.all([loadedObjects(tx), loadReachableSystems(tx)]);
  const loaded = new Set<BindingId>();
  for (const [id, { binding }] of map.bindings) {
    if (objects.get(binding.system)?.has(binding.object)) loaded.add(id);
  }
  const clocks = new Map<string, { offsetMs: number; errorMs: number }>();
  for (const { id, clockOffsetMs, clockErrorMs } of systems) {
    if (clockOffsetMs !== null && clockErrorMs !== null) {
      clocks.set(id, { offsetMs: clockOffsetMs, errorMs: clockErrorMs });
    }
  }
  return { now: nowOf(context), loaded, clocks };
}

/** Rows between two events that concern a whole object are decided together. */
function segmentsOf(changes: readonly Change[]): (readonly Change[])[] {
  const segments: Change[][] = [];
  let rows: Change[] = [];
  for (const change of changes) {
    if (change.kind === "row" || change.kind === "gone") {
      rows.push(change);
      continue;
    }
    if (rows.length > 0) segments.push(rows);
    segments.push([change]);
    rows = [];
  }
  if (rows.length > 0) segments.push(rows);
  return segments;
}

async function recordSegment(
  tx: Transaction,
  how: Pick<Deciding, "context" | "decideRows"> & { readonly segment: Segment },
  changes: readonly Change[],
): Promise<void> {
  const { context, segment } = how;
  const [first] = changes;
  if (first?.kind === "emptied") {
    await sweepUnseen(tx, context, segment, {
      object: first.object,
      position: first.position,
      seenIn: null,
    });
    return;
  }
  const rows: BoundChange[] = [];
  for (const change of changes) {
    if (change.kind !== "row" && change.kind !== "gone") continue;
    for (const rules of bindingsOf(segment.recording, change.object)) rows.push({ rules, change });
  }
  if (rows.length > 0) await how.decideRows(tx, context, segment, rows);
}

type End = {
  readonly recording: Recording;
  readonly batch: Batch;
  readonly total: Total;
  readonly scene: Scene;
};

/** Moves the position; after the last page of a first read, says so and wakes who waited for it. */
async function endBatch(tx: Transaction, context: EngineContext, end: End): Promise<void> {
  const { recording, batch, total, scene } = end;
  const { system } = recording;
  if (batch.kind === "changes") {
    const lastChangeAt = batch.changes.findLast((c) => c.kind === "row")?.at ?? null;
    await Promise.all([
      savePosition(tx, system, { position: batch.position, now: scene.now, lastChangeAt }),
      ...(batch.changes.some(comesOrGoes) ? [wakeReferring(tx, system, scene.now)] : []),
    ]);
    return;
  }
  if (!batch.last) return;
  await sweepUnseen(
    tx,
    context,
    { ...scene, recording, batch, total },
    {
      object: batch.object,
      position: batch.position,
      seenIn: recording.run,
    },
  );
  const { position, object } = batch;
  const bindings = bindingsOf(recording, object).map(({ binding }) => binding.id);
  await endUnknown(tx, bindings, scene.now);
  const shape = shapeOf(recording.map, system, object);
  await saveLoaded(tx, system, object, { position, shape, now: scene.now });
  for (const rules of bindingsOf(recording, object)) {
    if (rules.binding.createsRows) await openCreates(tx, context, rules, scene.now);
  }
  total.topics.add("deliveries");
  total.topics.add("systems");
}

function comesOrGoes(change: Change): boolean {
  return change.kind === "row" ? change.operation === "insert" : change.kind !== "schema";
}

/** All rows of the object were matched: what still has no row there gets one. */
async function openCreates(
  tx: Transaction,
  context: EngineContext,
  { binding }: BindingRules,
  now: string,
): Promise<void> {
  const { entity, id, system } = binding;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const countMax = LIMITS.batchObservationsMax;
    const records = await recordsWithoutPlace(tx, { entity, binding: id, after, countMax });
    if (records.length === 0) break;
    const places = records.map((record) => ({ id: context.ids.next(), record }));
    await insertPlaces(tx, { id, system }, places);
    after = records.at(-1) ?? after;
  }
  await wakePending(tx, id, now);
}
