import { type Hub, openHub } from "../../../db/client.ts";
import { type MemoryReads, MemorySystem } from "../../connectors/memory/system.ts";
import { LIMITS } from "../../core/limits.ts";
import { ObjectSchema } from "../../core/map/object-schema.ts";
import { emptyHub } from "./empty-hub.ts";
import { type Fate, isInsideTransaction } from "./faults.ts";
import { auditReader } from "./oracle/view-hub.ts";
import { type Played, playScript, type Script } from "./player.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";
import { eventsOf } from "./world-events.ts";
import type { World, WorldFault, WorldObject, WorldReads, WorldSystem } from "./world-file.ts";
import { adjusted, habitsOf } from "./world-traits.ts";

/** Plays a world on a hub of its own. @param url its tables are emptied first */
export async function playWorld(url: string, world: World) {
  const hub = openHub(url, 4);
  try {
    const { systems, played, faultsLeft } = await standWorld(hub, world);
    return await resultOf(hub, systems, played, faultsLeft);
  } finally {
    await hub.close();
  }
}

export type Stood = {
  readonly systems: ReadonlyMap<string, MemorySystem>;
  readonly played: Played;
  readonly faultsLeft: readonly WorldFault[];
};

/**
 * Sets a world up and plays it. @param how.look looks after every turn · how.unchecked: a map that
 * could not be published is played too
 */
export async function standWorld(
  hub: Hub,
  world: World,
  how: {
    readonly look?: (systems: Stood["systems"]) => Script["look"];
    readonly unchecked?: boolean;
  } = {},
): Promise<Stood> {
  await emptyHub(hub.sql);
  const clock = createVirtualClock();
  const systems = new Map(
    Object.entries(world.systems).map(([id, system]) => [id, systemOf(system, clock)]),
  );
  const faults = new Faults(world.faults);
  const look = how.look?.(systems);
  const played = await playScript({
    ...{ hub, clock, systems, document: world.map, events: eventsOf(world) },
    connectedAt: new Map(
      Object.entries(world.systems).map(([id, { connectedAt }]) => [id, connectedAt]),
    ),
    fateAt: (step, place) => faults.at(step, place),
    unchecked: how.unchecked ?? false,
    ...(look === undefined ? {} : { look }),
  });
  return { systems, played, faultsLeft: faults.left };
}

/** Which faults there are still to be, and how often each place was come to. */
class Faults {
  left: readonly WorldFault[];
  readonly #times = new Map<string, number>();

  constructor(faults: readonly WorldFault[]) {
    this.left = faults;
  }

  at(step: number, place: string): Fate {
    const times = (this.#times.get(place) ?? 0) + 1;
    this.#times.set(place, times);
    const fault = this.left.find(
      (one) => one.step === step || (one.place === place && one.time === times),
    );
    if (fault === undefined) return "go-on";
    this.left = this.left.filter((one) => one !== fault);
    return fault.do === "stall" && isInsideTransaction(place) ? "go-on" : fault.do;
  }
}

function systemOf({ objects, traits }: WorldSystem, clock: VirtualClock): MemorySystem {
  const { redelivers, forgetsOutcomes, writesAtOnce, callsTake, unconditional } = traits;
  const system = new MemorySystem({
    objects: Object.entries(objects).map(([name, object]) => schemaOf(name, object)),
    now: clock.stamp,
    adjust: (object, columns) => adjusted(traits, object, columns),
    habits: habitsOf(traits),
    ...{ forgetsOutcomes, writesAtOnce, callMs: callsTake, isUnconditional: unconditional },
    transactionMsMax: LIMITS.callTimeoutMs,
    ...(redelivers === undefined ? {} : { redelivers }),
    ...(traits.reads === undefined ? {} : { reads: readsOf(traits.reads) }),
  });
  for (const [name, { rows }] of Object.entries(objects)) {
    for (const row of rows) system.edit((edits) => edits.insert(name, row));
  }
  return system;
}

function readsOf(of: WorldReads): MemoryReads {
  return {
    pace: { pollMs: of.every ?? null, sweepMs: of.sweepEvery },
    stampMs: of.stamps,
    skewMs: of.clockAhead - of.clockBehind,
    isThin: of.thin,
    callRowsMax: of.callRows,
    wholeCalls: of.wholeCalls,
    replaces: of.replaces,
    isSilent: of.silent,
    ...(of.behind === undefined ? {} : { behindMs: of.behind }),
    isUndeclared: of.undeclared === true,
  };
}

export function schemaOf(name: string, object: WorldObject): ObjectSchema {
  const { key, columns, unique, madeAt, reusesIds } = object;
  return ObjectSchema.parse({
    ...{ name, kind: "table", key, uniques: unique, references: [] },
    ...{ ...(madeAt === undefined ? {} : { madeAt }), ...(reusesIds ? { reusesIds } : {}) },
    columns: Object.entries(columns).map(([column, { type, required, generated, ...more }]) => ({
      ...{ name: column, type, nativeType: type, readOnly: false, hasDefault: generated },
      nullable: !required && !key.includes(column),
      ...more,
    })),
  });
}

async function resultOf(
  hub: Hub,
  systems: ReadonlyMap<string, MemorySystem>,
  played: Played,
  notReached: readonly WorldFault[],
) {
  const { view, rests, problems, story, steps } = played;
  const rowsOf = (system: MemorySystem) =>
    Object.fromEntries(
      [...system.tables].map(([name, { rows }]) => [name, Object.fromEntries(rows)]),
    );
  return {
    rests,
    problems,
    systems: Object.fromEntries([...systems].map(([id, system]) => [id, rowsOf(system)])),
    records: [...view.records.values()],
    links: view.links,
    questions: view.conflicts,
    held: view.quarantine,
    failures: await failuresOf(hub),
    deliveries: view.deliveries,
    writes: [...systems].flatMap(([system, { log }]) =>
      log
        .filter(({ isOurs, changes }) => isOurs && changes.length > 0)
        .map(({ transaction, at, changes }) => ({ system, transaction, at, changes })),
    ),
    audit: await auditReader(hub.sql)(),
    faultsNotReached: notReached,
    steps,
    story,
  };
}

/** Why the engine does not work with a system, by its id. */
async function failuresOf({ sql }: Hub): Promise<Record<string, string>> {
  const rows = await sql<{ id: string; detail: string }[]>`
    select id, failure->>'detail' as detail from systems where failure is not null order by id`;
  return Object.fromEntries(rows.map(({ id, detail }) => [id, detail]));
}
