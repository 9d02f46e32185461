import type { Transaction } from "../../db/client.ts";
import type { Batch, Change } from "../connectors/connector.ts";
import type { BindingId, RecordId } from "../core/ids.ts";
import type { LiveTopic } from "../core/live-topics.ts";
import type { BindingRules, CompiledMap } from "../core/plan/compile-map.ts";
import type { Position } from "../core/position.ts";
import { reconcileBatch } from "../core/reconcile/reconcile-batch.ts";
import type { Attempt, MappedObservation } from "../core/reconcile/state.ts";
import { attemptKey, type Changes, rowKey, type World } from "../core/reconcile/world.ts";
import type { Columns } from "../core/values/field-value.ts";
import { commitChanges } from "../storage/changes.ts";
import type { Lease } from "../storage/leases.ts";
import { findUnmatched } from "../storage/unmatched-rows.ts";
import {
  claimMatching,
  countIncarnations,
  findAttempts,
  findKeyHolders,
  findLinkedRows,
  loadRecords,
  type RowRef,
} from "../storage/world.ts";
import type { EngineContext } from "./context.ts";
import { markSeen } from "./mark-seen.ts";
import { readOf, toObservation } from "./observe.ts";

/**
 * Rows of ours have appeared whose keys our own call has not told yet: nothing was committed,
 * the call's outcome comes first.
 */
export class OutcomePending extends Error {
  override readonly name = "OutcomePending";
}

export type Recording = {
  readonly lease: Lease;
  readonly system: string;
  readonly map: CompiledMap;
  readonly run: string;
  /** Objects whose rows are not decided now: "system\nobject". */
  readonly drifted: ReadonlySet<string>;
};

export type Total = { topics: Set<LiveTopic>; counts: Record<string, number> };

export type Scene = {
  readonly now: string;
  readonly loaded: Set<BindingId>;
  readonly clocks: World["clocks"];
};

export type Segment = Scene & {
  readonly recording: Recording;
  readonly batch: Batch;
  readonly total: Total;
};

type RowChange = Extract<Change, { kind: "row" | "gone" }>;

/** A change of an object, for one of the bindings that read it. */
export type BoundChange = { readonly rules: BindingRules; readonly change: RowChange };

/** The bindings of an object whose rows are decided now. */
export function bindingsOf(recording: Recording, object: string): BindingRules[] {
  const { map, system, drifted } = recording;
  if (drifted.has(`${system}\n${object}`)) return [];
  return [...map.bindings.values()].filter(
    ({ binding }) => binding.system === system && binding.object === object,
  );
}

/** Loads what the rows' decisions may see, decides, and writes it down. */
export async function decideRows(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  rows: readonly BoundChange[],
): Promise<void> {
  const { recording, batch, total } = segment;
  const seenIn = batch.kind === "snapshot" ? recording.run : null;
  const evidence = await loadEvidence(tx, segment, rows);
  const observations = observe(rows, evidence, batch.kind === "snapshot");
  if (seenIn !== null) await markSeen(tx, rows, seenIn);
  if (observations.length === 0) return;
  const world: World = {
    map: recording.map,
    now: segment.now,
    loaded: segment.loaded,
    clocks: segment.clocks,
    ...evidence,
  };
  const changes = reconcileBatch(world, observations, () => context.ids.next());
  const stream = recording.lease.partition;
  const topics = await commitChanges(tx, changes, { world, stream, run: recording.run, seenIn });
  for (const topic of topics) total.topics.add(topic);
  add(total.counts, "decided", observations.length);
  add(total.counts, "conflicts", [...changes.conflicts.values()].filter(isOpen).length);
  add(total.counts, "quarantined", changes.quarantined.length);
  // Rows of ours that the system's log has told: written, whatever our call heard.
  add(total.counts, "written", changes.explained.size);
  const waiting = await rowsThatWaited(tx, recording, changes);
  if (waiting.length > 0) await decideRows(tx, context, segment, waiting);
}

/**
 * Rows of any system that matched nobody until now, and have a key that a record has got: they are
 * decided as they were last told.
 */
async function rowsThatWaited(
  tx: Transaction,
  { map }: Recording,
  { keys, records }: Changes,
): Promise<BoundChange[]> {
  if (![...map.bindings.values()].some(({ binding }) => !binding.createsRecords)) return [];
  const byEntity = new Map<string, { key: string; value: string }[]>();
  for (const [record, held] of keys) {
    const entity = records.get(record)?.entity;
    if (entity !== undefined) byEntity.set(entity, [...(byEntity.get(entity) ?? []), ...held]);
  }
  const rows: BoundChange[] = [];
  for (const [entity, held] of byEntity) {
    for (const { binding, externalId, ...row } of await findUnmatched(tx, entity, held)) {
      const rules = map.bindings.get(binding as BindingId);
      if (rules === undefined) continue;
      const { object } = rules.binding;
      const told = { kind: "row" as const, operation: "snapshot" as const, transaction: null };
      rows.push({ rules, change: { ...row, ...told, object, externalId } });
    }
  }
  return rows;
}

const isOpen = ({ state }: { state: string }) => state === "open";

export function add(counts: Record<string, number>, name: string, count: number): void {
  if (count > 0) counts[name] = (counts[name] ?? 0) + count;
}

type Evidence = Omit<World, "map" | "now" | "loaded" | "clocks">;

