import type { Sql } from "../../../db/client.ts";
import type { Session } from "../../connectors/connector.ts";
import type { MemoryHooks } from "../../connectors/memory/hooks.ts";
import { memoryConnector, memoryReadConnector } from "../../connectors/memory/memory.ts";
import type { MemorySystem } from "../../connectors/memory/system.ts";
import type { SystemId } from "../../core/ids.ts";
import { createIdSource } from "../../platform/ids.ts";
import { createLog } from "../../platform/log.ts";
import { createSeededRandom } from "../../platform/random.ts";
import { heldLeases, type Lease, takeLeases } from "../../storage/leases.ts";
import { RecordCache } from "../../storage/record-cache.ts";
import type { EngineContext } from "../context.ts";
import { createMapCache, type MapCache } from "../map-cache.ts";
import { OwnCalls } from "../own-calls.ts";
import type { Wake } from "../wake.ts";
import { runCapture, runDelivery, type Task } from "../worker.ts";
import type { Dice } from "./dice.ts";
import {
  brokenConnection,
  type Fate,
  fateAt,
  isInsideTransaction,
  type Weather,
} from "./faults.ts";
import type { Fiber, Fibers } from "./fibers.ts";
import type { Tally } from "./tally.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What all engines of a run share. */
export type Stage = {
  readonly sql: Sql;
  readonly dice: Dice;
  readonly clock: VirtualClock;
  readonly fibers: Fibers;
  readonly systems: ReadonlyMap<string, MemorySystem>;
  weather: Weather;
  /** What happens at a place where something could go wrong; without it the dice say. */
  readonly fate?: (place: string, mayFail: boolean) => Fate;
  /** What dead engines left open in systems that have not noticed yet. */
  readonly orphans: (() => void)[];
  readonly tally: Tally;
  tell(sentence: string): void;
};

/** An engine that a run has started: the real tasks on leases, in virtual time. */
export type SimulatedEngine = {
  readonly id: string;
  readonly isAlive: boolean;
  /** Takes free partitions, at most so many, and gives up what it has lost. */
  tend(wanted: readonly string[], countMax: number): Promise<void>;
  /** The process is gone from one moment to the next. */
  die(): void;
  /** What tasks ended with that should never have ended so. */
  bugs(): unknown[];
};

/** Long enough that no lease ends by itself: a run ends them by hand. */
const LEASE_MS = 3_600_000;

type Held = { readonly lease: Lease; readonly stop: AbortController; readonly fiber: Fiber };

export function startSimulatedEngine(stage: Stage, id: string, seed: number): SimulatedEngine {
  const life = { isAlive: true };
  const held = new Map<string, Held>();
  const tasks: Fiber[] = [];
  const die = () => {
    if (!life.isAlive) return;
    life.isAlive = false;
    stage.tell(`${id} dies.`);
    for (const fiber of [...stage.fibers.all]) {
      // The one that runs hangs by itself, where it is.
      if (fiber.owner === id && fiber.parking !== null) stage.fibers.drop(fiber);
    }
    // Now and then the target notices only later that nobody is there any more.
    if (stage.fate === undefined && stage.dice.chance(0.3))
      stage.orphans.push(...closers.splice(0));
    else for (const close of closers.splice(0)) close();
  };
  const closers: (() => void)[] = [];
  const point = (place: string, mayFail: boolean) => stop(stage, { id, life, die }, place, mayFail);
  const alive = async () => {
    if (!life.isAlive) await stage.fibers.hang();
  };
  const context = contextOf(stage, { id, seed, point, closers, alive });
  const maps = createMapCache(context);
  return {
    id,
    get isAlive() {
      return life.isAlive;
    },
    die,
    bugs: () => tasks.flatMap(({ error }) => (error === undefined ? [] : [error])),
    async tend(wanted, countMax) {
      const still = await heldLeases(stage.sql, id);
      for (const [partition, task] of held) {
        if (
          still.some(({ epoch, ...l }) => l.partition === partition && epoch === task.lease.epoch)
        )
          continue;
        stage.tell(`${id} notices that it has lost ${partition}.`);
        task.stop.abort();
        held.delete(partition);
      }
      const free = wanted.filter((partition) => !held.has(partition));
      const options = { wanted: free, count: countMax - held.size, leaseMs: LEASE_MS };
      for (const lease of await takeLeases(stage.sql, id, options)) {
        stage.tell(`${id} takes ${lease.partition} (epoch ${lease.epoch}).`);
        const task = await startTask(stage, context, { maps, lease, alive });
        held.set(lease.partition, task);
        tasks.push(task.fiber);
      }
    },
  };
}

/** Places after a call that was carried out. */
const UNANSWERED: ReadonlySet<string> = new Set(["write after", "commit after"]);

type Life = { readonly id: string; readonly life: { isAlive: boolean }; readonly die: () => void };

