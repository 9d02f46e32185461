import type { Hub } from "../../../db/client.ts";
import type { Change } from "../../connectors/connector.ts";
import { asId, type SystemId } from "../../core/ids.ts";
import type { MapDocument } from "../../core/map/document.ts";
import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { type CompiledMap, compileMap } from "../../core/plan/compile-map.ts";
import { asPosition } from "../../core/position.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { Clock } from "../../platform/clock.ts";
import { createIdSource } from "../../platform/ids.ts";
import { createLog } from "../../platform/log.ts";
import { createSeededRandom } from "../../platform/random.ts";
import { DELIVERY_PARTITIONS } from "../../storage/delivery-partitions.ts";
import { insertVersion } from "../../storage/maps.ts";
import { RecordCache } from "../../storage/record-cache.ts";
import { insertSystem, saveObjects } from "../../storage/systems.ts";
import type { ActContext } from "../acts/context.ts";
import type { EngineContext } from "../context.ts";
import { deliverBatch } from "../deliver.ts";
import { OwnCalls } from "../own-calls.ts";
import { recordBatch } from "../record.ts";
import { UnknownCreates } from "../unknown-creates.ts";
import { type MemoryCall, type MemorySystem, memorySession } from "./memory-systems.ts";
import { TRIO_MAP, TRIO_SCHEMAS } from "./trio-map.ts";

/** Three systems in memory around a real hub: its record and deliver steps, called one by one. */
export type SmallHub = {
  readonly acts: ActContext;
  /** Turns the clock on, in milliseconds. */
  readonly wait: (ms: number) => void;
  /** A person in a system makes or changes a row; the capture records it. */
  readonly edit: (system: string, id: string, columns: Columns) => Promise<void>;
  /** Rows of a system change in one batch, each in a transaction of its own. */
  readonly editAll: (system: string, rows: Readonly<Record<string, Columns>>) => Promise<void>;
  /** A person changes a row's key, and columns of it; the capture records it. */
  readonly rekey: (system: string, from: string, to: string, columns: Columns) => Promise<void>;
  /** A row is there, and the event that tells of it is on its way. */
  readonly appear: (system: string, id: string, columns: Columns) => void;
  /** A row vanishes, and no event tells of it. */
  readonly lose: (system: string, id: string) => void;
  /** The capture reads all rows of a system; a part of them while it is not over. */
  readonly readWhole: (system: string, isOver: boolean) => Promise<void>;
  /** A person in a system deletes a row; the capture records it. */
  readonly remove: (system: string, id: string) => Promise<void>;
  /** Sends what is due and does not tell its events: they are on their way. */
  readonly send: () => Promise<void>;
  /** The events of what was sent arrive. */
  readonly arrive: () => Promise<void>;
  /** Sends what is due and records its events, until nothing is left. */
  readonly settle: () => Promise<void>;
  readonly rows: (system: string) => ReadonlyMap<string, Columns>;
  /** What the engine's log has warned of. */
  readonly warnings: () => readonly string[];
  readonly publish: (document: MapDocument) => Promise<void>;
};

type State = {
  readonly context: EngineContext;
  readonly systems: ReadonlyMap<string, MemorySystem>;
  map: CompiledMap;
  nowMs: number;
  /** How many events there were, and how many calls of ours. */
  events: number;
  calls: number;
  /** Calls whose events are on their way, with the system that tells them. */
  readonly warned: readonly string[];
  untold: (MemoryCall & { readonly system: string })[];
};

const START = Date.parse("2026-03-01T12:00:00Z");
const ROUNDS_MAX = 20;
const LEASED = { epoch: 1 };

export type Schemas = Readonly<Record<string, readonly ObjectSchema[]>>;

