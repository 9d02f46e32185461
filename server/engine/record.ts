import type { Transaction } from "../../db/client.ts";
import type { Batch, Change } from "../connectors/connector.ts";
import { LIMITS } from "../core/limits.ts";
import type { LiveTopic } from "../core/live-topics.ts";
import type { BindingRules } from "../core/plan/compile-map.ts";
import type { Position } from "../core/position.ts";
import { rowKey } from "../core/reconcile/world.ts";
import { lockHead } from "../storage/audit.ts";
import {
  endComparison,
  holdLoads,
  insertPlaces,
  recordsWithoutPlace,
  saveLoaded,
  savePosition,
  wakePending,
} from "../storage/captures.ts";
import { endUnknown } from "../storage/deliveries.ts";
import { addHints, dropFromInbox } from "../storage/inbox.ts";
import { fence } from "../storage/leases.ts";
import { endTallies } from "../storage/mass-tallies.ts";
import { notify } from "../storage/notify.ts";
import type { Mark } from "../storage/record-cache.ts";
import { findReferringAtLast, type RowAgain, wakeAwaitingAtLast } from "../storage/references.ts";
import { refusalOf } from "../storage/refusal.ts";
import { countRun } from "../storage/runs.ts";
import { loadStoredScene } from "../storage/scene.ts";
import { sweepUnseen } from "./absence.ts";
import { type EngineContext, nowOf } from "./context.ts";
import { decideApart } from "./decide-apart.ts";
import {
  bindingsOf,
  decideAgain,
  decideRows,
  type Recording,
  type Scene,
  type Segment,
  settleChanges,
  type Total,
  wakeAll,
} from "./decide-rows.ts";
import { type Sought, seekRows } from "./evidence.ts";
import { askAfterwards, settleMass } from "./mass-questions.ts";
import { takeMoved } from "./moved-references.ts";
import type { BoundChange } from "./observe.ts";
import { readObjects } from "./read-objects.ts";
import { sceneOf } from "./scene.ts";
import { shapeOf } from "./shape.ts";
import { wakeRefused } from "./wake-refused.ts";

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
  const decide: Deciding = { context, recording, batch };
  try {
    await commitBatch(decide, false);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const { system } = recording;
    context.log.warn("A row cannot be kept.", { system, detail: refusal.message });
    await commitBatch(decide, true);
  }
}

/**
 * Decides rows again whose references lead to records by now, whoever made them so; and has the
 * deliveries tried that wait for rows of the system which are there by now. It finds what a commit
 * beside theirs has passed by, and what people have linked or parted.
 * @returns whether there may be more
 * @throws LeaseLost, MapMoved
 */
export async function recordReferring(
  context: EngineContext,
  recording: Recording,
  told: Position,
): Promise<boolean> {
  const { map, system } = recording;
  if (map.referredTo.size === 0) return false;
  const batch: Batch = { kind: "changes", changes: [], position: told };
  const done = await context.sql.begin(async (tx) => {
    const waiting = await findReferringAtLast(tx, system, LIMITS.batchObservationsMax);
    const isWoken = await wakeAwaitingAtLast(tx, system, nowOf(context));
    if (isWoken) await notify(tx, ["deliveries"], []);
    const moved = await takeMoved(tx, map, system);
    const again = [
      ...new Map([...moved.rows, ...waiting].map((row) => [keyOf(row), row])).values(),
    ];
    if (again.length === 0) return moved.isMore;
    const { scene, total } = await openBatch(tx, { context, recording, batch }, []);
    const segment = { ...scene, recording, batch, total };
    await decideAgain(tx, context, segment, again);
    await settleChanges(total);
    await notify(tx, [...total.topics], total.wakesAll ? [] : [...total.partitions]);
    return moved.isMore;
  });
  return done === true;
}

const keyOf = ({ binding, externalId }: RowAgain): string => rowKey(binding, externalId);

type Deciding = {
  readonly context: EngineContext;
  readonly recording: Recording;
  readonly batch: Batch;
};

/** @param isApart rows that the database does not keep are parted from the others */
async function commitBatch(deciding: Deciding, isApart: boolean): Promise<void> {
  const { context, recording, batch } = deciding;
  const done = (await context.sql.begin(async (tx) => {
    const segments = segmentsOf(batch.changes);
    const early = isApart ? [] : rowsOf(recording, segments[0] ?? []);
    const { scene, total, sought } = await openBatch(tx, deciding, early);
    const segment = { ...scene, recording, batch, total };
    for (const [place, changes] of segments.entries()) {
      const known = place === 0 && !isApart ? { rows: early, sought } : null;
      await recordSegment(tx, { context, segment, isApart }, changes, known);
    }
    await endBatch(tx, context, { recording, batch, total, scene });
    return total;
  })) as Opened["total"];
  context.records.keepWritten(done.written, done.mark);
  await askAfterwards(context.sql, context, { recording, total: done });
}

type Opened = {
  readonly scene: Scene;
  readonly total: Total & { readonly mark: Mark };
  /** Whose the first rows are. */
  readonly sought: Sought;
};

