import type { Transaction } from "../../db/client.ts";
import type { Batch } from "../connectors/connector.ts";
import type { BindingId, EntityId } from "../core/ids.ts";
import type { BindingRules, CompiledMap } from "../core/plan/compile-map.ts";
import { reconcileBatch } from "../core/reconcile/reconcile-batch.ts";
import { namesMoved } from "../core/reconcile/row-names.ts";
import { type Changes, rowKey, type World } from "../core/reconcile/world.ts";
import type { AuditHead } from "../storage/audit.ts";
import { commitChanges } from "../storage/changes.ts";
import type { Lease } from "../storage/leases.ts";
import type { Mark, Written } from "../storage/record-cache.ts";
import { findReferring, type RowAgain, wakeAwaiting } from "../storage/references.ts";
import type { RowRef } from "../storage/world.ts";
import type { EngineContext } from "./context.ts";
import { loadEvidence, type Sought, seekRows } from "./evidence.ts";
import { freesUnique } from "./frees-unique.ts";
import { markSeen } from "./mark-seen.ts";
import { loadMass } from "./mass-evidence.ts";
import { type MassNotes, noteMass } from "./mass-questions.ts";
import { noteRenamed } from "./moved-references.ts";
import type { BoundChange } from "./observe.ts";
import { observeRows } from "./observe-rows.ts";
import { findWaiting, mayHaveWaited } from "./waiting-rows.ts";

export type Recording = {
  readonly lease: Lease;
  readonly system: string;
  readonly map: CompiledMap;
  readonly run: string;
  /** Objects whose rows are not decided now: "system\nobject". */
  readonly drifted: ReadonlySet<string>;
};

export type Total = MassNotes & {
  /** Leases under which something became due; all of them may have when `wakesAll`. */
  readonly partitions: Set<string>;
  wakesAll: boolean;
  readonly counts: Record<string, number>;
  /** What was written over what, in its order. */
  readonly written: Written[];
  /** The transaction; null where what it writes may yet be undone, so that nothing is recalled. */
  readonly mark: Mark | null;
  /** The end of the audit chain, held by this transaction. */
  readonly head: AuditHead;
  /** A value may have been given up that must be unique in its system. */
  mayFree: boolean;
  /** A row without a link was decided: it may have waited to be matched, and waits no more. */
  mayBeMatched: boolean;
  /** Statements that are under way, not waited for as long as nothing else is to be read. */
  readonly pending: Promise<unknown>[];
};

/** Waits for what is under way: whoever asks the database next sees it, or its error. */
export async function settleChanges({ pending }: Total): Promise<void> {
  await Promise.all(pending.splice(0));
}

export type Scene = {
  readonly now: string;
  readonly loaded: World["loaded"];
  readonly forgotten: NonNullable<World["forgotten"]>;
  readonly clocks: World["clocks"];
};

export type Segment = Scene & {
  /** By `massKey`: places where all of it waits for a person. */
  readonly whole?: ReadonlySet<string>;
  readonly recording: Recording;
  readonly batch: Batch;
  readonly total: Total;
};

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
  sought?: Sought,
): Promise<void> {
  const { recording, batch, total } = segment;
  const seenIn = batch.kind === "snapshot" ? recording.run : null;
  await settleChanges(total);
  if (seenIn !== null) await markSeen(tx, rows, seenIn);
  const decided = await decide(tx, context, segment, { rows, seenIn, sought });
  if (decided !== null) await goOn(tx, context, segment, decided);
}

/** Decides rows once more as they were told last, because what they refer to has come. */
export async function decideAgain(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  rows: readonly RowAgain[],
): Promise<void> {
  const told = rows.flatMap((row) => toldAgain(segment.recording.map, row));
  // The first read that is under way here has not seen them.
  const again = { rows: told, seenIn: null, isAgain: true };
  const decided = await decide(tx, context, segment, again);
  if (decided !== null) await goOn(tx, context, segment, decided);
}

/** Decides what waited for what was decided, until nothing more goes on. */
async function goOn(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  first: Decided,
): Promise<void> {
  let decided: Decided | null = first;
  while (decided !== null) {
    const rows = await rowsToGoOn(tx, segment, decided);
    if (rows.length === 0) return;
    decided = await decide(tx, context, segment, { rows, seenIn: null, isAgain: true });
  }
}

type Decided = { readonly before: World; readonly changes: Changes };

/** Rows that waited for what a batch has decided, and are decided now. */
async function rowsToGoOn(
  tx: Transaction,
  segment: Segment,
  { before, changes }: Decided,
): Promise<BoundChange[]> {
  const { recording, total } = segment;
  const rows: BoundChange[] = [];
  if (mayHaveWaited(recording.map, changes)) {
    await settleChanges(total);
    rows.push(...(await rowsThatWaited(tx, recording, changes)));
  }
  await noteRenamed(tx, segment, { before, changes });
  const made = newlyLinked(recording, before, changes);
  if (made.length > 0) {
    await settleChanges(total);
    if (await wakeAwaiting(tx, made, segment.now)) wakeAll(total);
    const referring = await findReferring(tx, recording.system, made);
    rows.push(...referring.flatMap((row) => toldAgain(recording.map, row)));
  }
  return rows;
}