async function loadEvidence(
  tx: Transaction,
  { recording, batch }: Segment,
  rows: readonly BoundChange[],
): Promise<Evidence> {
  const refs = refsOf(rows);
  const transactions = batch.kind === "snapshot" ? [] : transactionsOf(rows);
  const [linked, attempts] = await Promise.all([
    findLinkedRows(tx, refs),
    findAttempts(tx, recording.system, transactions),
  ]);
  const unknown = rows.filter(
    ({ rules, change }) =>
      change.kind === "row" && !linked.has(rowKey(rules.binding.id, change.externalId)),
  );
  waitForOutcomes(unknown, attempts.unplaced);
  const matching = unknown.length === 0 ? NO_MATCHING : await loadMatching(tx, unknown);
  const ids = new Set<RecordId>([...linked.values(), ...matching.linked.values()]);
  for (const holders of matching.keyHolders.values()) for (const id of holders) ids.add(id);
  for (const attempt of attempts.byEvent.values()) ids.add(recordOf(attempt));
  const loaded = await loadRecords(tx, [...ids], { lock: true, columnsOf: recording.system });
  return {
    ...loaded,
    attempts: attempts.byEvent,
    keyHolders: matching.keyHolders,
    incarnations: matching.incarnations,
  };
}

const recordOf = (attempt: Attempt): RecordId => (attempt as Attempt & { record: RecordId }).record;

/** A row that our own transaction made, whose key its call has not told us yet. */
function waitForOutcomes(unknown: readonly BoundChange[], unplaced: readonly Attempt[]): void {
  if (unplaced.length === 0) return;
  const open = new Set(unplaced.map(({ transaction, binding }) => `${transaction}\n${binding}`));
  const waits = unknown.some(({ rules, change }) =>
    open.has(`${change.transaction}\n${rules.binding.id}`),
  );
  if (waits) throw new OutcomePending("A row of ours came before its call's answer.");
}

type Matching = {
  readonly linked: Map<string, RecordId>;
  readonly keyHolders: Map<string, RecordId[]>;
  readonly incarnations: Map<string, number>;
};

const NO_MATCHING: Matching = {
  linked: new Map(),
  keyHolders: new Map(),
  incarnations: new Map(),
};

/** Who has the match keys of unknown rows. Looked up under a claim: nobody else looks meanwhile. */
async function loadMatching(tx: Transaction, unknown: readonly BoundChange[]): Promise<Matching> {
  const refs = refsOf(unknown);
  await claimMatching(tx, [...new Set(unknown.map(({ rules }) => rules.binding.entity))]);
  // Who held the claim before may have linked some of them.
  const [linked, incarnations, keyHolders] = await Promise.all([
    findLinkedRows(tx, refs),
    countIncarnations(tx, refs),
    findKeyHolders(tx, keysOf(unknown)),
  ]);
  return { linked, incarnations, keyHolders };
}

function keysOf(unknown: readonly BoundChange[]) {
  const keys: { entity: string; key: string; value: string }[] = [];
  for (const { rules, change } of unknown) {
    if (change.kind !== "row" || rules.entity.matchKeys.length === 0) continue;
    const { fields } = rules.mapping.forward(readOf(rules, change.columns), null);
    for (const key of rules.entity.matchKeys) {
      const value = key.valueOf((field) => fields[field]);
      if (value !== null) keys.push({ entity: rules.binding.entity, key: key.name, value });
    }
  }
  return keys;
}

function refsOf(rows: readonly BoundChange[]): RowRef[] {
  const refs = new Map<string, RowRef>();
  for (const { rules, change } of rows) {
    const binding = rules.binding.id;
    refs.set(rowKey(binding, change.externalId), { binding, externalId: change.externalId });
    if (change.kind === "row" && change.previousExternalId !== undefined) {
      const externalId = change.previousExternalId;
      refs.set(rowKey(binding, externalId), { binding, externalId });
    }
  }
  return [...refs.values()];
}

function transactionsOf(rows: readonly BoundChange[]): string[] {
  const transactions = new Set<string>();
  for (const { change } of rows)
    if (change.transaction !== null) transactions.add(change.transaction);
  return [...transactions];
}

/** Maps the rows, each against its own last state: the one before it in the batch, else the hub's. */
function observe(
  rows: readonly BoundChange[],
  evidence: Evidence,
  whole: boolean,
): MappedObservation[] {
  const seen = new Map<string, Columns>();
  const observations: MappedObservation[] = [];
  for (const { rules, change } of rows) {
    const binding = rules.binding.id;
    const key = rowKey(binding, change.externalId);
    const before = rowBefore(evidence, change, binding);
    if (before !== null && before.position !== null && change.position <= before.position) continue;
    const columns = seen.get(key) ?? before?.columns ?? null;
    const own =
      change.transaction !== null &&
      evidence.attempts.has(attemptKey(change.transaction, binding, change.externalId));
    const observation = toObservation(rules, change, { before: columns, whole: whole || own });
    if (change.kind === "row") seen.set(key, { ...columns, ...readOf(rules, change.columns) });
    else seen.delete(key);
    if (observation !== null) observations.push(observation);
  }
  return observations;
}

function rowBefore(
  evidence: Evidence,
  change: RowChange,
  binding: string,
): { columns: Columns; position: Position | null } | null {
  const id = evidence.linkAt.get(rowKey(binding, change.externalId)) ?? previous();
  return id === undefined ? null : (evidence.links.get(id) ?? null);

  function previous() {
    if (change.kind !== "row" || change.previousExternalId === undefined) return undefined;
    return evidence.linkAt.get(rowKey(binding, change.previousExternalId));
  }
}