/** A place where the plan may hold an engine up, kill it, or break its connection. */
async function stop(stage: Stage, engine: Life, place: string, mayFail: boolean): Promise<void> {
  if (!engine.life.isAlive) return await stage.fibers.hang();
  const drawn = (): Fate => fateAt(stage.dice, stage.weather, place, mayFail);
  const fate: Fate = stage.fate === undefined ? drawn() : stage.fate(place, mayFail);
  switch (fate) {
    case "go-on":
      return;
    case "crash":
      stage.tally.strike("crash");
      stage.tell(`${engine.id} stops dead: ${stage.fibers.current.name}, ${place}.`);
      engine.die();
      // A transaction of the hub ends with its process, so it must end here too.
      if (isInsideTransaction(place)) throw brokenConnection();
      return await stage.fibers.hang();
    case "fail":
      stage.tally.strike(UNANSWERED.has(place) ? "lost-answer" : "fail");
      stage.tell(`A connection breaks: ${stage.fibers.current.name}, ${place}.`);
      throw brokenConnection();
    case "stall":
      stage.tally.strike("stall");
      stage.tell(`${stage.fibers.current.name} is held up: ${place}.`);
      await stage.fibers.park({ label: place, kind: "stall", wakeAt: 0 });
      if (!engine.life.isAlive) await stage.fibers.hang();
  }
}

type ContextParts = {
  readonly id: string;
  readonly seed: number;
  readonly point: (place: string, mayFail: boolean) => Promise<void>;
  readonly closers: (() => void)[];
  /** Whoever is dead goes no further. */
  readonly alive: () => Promise<void>;
};

function contextOf(stage: Stage, parts: ContextParts): EngineContext {
  const { id, seed, point, closers, alive } = parts;
  const random = createSeededRandom(seed);
  const clock = stage.clock.as(async (ms) => {
    const wakeAt = stage.clock.nowMs() + ms;
    await stage.fibers.park({ label: "sleep", kind: "sleep", wakeAt });
  });
  const log = createLog({ clock, level: "error", format: "text", write: stage.tell });
  return {
    id,
    sql: stage.sql,
    clock,
    random,
    ids: createIdSource(clock, random),
    log,
    records: new RecordCache(),
    calls: new OwnCalls(),
    openSession: async (name) => {
      await alive();
      const system = stage.systems.get(name);
      if (system === undefined) throw new Error(`There is no system ${name}.`);
      const connect = system.options.reads === undefined ? memoryConnector : memoryReadConnector;
      const session = await connect(system, hooksOf(stage, system, point)).open({}, "sim");
      closers.push(() => void abandon(session));
      return session;
    },
    step: (name) => point(name, false),
  };
}

/** The target notices that the connection is gone, and undoes what was not committed. */
async function abandon(session: Session): Promise<void> {
  await session.close();
}

/** Steps of a memory system that fail with the connection: all that a person could cut. */
function hooksOf(stage: Stage, system: MemorySystem, point: ContextParts["point"]): MemoryHooks {
  return {
    async step(name, phase) {
      if (phase === "after") noteHabits(stage, system, name);
      if ((name === "next" || name === "changed") && phase === "before") {
        await stage.fibers.park({ label: "next", kind: "yield", wakeAt: 0 });
      }
      await point(`${name} ${phase}`, true);
    },
    async travel(ms) {
      const wakeAt = stage.clock.nowMs() + ms;
      await stage.fibers.park({ label: "travel", kind: "sleep", wakeAt });
    },
  };
}

/** What a system's habits do to a call. */
function noteHabits({ tally }: Stage, { options, knowsOutcomes }: MemorySystem, name: string) {
  if (name === "capture" && options.redelivers !== undefined) tally.strike("told-again");
  if (name === "outcome" && !knowsOutcomes) tally.strike("outcome-forgotten");
  if (name === "write" && options.writesAtOnce === true) tally.strike("written-at-once");
}

async function startTask(
  stage: Stage,
  context: EngineContext,
  parts: { readonly maps: MapCache; readonly lease: Lease; readonly alive: () => Promise<void> },
): Promise<Held> {
  const { maps, lease } = parts;
  const stop = new AbortController();
  const [kind, system = "", partition] = lease.partition.split(":");
  const wake = virtualWake(stage, parts.alive);
  const task: Task = {
    lease,
    system: system as SystemId,
    maps,
    signal: stop.signal,
    ...{ wake, changed: wake },
  };
  const name = `${context.id} ${lease.partition}`;
  const work = () =>
    kind === "capture" ? runCapture(context, task) : runDelivery(context, task, Number(partition));
  const fiber = await stage.fibers.start(name, context.id, work);
  return { lease, stop, fiber };
}

/** Everybody may be woken at any time; whoever waits looks again and finds work or none. */
function virtualWake(stage: Stage, alive: () => Promise<void>): Wake {
  return {
    count: () => 0,
    call: () => undefined,
    async wait(_seen, ms, signal) {
      await alive();
      if (signal.aborted) return;
      const wakeAt = stage.clock.nowMs() + ms;
      await stage.fibers.park({ label: "wait", kind: "yield", wakeAt });
    },
  };
}