/** @param schemas what the systems hold: one object each */
export async function createSmallHub(
  hub: Hub,
  startMs: number = START,
  schemas: Schemas = TRIO_SCHEMAS,
): Promise<SmallHub> {
  const state = await found(hub, startMs, schemas);
  const { context } = state;
  const change = async (system: string, id: string, columns: Columns | null) => {
    const { rows } = systemOf(state, system);
    if (columns === null) rows.delete(id);
    else rows.set(id, { id, ...rows.get(id), ...columns });
    state.nowMs += 1_000;
    await tell(state, system, id, null);
  };
  return {
    acts: { hub, clock: context.clock, ids: context.ids, person: "ana@example.com" },
    wait(ms) {
      state.nowMs += ms;
    },
    edit: change,
    async editAll(system, news) {
      const { rows } = systemOf(state, system);
      for (const [id, columns] of Object.entries(news)) {
        rows.set(id, { id, ...rows.get(id), ...columns });
      }
      state.nowMs += 1_000;
      await tellAll(state, system, Object.keys(news), null);
    },
    async rekey(system, from, to, columns) {
      const { rows } = systemOf(state, system);
      rows.set(to, { ...rows.get(from), ...columns, id: to });
      rows.delete(from);
      const moved = { ...changeOf(state, system, to, null), previousExternalId: from } as Change;
      await record(state, system, [moved]);
    },
    appear(system, id, columns) {
      systemOf(state, system).rows.set(id, { id, ...columns });
    },
    lose(system, id) {
      systemOf(state, system).rows.delete(id);
    },
    readWhole: (system, isOver) => readWhole(state, system, isOver),
    remove: (system, id) => change(system, id, null),
    async send() {
      await sendAll(state, false);
    },
    async arrive() {
      for (const { system, touched, transaction } of state.untold.splice(0)) {
        for (const externalId of touched) await tell(state, system, externalId, transaction);
      }
    },
    async settle() {
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        if ((await sendAll(state, true)) === 0) return;
      }
      throw new Error("The systems do not come to rest.");
    },
    rows: (system) => systemOf(state, system).rows,
    warnings: () => state.warned,
    async publish(document) {
      state.map = compile(schemas, await publish(hub, context.clock, document), document);
    },
  };
}

/** A hub with a published map and connected systems, every object read whole. */
async function found(hub: Hub, startMs: number, schemas: Schemas): Promise<State> {
  const clock: Clock = {
    now: () => new Date(state.nowMs),
    monotonicMs: () => state.nowMs,
    sleep: async () => undefined,
  };
  const random = createSeededRandom(7);
  const warned: string[] = [];
  const state: State = {
    context: {
      id: "test",
      sql: hub.sql,
      clock,
      random,
      ids: createIdSource(clock, random),
      log: createLog({ clock, level: "warn", format: "text", write: (line) => warned.push(line) }),
      records: new RecordCache(),
      calls: new OwnCalls(),
      openSession: () => Promise.reject(new Error("Nobody opens sessions here.")),
      step: async () => undefined,
    },
    systems: new Map(
      Object.entries(schemas).map(([id, [schema]]) => [
        id,
        { object: schema?.name ?? "", rows: new Map(), made: 0 },
      ]),
    ),
    map: compile(schemas, 1, TRIO_MAP),
    nowMs: startMs,
    events: 0,
    calls: 0,
    untold: [],
    warned,
  };
  await publish(hub, clock, TRIO_MAP);
  for (const [id, objects] of Object.entries(schemas)) {
    await connect(hub, id, objects, clock.now().toISOString());
  }
  return state;
}

function compile(schemas: Schemas, version: number, document: MapDocument): CompiledMap {
  return compileMap(
    version,
    document,
    (system, object) => schemas[system]?.find(({ name }) => name === object) ?? null,
  );
}

async function publish(hub: Hub, clock: Clock, document: MapDocument): Promise<number> {
  const at = clock.now().toISOString();
  const version = { document, author: "ana@example.com", note: "", restores: null, at };
  return await hub.sql.begin((tx) => insertVersion(tx, version));
}

