import type { Transaction } from "../../db/client.ts";
import type { Batch } from "../connectors/connector.ts";
import type { BindingId } from "../core/ids.ts";
import type { LiveTopic } from "../core/live-topics.ts";
import type { BindingRules, CompiledMap } from "../core/plan/compile-map.ts";
import { reconcileBatch } from "../core/reconcile/reconcile-batch.ts";
import type { Changes, World } from "../core/reconcile/world.ts";
import type { AuditHead } from "../storage/audit.ts";
import { commitChanges } from "../storage/changes.ts";
import type { Lease } from "../storage/leases.ts";
import type { Mark, Written } from "../storage/record-cache.ts";
import { findUnmatched } from "../storage/unmatched-rows.ts";
import { claimMatching } from "../storage/world.ts";
import type { EngineContext } from "./context.ts";
import { loadEvidence, type Sought, seekRows } from "./evidence.ts";
import { markSeen } from "./mark-seen.ts";
import type { BoundChange } from "./observe.ts";
import { observeRows } from "./observe-rows.ts";

export type Recording = {
  readonly lease: Lease;
  readonly system: string;
  readonly map: CompiledMap;
  readonly run: string;
  /** Objects whose rows are not decided now: "system\nobject". */
  readonly drifted: ReadonlySet<string>;
};

export type Total = {
  readonly topics: Set<LiveTopic>;
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
  let changes = await decide(tx, context, segment, { rows, seenIn, sought });
  while (changes !== null && mayHaveWaited(recording, changes)) {
    await settleChanges(total);
    const waiting = await rowsThatWaited(tx, recording, changes);
    if (waiting.length === 0) return;
    // Rows of other systems: the first read that is under way here has not seen them.
    changes = await decide(tx, context, segment, { rows: waiting, seenIn: null });
  }
}

type Told = {
  readonly rows: readonly BoundChange[];
  /** The enumeration that sees these rows; null outside one. */
  readonly seenIn: string | null;
  readonly sought?: Sought | undefined;
};

async function decide(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  { rows, seenIn, sought }: Told,
): Promise<Changes | null> {
  const { recording, batch, total } = segment;
  const { mark } = total;
  const known = mark === null ? null : { cache: context.records, mark };
  const found = sought ?? (await seekRows(tx, recording.system, rows));
  const evidence = await loadEvidence(tx, rows, found, known);
  const observations = observeRows(rows, evidence, batch.kind === "snapshot");
  if (observations.length === 0) return null;
  const world: World = {
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
  total.written.push({ before: world, changes });
  add(total.counts, "decided", observations.length);
  add(total.counts, "conflicts", [...changes.conflicts.values()].filter(isOpen).length);
  add(total.counts, "quarantined", changes.quarantined.length);
  // Rows of ours that the system's log has told: written, whatever our call heard.
  add(total.counts, "written", changes.explained.size);
  return changes;
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
  const byEntity = new Map<string, { key: string; value: string }[]>();
  for (const [record, held] of keys) {
    const entity = records.get(record)?.entity;
    if (entity !== undefined) byEntity.set(entity, [...(byEntity.get(entity) ?? []), ...held]);
  }
  const rows: BoundChange[] = [];
  // Their own captures may be telling them at this moment: whoever comes second sees the other.
  await claimMatching(tx, [...byEntity.keys()]);
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

/** Only where rows may match nobody is there anything to wait; and only new keys let it go on. */
function mayHaveWaited({ map }: Recording, { keys }: Changes): boolean {
  return keys.size > 0 && [...map.bindings.values()].some(({ binding }) => !binding.createsRecords);
}

const isOpen = ({ state }: { state: string }) => state === "open";

export function add(counts: Record<string, number>, name: string, count: number): void {
  if (count > 0) counts[name] = (counts[name] ?? 0) + count;
}
