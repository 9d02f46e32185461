import { hostname } from "node:os";
import type { SystemId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import { loadReachableSystems } from "../storage/current-map.ts";
import { DELIVERY_PARTITIONS, deliveryPartition } from "../storage/delivery-partitions.ts";
import {
  heartbeat,
  heldLeases,
  type Lease,
  releaseLease,
  sayFarewell,
  takeLeases,
} from "../storage/leases.ts";
import { CHANNEL } from "../storage/notify.ts";
import type { EngineContext } from "./context.ts";
import { passingCode } from "./hub-failures.ts";
import type { MapCache } from "./map-cache.ts";
import { boundObjects } from "./read-objects.ts";
import { createWake, type Wake } from "./wake.ts";
import { runCapture, runDelivery, type Task } from "./worker.ts";

export type Engine = {
  /** Rejects when a bug of ours stopped a task: the process must end and be started anew. */
  readonly failed: Promise<never>;
  /** Ends all work at the next safe place and lets the leases go. */
  stop(): Promise<void>;
};

type Held = { readonly lease: Lease; readonly stop: AbortController; readonly done: Promise<void> };

/**
 * Runs one engine: it shares the partitions of all systems with the other live engines, and works
 * on those that it holds.
 */
export async function startEngine(context: EngineContext, maps: MapCache): Promise<Engine> {
  const stop = new AbortController();
  const wakes: Wakes = { capture: createWake(), leases: createWake(), deliveries: new Map() };
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  const held = new Map<string, Held>();
  const listening = await context.sql.listen(CHANNEL, (payload) => onNews(payload, maps, wakes));
  const state: State = { context, maps, wakes, held, fail: failure.reject };
  const ticking = keepLeases(state, stop.signal).catch((error) => {
    context.log.error("The engine cannot go on.", { error: String(error) });
    failure.reject(error);
  });
  return {
    failed: failure.promise,
    async stop() {
      stop.abort();
      await ticking;
      await Promise.all([...held.values()].map((task) => endTask(state, task)));
      await sayFarewell(context.sql, context.id);
      await listening.unlisten();
    },
  };
}

type Wakes = {
  readonly capture: Wake;
  /** The systems or the map have changed: there may be other leases to take. */
  readonly leases: Wake;
  /** By partition. */
  readonly deliveries: Map<string, Wake>;
};

function deliveryWake({ deliveries }: Wakes, partition: string): Wake {
  const known = deliveries.get(partition);
  if (known !== undefined) return known;
  const made = createWake();
  deliveries.set(partition, made);
  return made;
}

type State = {
  readonly context: EngineContext;
  readonly maps: MapCache;
  readonly wakes: Wakes;
  readonly held: Map<string, Held>;
  readonly fail: (error: unknown) => void;
};

function onNews(payload: string, maps: MapCache, wakes: Wakes): void {
  const { topics, partitions } = readNews(payload);
  const isNew = topics.includes("maps") || topics.includes("systems");
  if (isNew) {
    maps.invalidate();
    wakes.capture.call();
    wakes.leases.call();
  }
  if (topics.includes("inbox")) wakes.capture.call();
  if (!isNew && !topics.includes("deliveries")) return;
  const isNamed = !isNew && partitions.length > 0;
  for (const [partition, wake] of wakes.deliveries) {
    if (!isNamed || partitions.includes(partition)) wake.call();
  }
}

type Payload = { readonly topics?: unknown; readonly partitions?: unknown };

function readNews(payload: string): { topics: unknown[]; partitions: unknown[] } {
  const listOf = (value: unknown) => (Array.isArray(value) ? value : []);
  try {
    const told = JSON.parse(payload) as Payload;
    return { topics: listOf(told.topics), partitions: listOf(told.partitions) };
  } catch {
    return { topics: [], partitions: [] };
  }
}

async function keepLeases(state: State, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const seen = state.wakes.leases.count();
    try {
      await tendLeases(state);
    } catch (error) {
      // Leases that are not renewed end by themselves: whoever works under one hears of it.
      const code = passingCode(error);
      if (code === null) throw error;
      state.context.log.warn("The hub's database did not answer.", { code });
    }
    await state.wakes.leases.wait(seen, LIMITS.leaseHeartbeatMs, signal);
  }
}

async function tendLeases(state: State): Promise<void> {
  const { context, held } = state;
  const self = { id: context.id, pid: process.pid, host: hostname() };
  const { alive } = await heartbeat(context.sql, self, LIMITS.leaseMs);
  const wanted = await wantedPartitions(state);
  const still = new Set((await heldLeases(context.sql, context.id)).map(nameOf));
  for (const task of [...held.values()]) {
    if (!still.has(nameOf(task.lease)) || !wanted.includes(task.lease.partition)) {
      await endTask(state, task);
    }
  }
  const share = Math.ceil(wanted.length / Math.max(alive, 1));
  const surplus = [...held.values()].slice(share);
  for (const task of surplus) await endTask(state, task);
  const count = share - held.size;
  const free = wanted.filter((partition) => !held.has(partition));
  const options = { wanted: free, count, leaseMs: LIMITS.leaseMs };
  for (const lease of await takeLeases(context.sql, context.id, options)) startTask(state, lease);
}

const nameOf = ({ partition, epoch }: Lease) => `${partition}\n${epoch}`;

/** What there is to do for all engines together, the reading of each system first. */
async function wantedPartitions({ context, maps }: State): Promise<string[]> {
  const map = await maps.current();
  if (map === null) return [];
  const systems = await loadReachableSystems(context.sql);
  const bound = systems.filter(({ id }) => boundObjects(map, id).length > 0);
  const reads = bound.filter((s) => !s.readingPaused).map(({ id }) => `capture:${id}`);
  const writes = bound
    .filter((s) => !s.writingPaused)
    .flatMap(({ id }) =>
      Array.from({ length: DELIVERY_PARTITIONS }, (_, number) => deliveryPartition(id, number)),
    );
  return [...reads, ...writes];
}

function startTask(state: State, lease: Lease): void {
  const stop = new AbortController();
  const [kind, system = "", partition] = lease.partition.split(":");
  const { context, wakes } = state;
  const task: Omit<Task, "wake"> = {
    lease,
    system: system as SystemId,
    maps: state.maps,
    changed: wakes.leases,
    signal: stop.signal,
  };
  const work =
    kind === "capture"
      ? runCapture(context, { ...task, wake: wakes.capture })
      : runDelivery(
          context,
          { ...task, wake: deliveryWake(wakes, lease.partition) },
          Number(partition),
        );
  const done = work
    .catch((error) => {
      context.log.error("A task ended by a bug.", { lease: lease.partition, error: String(error) });
      state.fail(error);
    })
    .finally(() => {
      if (state.held.get(lease.partition)?.lease === lease) state.held.delete(lease.partition);
    });
  state.held.set(lease.partition, { lease, stop, done });
}

async function endTask(state: State, task: Held): Promise<void> {
  task.stop.abort();
  await task.done;
  await releaseLease(state.context.sql, state.context.id, task.lease);
}
