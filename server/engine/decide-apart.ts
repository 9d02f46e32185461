import type { Transaction } from "../../db/client.ts";
import type { LiveTopic } from "../core/live-topics.ts";
import type { MappedObservation } from "../core/reconcile/state.ts";
import { attemptKey, rowKey } from "../core/reconcile/world.ts";
import { markUnknown, putBack } from "../storage/deliveries.ts";
import { endHeldRows, holdRefused, isNameable } from "../storage/held-rows.ts";
import { type Refusal, refusalOf } from "../storage/refusal.ts";
import { findAttempts, findLinkedRows } from "../storage/world.ts";
import type { EngineContext } from "./context.ts";
import { add, decideRows, type Segment, settleChanges, type Total } from "./decide-rows.ts";
import { markSeen } from "./mark-seen.ts";
import { type BoundChange, readOf } from "./observe.ts";

/**
 * Decides rows of which the hub's database does not keep one or another: those together that it
 * keeps, in their order, and each that it refuses into quarantine. Everything stays one transaction
 * with the position; a refused half is undone to its savepoint and halved again.
 */
export async function decideApart(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  rows: readonly BoundChange[],
): Promise<void> {
  const refusal = await tryTogether(tx, context, segment, rows);
  if (refusal === null) return;
  const at = cutOf(rows);
  if (at === null) return await setAside(tx, context, segment, { rows, refusal });
  await decideApart(tx, context, segment, rows.slice(0, at));
  await decideApart(tx, context, segment, rows.slice(at));
}

/** @returns why nothing of it was kept; null when all of it was */
async function tryTogether(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  rows: readonly BoundChange[],
): Promise<Refusal | null> {
  // What a savepoint undoes must not be remembered: neither counted, nor in the engine's cache.
  const total: Total = {
    topics: new Set(),
    partitions: new Set(),
    wakesAll: false,
    counts: {},
    written: [],
    mark: null,
    head: { ...segment.total.head },
    mayFree: false,
    mayBeMatched: false,
    massAsked: [],
    mayBeEmptied: false,
    pending: [],
  };
  try {
    await tx.savepoint(async (inner) => {
      await decideRows(inner, context, { ...segment, total }, rows);
      await settleChanges(total);
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refusal;
  }
  Object.assign(segment.total.head, total.head);
  for (const topic of total.topics) segment.total.topics.add(topic);
  for (const partition of total.partitions) segment.total.partitions.add(partition);
  segment.total.massAsked.push(...total.massAsked);
  if (total.mayFree) segment.total.mayFree = true;
  if (total.mayBeMatched) segment.total.mayBeMatched = true;
  if (total.mayBeEmptied) segment.total.mayBeEmptied = true;
  for (const [name, count] of Object.entries(total.counts)) add(segment.total.counts, name, count);
  return null;
}

/**
 * Where to halve: near the middle, and never between the rows of a transaction that changes keys,
 * for two of them may have exchanged theirs. Null: they cannot be parted.
 */
export function cutOf(rows: readonly BoundChange[]): number | null {
  const moving = new Set<string>();
  for (const { change } of rows) {
    const moves = change.kind === "row" && change.previousExternalId !== undefined;
    if (moves && change.transaction !== null) moving.add(change.transaction);
  }
  const isOne = (at: number) => {
    const transaction = rows[at]?.change.transaction ?? null;
    return transaction !== null && moving.has(transaction) && isOf(rows[at - 1], transaction);
  };
  const middle = Math.ceil(rows.length / 2);
  for (let away = 0; away < rows.length; away += 1) {
    for (const at of [middle - away, middle + away]) {
      if (at > 0 && at < rows.length && !isOne(at)) return at;
    }
  }
  return null;
}

const isOf = (row: BoundChange | undefined, transaction: string) =>
  row?.change.transaction === transaction;

type Aside = { readonly rows: readonly BoundChange[]; readonly refusal: Refusal };

/** Holds the rows whole, as they were told; what their keys became is followed all the same. */
async function setAside(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  { rows, refusal }: Aside,
): Promise<void> {
  const moved = await linkedMoves(tx, rows);
  if (moved.length > 0) await tryTogether(tx, context, segment, moved);
  for (const row of rows) await holdRow(tx, context, segment, { row, refusal });
  for (const topic of TOPICS) segment.total.topics.add(topic);
  add(segment.total.counts, "quarantined", rows.length);
}

const TOPICS: readonly LiveTopic[] = ["quarantine"];

/** Changes of keys of rows that somebody has, with nothing else of them. */
async function linkedMoves(
  tx: Transaction,
  rows: readonly BoundChange[],
): Promise<readonly BoundChange[]> {
  const moves = rows.flatMap(({ rules, change }) => {
    const before = change.kind === "row" ? change.previousExternalId : undefined;
    if (before === undefined || !isNameable(before)) return [];
    return [{ rules, before, change: { ...change, columns: {} } }];
  });
  const refs = moves.map(({ rules, before }) => ({
    binding: rules.binding.id,
    externalId: before,
  }));
  const linked = refs.length === 0 ? new Map() : await findLinkedRows(tx, refs);
  return moves.filter(({ rules, before }) => linked.has(rowKey(rules.binding.id, before)));
}

async function holdRow(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  { row, refusal }: { readonly row: BoundChange; readonly refusal: Refusal },
): Promise<void> {
  const { rules, change } = row;
  const place = { binding: rules.binding.id, externalId: change.externalId };
  if (change.kind === "gone") {
    // Nobody has a row that cannot be named; one that was held for it is gone.
    if (isNameable(change.externalId)) throw new Error(`${place.binding}: ${refusal.message}`);
    await endHeldRows(tx, [place], segment.now);
    return;
  }
  const { recording, batch } = segment;
  const linked = isNameable(change.externalId) ? await findLinkedRows(tx, [place]) : new Map();
  const record = linked.get(rowKey(place.binding, place.externalId)) ?? null;
  const { entity } = rules.binding;
  const observation = toldOf(row);
  const held = { now: segment.now, mapVersion: recording.map.version, refusal };
  const item = { entity, record, link: null, observation };
  await holdRefused(tx, item, { ...held, id: context.ids.next() });
  // It exists: a complete enumeration must not take it for gone.
  if (record !== null && batch.kind === "snapshot") await markSeen(tx, [row], recording.run);
  await endWaiting(tx, segment, row);
}

function toldOf({ rules, change }: BoundChange): MappedObservation {
  return {
    binding: rules.binding.id as MappedObservation["binding"],
    system: rules.binding.system as MappedObservation["system"],
    externalId: change.externalId,
    kind: "full",
    columns: change.kind === "row" ? readOf(rules, change.columns) : {},
    fields: {},
    problems: [],
    position: change.position,
    at: change.at,
    transaction: change.transaction,
  };
}

/** An intent of ours whose event this was waits for it no longer, and its delivery goes on. */
async function endWaiting(
  tx: Transaction,
  segment: Segment,
  { rules, change }: BoundChange,
): Promise<void> {
  if (change.transaction === null || !isNameable(change.externalId)) return;
  const { byEvent } = await findAttempts(tx, segment.recording.system, [change.transaction]);
  const own = byEvent.get(attemptKey(change.transaction, rules.binding.id, change.externalId));
  if (own === undefined) return;
  await markUnknown(tx, [own.id]);
  const { now } = segment;
  await putBack(tx, [{ link: own.link, state: "due", nextAt: now, tries: 0, failure: null }]);
}