async function connect(
  hub: Hub,
  id: string,
  schemas: readonly ObjectSchema[],
  createdAt: string,
): Promise<void> {
  const loaded = JSON.stringify(Object.fromEntries(schemas.map(({ name }) => [name, ""])));
  const parts = [...Array(DELIVERY_PARTITIONS).keys()].map((part) => `deliver:${id}:${part}`);
  await hub.sql.begin(async (tx) => {
    await insertSystem(tx, { id, connector: "memory", settings: {}, secrets: null, createdAt });
    await saveObjects(tx, id, schemas, createdAt);
    await tx`update systems set clock_offset_ms = 0, clock_error_ms = 10 where id = ${id}`;
    await tx`
      insert into captures (system, position, loaded, shapes, updated_at)
      values (${id}, '', ${loaded}::text::jsonb, '{}', ${createdAt})`;
    for (const partition of [`capture:${id}`, ...parts]) {
      await tx`
        insert into leases (partition, engine, epoch, expires_at)
        values (${partition}, 'test', ${LEASED.epoch}, 'infinity')`;
    }
  });
}

function systemOf(state: State, id: string): MemorySystem {
  const system = state.systems.get(id);
  if (system === undefined) throw new Error(`There is no system ${id}.`);
  return system;
}

/** The system's log tells rows as they are now. */
async function tellAll(
  state: State,
  id: string,
  externalIds: readonly string[],
  transaction: string | null,
): Promise<void> {
  await record(
    state,
    id,
    externalIds.map((externalId) => changeOf(state, id, externalId, transaction)),
  );
}

/** All rows as of one moment, in one page that is the last one or not. */
async function readWhole(state: State, id: string, isOver: boolean): Promise<void> {
  const { object, rows } = systemOf(state, id);
  state.events += 1;
  state.nowMs += 1;
  const position = asPosition(String(state.events).padStart(12, "0"));
  const told = { object, position, transaction: null, at: null };
  const changes: Change[] = [...rows].map(([externalId, columns]) => {
    return { ...told, kind: "row", operation: "snapshot", externalId, columns };
  });
  const batch = { kind: "snapshot" as const, object, changes, position, last: isOver };
  await recordBatch(state.context, { ...recordingOf(state, id), run: `load-${position}` }, batch);
}

async function record(state: State, id: string, changes: readonly Change[]): Promise<void> {
  const position = changes.at(-1)?.position ?? asPosition("");
  await recordBatch(state.context, recordingOf(state, id), { kind: "changes", changes, position });
}

const recordingOf = (state: State, id: string) => ({
  lease: { partition: `capture:${id}`, ...LEASED },
  system: asId<SystemId>(id),
  map: state.map,
  run: "continuous",
  drifted: new Set<string>(),
});

const tell = (state: State, id: string, externalId: string, transaction: string | null) =>
  tellAll(state, id, [externalId], transaction);

function changeOf(
  state: State,
  id: string,
  externalId: string,
  transaction: string | null,
): Change {
  const { object, rows } = systemOf(state, id);
  state.events += 1;
  state.nowMs += 1;
  const position = asPosition(String(state.events).padStart(12, "0"));
  const at = state.context.clock.now().toISOString();
  const common = { object, externalId, position, transaction, at };
  const columns = rows.get(externalId);
  return columns === undefined
    ? { ...common, kind: "gone" }
    : { ...common, kind: "row", operation: "update", columns };
}

/** Sends what is due in every system. Returns how many rows were written. */
async function sendAll(state: State, telling: boolean): Promise<number> {
  let written = 0;
  for (const id of state.systems.keys()) {
    for (let partition = 0; partition < DELIVERY_PARTITIONS; partition += 1) {
      const { touched, transaction } = await send(state, id, partition);
      written += touched.length;
      if (!telling) {
        state.untold.push({ system: id, touched, transaction });
        continue;
      }
      for (const externalId of touched) await tell(state, id, externalId, transaction);
    }
  }
  return written;
}

async function send(state: State, id: string, partition: number): Promise<MemoryCall> {
  state.calls += 1;
  const call: MemoryCall = { touched: [], transaction: `t${state.calls}` };
  const lease = { partition: `deliver:${id}:${partition}`, ...LEASED };
  const [system, session] = [asId<SystemId>(id), memorySession(systemOf(state, id), call)];
  const of = { partition: lease.partition, system, session };
  const unknownCreates = await UnknownCreates.of(state.context, of);
  const work = { lease, system, partition, map: state.map, session, unknownCreates };
  await deliverBatch(state.context, work);
  return call;
}