/** Rows that are records by what was decided, or are named otherwise, to which others refer. */
function newlyLinked({ map }: Recording, before: World, { links }: Changes) {
  if (map.referredTo.size === 0) return [];
  return [...links.values()].flatMap((link) => {
    const { id, binding, externalId, record, state } = link;
    const rules = map.bindings.get(binding);
    if (rules === undefined) return [];
    const was = before.links.get(id);
    const { left, got } = namesMoved(rules, was, link);
    // What several had may lead to one alone by what one of them gave up.
    const named = [...got, ...left].map(({ space, name }) => ({
      ...{ binding: space, externalId: name, record },
    }));
    if (externalId === null || state !== "live") return named;
    const isKnown = was?.state === "live" && was.externalId === externalId && was.record === record;
    const isNews = !isKnown && map.referredTo.has(rules.binding.entity as EntityId);
    return isNews ? [{ binding, externalId, record }, ...named] : named;
  });
}

/** A row as it was last told. */
function toldAgain(
  map: CompiledMap,
  { binding, externalId, columns, position }: RowAgain,
): BoundChange[] {
  const rules = map.bindings.get(binding as BindingId);
  if (rules === undefined) return [];
  const { object } = rules.binding;
  const told = { kind: "row", operation: "snapshot", transaction: null, at: null } as const;
  return [{ rules, change: { ...told, object, externalId, columns, position } }];
}

/** Whichever deliveries there are, they may have work. */
export function wakeAll(total: Total): void {
  total.topics.add("deliveries");
  total.wakesAll = true;
}

type Told = {
  readonly rows: readonly BoundChange[];
  /** The enumeration that sees these rows; null outside one. */
  readonly seenIn: string | null;
  readonly sought?: Sought | undefined;
  /** They are decided once more as they were told last. */
  readonly isAgain?: boolean;
};

async function decide(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  { rows, seenIn, sought, isAgain = false }: Told,
): Promise<Decided | null> {
  const { recording, batch, total } = segment;
  const { mark } = total;
  const recalled = mark === null ? null : { cache: context.records, mark };
  const place = sought ?? (await seekRows(tx, recording.system, rows, context.records));
  const evidence = await loadEvidence(tx, { map: recording.map, recalled }, rows, place);
  const observations = observeRows(rows, evidence, batch.kind === "snapshot" || isAgain);
  if (observations.length === 0) return null;
  const whole = segment.whole ?? NOTHING_WHOLE;
  const enumeration = batch.kind === "snapshot" ? recording.run : null;
  const found = { linkAt: evidence.linkAt, links: evidence.links };
  const mass = await loadMass(tx, {
    ...{ map: recording.map, found, observations, run: enumeration, whole },
  });
  const world: World = {
    ...(mass !== undefined && { mass }),
    map: recording.map,
    now: segment.now,
    loaded: segment.loaded,
    forgotten: segment.forgotten,
    clocks: segment.clocks,
    ...evidence,
  };
  const changes = reconcileBatch(world, observations, () => context.ids.next());
  const audit = { stream: recording.lease.partition, head: total.head };
  const written = commitChanges(tx, changes, { world, audit, run: recording.run, seenIn });
  // Whoever waits for it next hears of its failure; until then nobody may be surprised by it.
  written.done.catch(() => undefined);
  total.pending.push(written.done);
  for (const topic of written.topics) total.topics.add(topic);
  for (const partition of written.partitions) total.partitions.add(partition);
  const decided = { before: world, changes };
  total.written.push(decided);
  noteMass(total, world, changes);
  if (observations.some((one) => freesUnique(recording.map, one))) total.mayFree = true;
  const isStrange = (row: RowRef) => !evidence.linkAt.has(rowKey(row.binding, row.externalId));
  if (observations.some(isStrange)) total.mayBeMatched = true;
  add(total.counts, "decided", observations.length);
  add(total.counts, "conflicts", [...changes.conflicts.values()].filter(isOpen).length);
  add(total.counts, "quarantined", changes.quarantined.length);
  // Rows of ours that the system's log has told: written, whatever our call heard.
  add(total.counts, "written", changes.explained.size);
  return decided;
}

const NOTHING_WHOLE: ReadonlySet<string> = new Set();

/** Rows of any system that matched nobody until now, to be decided as they were last told. */
async function rowsThatWaited(
  tx: Transaction,
  { map }: Recording,
  changes: Changes,
): Promise<BoundChange[]> {
  const rows: BoundChange[] = [];
  for (const { binding, externalId, ...row } of await findWaiting(tx, changes)) {
    const rules = map.bindings.get(binding as BindingId);
    if (rules === undefined) continue;
    const { object } = rules.binding;
    const told = { kind: "row" as const, operation: "snapshot" as const, transaction: null };
    rows.push({ rules, change: { ...row, ...told, object, externalId } });
  }
  return rows;
}

const isOpen = ({ state }: { state: string }) => state === "open";

export function add(counts: Record<string, number>, name: string, count: number): void {
  if (count > 0) counts[name] = (counts[name] ?? 0) + count;
}