/**
 * One statement behind the other on one connection, and none waits for an answer: a single change
 * passes here in as few round trips as a thousand.
 * @throws LeaseLost, MapMoved
 */
async function openBatch(
  tx: Transaction,
  { context, recording, batch }: Deciding,
  rows: readonly BoundChange[],
): Promise<Opened> {
  const { lease, map, system } = recording;
  const [mark, , stored, head, sought] = await Promise.all([
    fence(tx, lease),
    holdLoads(tx, batch.kind === "snapshot" && batch.last ? "alone" : "shared"),
    loadStoredScene(tx),
    lockHead(tx, lease.partition),
    seekRows(tx, system, rows, context.records),
  ]);
  if (stored.version !== map.version) throw new MapMoved(`Version ${stored.version} is live.`);
  const total = {
    topics: new Set<LiveTopic>(),
    partitions: new Set<string>(),
    wakesAll: false,
    counts: { read: batch.changes.length },
    written: [],
    mayFree: false,
    mayBeMatched: false,
    massAsked: [],
    mayBeEmptied: false,
    mark,
    head,
    pending: [],
  };
  return { scene: { now: nowOf(context), ...sceneOf(map, stored) }, total, sought };
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
  how: Pick<Deciding, "context"> & { readonly segment: Segment; readonly isApart: boolean },
  changes: readonly Change[],
  known: { readonly rows: readonly BoundChange[]; readonly sought: Sought } | null,
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
  const rows = known?.rows ?? rowsOf(segment.recording, changes);
  if (rows.length === 0) return;
  if (how.isApart) await decideApart(tx, context, segment, rows);
  else await decideRows(tx, context, segment, rows, known?.sought);
}

/** Every row's change, for each of the bindings that read it. */
function rowsOf(recording: Recording, changes: readonly Change[]): BoundChange[] {
  const rows: BoundChange[] = [];
  const bindings = new Map<string, BindingRules[]>();
  for (const change of changes) {
    if (change.kind !== "row" && change.kind !== "gone") continue;
    const known = bindings.get(change.object);
    const of = known ?? bindingsOf(recording, change.object);
    if (known === undefined) bindings.set(change.object, of);
    for (const rules of of) rows.push({ rules, change });
  }
  return rows;
}

type End = {
  readonly recording: Recording;
  readonly batch: Batch;
  readonly total: Total;
  readonly scene: Scene;
};

/**
 * Moves the position; after the last page of a first read, says so and wakes who waited for it. The
 * count is of the same commit: one of its own for each batch would double what a change waits for.
 */
async function endBatch(tx: Transaction, context: EngineContext, end: End): Promise<void> {
  const { recording, batch, total, scene } = end;
  const { system } = recording;
  if (batch.kind === "snapshot") {
    if (batch.last) await endLoad(tx, context, { ...end, batch });
  } else if (await wakeRefused(tx, { system, batch, total, now: scene.now })) wakeAll(total);
  await settleMass(tx, context, end);
  const last: Promise<unknown>[] = [...total.pending];
  const position = batch.kind === "changes" ? batch.position : batch.next;
  if (position !== undefined) {
    const lastChangeAt = batch.changes.findLast((c) => c.kind === "row")?.at ?? null;
    last.push(savePosition(tx, system, { position, now: scene.now, lastChangeAt }));
  }
  if (batch.inbox !== undefined) last.push(keepInbox(tx, system, batch.inbox, scene.now));
  if (batch.changes.length > 0) last.push(countRun(tx, recording.run, total.counts, scene.now));
  last.push(notify(tx, [...total.topics], total.wakesAll ? [] : [...total.partitions]));
  await Promise.all(last);
}

async function keepInbox(
  tx: Transaction,
  system: string,
  { done, again, againMs }: NonNullable<Batch["inbox"]>,
  now: string,
): Promise<void> {
  await dropFromInbox(tx, done);
  const dueAt = new Date(Date.parse(now) + againMs).toISOString();
  await addHints(tx, system, again, { now, dueAt });
}

type Load = End & { readonly batch: Extract<Batch, { kind: "snapshot" }> };

async function endLoad(tx: Transaction, context: EngineContext, end: Load): Promise<void> {
  const { recording, batch, total, scene } = end;
  const { system } = recording;
  const { position, object } = batch;
  const segment = { ...scene, recording, batch, total };
  await sweepUnseen(tx, context, segment, { object, position, seenIn: recording.run });
  await settleChanges(total);
  await endTallies(tx, recording.run);
  const bindings = bindingsOf(recording, object).map(({ binding }) => binding.id);
  await endUnknown(tx, bindings, scene.now);
  const shape = shapeOf(recording.map, system, object);
  await saveLoaded(tx, system, object, { position, shape, now: scene.now });
  await endComparison(tx, system, readObjects(recording.map, system, recording.drifted));
  for (const rules of bindingsOf(recording, object)) {
    if (rules.binding.createsRows) await openCreates(tx, context, rules, scene.now);
  }
  total.topics.add("systems");
  wakeAll(total);
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
