import type { Transaction } from "../../../db/client.ts";
import type { Row } from "../../connectors/connector.ts";
import { asId, type SystemId } from "../../core/ids.ts";
import type { Unread } from "../../core/impact/impact.ts";
import { LIMITS } from "../../core/limits.ts";
import { EMPTY_MAP } from "../../core/map/document.ts";
import { entitiesToRekey } from "../../core/map/rekeyed.ts";
import type { CompiledMap } from "../../core/plan/compile-map.ts";
import type { Position } from "../../core/position.ts";
import { FailureError } from "../../core/run/failure.ts";
import { forgetLoaded, loadCapture } from "../../storage/captures.ts";
import { DELIVERY_PARTITIONS, deliveryPartition } from "../../storage/delivery-partitions.ts";
import { holdAllLeases, readUpTo } from "../../storage/preview.ts";
import { SEEN } from "../../storage/preview-tables.ts";
import type { EngineContext } from "../context.ts";
import { readObjects } from "../read-objects.ts";
import { recordBatch, recordReferring } from "../record.ts";
import { unreadObjects } from "../shape.ts";
import type { OwnRecords } from "./own-records.ts";
import type { Progress } from "./progress.ts";
import { changeOf, countToRead, gathered, isKnown, type ReadAgain } from "./read-again.ts";
import type { Sample } from "./sample.ts";

export type Deciding = {
  readonly context: EngineContext;
  readonly tx: Transaction;
  /** The live version; null before the first one. */
  readonly live: CompiledMap | null;
  /** The one that is previewed. */
  readonly map: CompiledMap;
  readonly drifted: ReadonlySet<string>;
  /** What was decided, as it is known without being read again. */
  readonly own: OwnRecords;
  /** The records that are looked at; null: all of them. */
  readonly sample: Sample | null;
  readonly progress: Progress;
};

export type Decided = {
  /** By system, how many rows were read again. */
  readonly reads: ReadonlyMap<string, number>;
  readonly unread: readonly Unread[];
};

/**
 * Decides what the engine decides once a version is live: it reads every object whole whose rows
 * mean something else by it, and then what waited for them.
 */
export async function decideAll(of: Deciding): Promise<Decided> {
  const systems = of.map.document.systems.map(({ id }) => id);
  await holdAllLeases(of.tx, systems.flatMap(partitionsOf));
  const reads = new Map<string, number>();
  const unread: Unread[] = [];
  const all: ReadAgain[] = [];
  for (const system of systems) all.push(...(await toReadAgain(of, system)));
  const counts = new Map<ReadAgain, number>();
  for (const again of all) counts.set(again, await countToRead(of.tx, again));
  of.progress.begin(
    "deciding",
    [...counts.values()].reduce((sum, count) => sum + count, 0),
  );
  for (const again of all) {
    const before = reads.get(again.system) ?? 0;
    const read = await readOne(of, again, unread);
    reads.set(again.system, before + read);
  }
  for (const system of systems) {
    const recording = recordingOf(of, system, of.context.ids.next());
    const told = await readUpTo(of.tx, system);
    while (await recordReferring(of.context, recording, told)) of.progress.check();
  }
  return { reads, unread };
}

function partitionsOf(system: string): string[] {
  const parts = [...Array(DELIVERY_PARTITIONS).keys()];
  return [`capture:${system}`, ...parts.map((part) => deliveryPartition(system, part))];
}

async function toReadAgain(of: Deciding, system: string) {
  const { tx, map, live, drifted } = of;
  const rekeyed = entitiesToRekey(live?.document ?? EMPTY_MAP, map.document);
  const state = await loadCapture(tx, system);
  const unread = unreadObjects(map, system, readObjects(map, system, drifted), state);
  await forgetLoaded(tx, system, unread);
  return unread.map((object): ReadAgain => {
    const bindings = [...map.bindings.values()].filter(
      ({ binding }) => binding.system === system && binding.object === object,
    );
    const known = isKnown(live, bindings, object in state.loaded);
    const isRekeyed = bindings.some(({ binding }) =>
      rekeyed.some(({ id }) => id === binding.entity),
    );
    return { system, object, bindings, isKnown: known, isRekeyed };
  });
}

/**
 * Reads one object and decides its rows. Where its system must be asked and does not answer, what
 * the hub knows of it stands for it.
 * @returns how many rows it had
 */
async function readOne(of: Deciding, again: ReadAgain, unread: Unread[]): Promise<number> {
  const { system, object } = again;
  const decide = await decider(of, again);
  if (again.isKnown) return await decide(gathered(of.tx, again));
  try {
    const session = await of.context.openSession(system);
    try {
      return await decide(session.readAll(object, LIMITS.batchObservationsMax));
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    unread.push({ system, object, why: error.failure.detail });
    return await decide(gathered(of.tx, again));
  }
}

async function decider(of: Deciding, again: ReadAgain) {
  const { system, object } = again;
  const position = await readUpTo(of.tx, system);
  const run = again.isKnown ? SEEN : of.context.ids.next();
  const recording = recordingOf(of, system, run);
  const record = async (rows: readonly Row[], last: boolean) => {
    of.progress.check();
    const changes = rows.map((row) => changeOf(object, position as Position, row));
    const batch = { kind: "snapshot" as const, object, changes, position, last };
    await recordBatch(of.context, recording, batch);
    await of.own.settle(of.tx);
    of.progress.add(rows.length);
  };
  return async (pages: AsyncIterable<Row[]>): Promise<number> => {
    let count = 0;
    for await (const page of pages) {
      const told = { rows: page, run };
      const rows = of.sample === null ? page : await of.sample.rowsIn(of.tx, again, told);
      count += rows.length;
      await record(rows, false);
    }
    await record([], true);
    return count;
  };
}

function recordingOf({ map, drifted }: Deciding, system: string, run: string) {
  const lease = { partition: `capture:${system}`, epoch: 1 };
  return { lease, system: asId<SystemId>(system), map, run, drifted };
}
