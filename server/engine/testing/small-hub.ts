import type { Hub } from "../../../db/client.ts";
import type { Change, RowResult, RowWrite, Session } from "../../connectors/connector.ts";
import { asId, type SystemId } from "../../core/ids.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { compileMap } from "../../core/plan/compile-map.ts";
import { asPosition, type Position } from "../../core/position.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { Clock } from "../../platform/clock.ts";
import { createIdSource } from "../../platform/ids.ts";
import { createLog } from "../../platform/log.ts";
import { createSeededRandom } from "../../platform/random.ts";
import { DELIVERY_PARTITIONS } from "../../storage/changes.ts";
import { insertVersion } from "../../storage/maps.ts";
import { insertSystem, saveObjects } from "../../storage/systems.ts";
import type { ActContext } from "../acts/context.ts";
import type { EngineContext } from "../context.ts";
import { deliverBatch } from "../deliver.ts";
import { recordBatch } from "../record.ts";
import { TRIO_MAP, TRIO_SCHEMAS } from "./trio-map.ts";

/** Three systems in memory around a real hub: its record and deliver steps, called one by one. */
export type SmallHub = {
  readonly acts: ActContext;
  /** Turns the clock on, in milliseconds. */
  wait(ms: number): void;
  /** A person in a system makes or changes a row; the capture records it. */
  edit(system: string, id: string, columns: Columns): Promise<void>;
  /** A person in a system deletes rows; the capture records it. */
  remove(system: string, id: string): Promise<void>;
  /** Sends what is due everywhere and records the events of it. @returns rows written */
  deliver(): Promise<number>;
  /** Sends what is due and does not tell the events: they are on their way. */
  send(): Promise<number>;
  /** The rows of a system. */
  rows(system: string): ReadonlyMap<string, Columns>;
  /** Sends, and tells, until nothing is left. */
  settle(): Promise<void>;
  publish(document: MapDocument): Promise<void>;
};

type System = { readonly object: string; readonly rows: Map<string, Columns>; made: number };

const START = Date.parse("2026-03-01T12:00:00Z");

export async function createSmallHub(hub: Hub): Promise<SmallHub> {
  let nowMs = START;
  let place = 0;
  let calls = 0;
  const clock: Clock = {
    now: () => new Date(nowMs),
    monotonicMs: () => nowMs,
    sleep: async () => undefined,
  };
  const random = createSeededRandom(7);
  const ids = createIdSource(clock, random);
  const log = createLog({ clock, level: "error", format: "text", write: () => undefined });
  const systems = new Map<string, System>();
  for (const [id, [schema]] of Object.entries(TRIO_SCHEMAS)) {
    systems.set(id, { object: schema?.name ?? "", rows: new Map(), made: 0 });
  }
  const context: EngineContext = {
    id: "test",
    sql: hub.sql,
    clock,
    ids,
    random,
    log,
    openSession: async () => Promise.reject(new Error("Nobody opens sessions here.")),
    step: async () => undefined,
  };
  let map = compile(1, TRIO_MAP);
  await found(hub, clock);

  const nextPosition = (): Position => asPosition(String((place += 1)).padStart(12, "0"));
  const systemOf = (id: string): System => {
    const system = systems.get(id);
    if (system === undefined) throw new Error(`There is no system ${id}.`);
    return system;
  };
  const record = async (id: string, change: Change) => {
    const system = asId<SystemId>(id);
    const lease = { partition: `capture:${id}`, epoch: 1 };
    const recording = { lease, system, map, run: "continuous", drifted: new Set<string>() };
    const position = change.position;
    await recordBatch(context, recording, { kind: "changes", changes: [change], position });
  };
  const tell = async (id: string, externalId: string, transaction: string | null) => {
    const { object, rows } = systemOf(id);
    const columns = rows.get(externalId);
    const common = { object, externalId, position: nextPosition(), transaction };
    const at = clock.now().toISOString();
    await record(
      id,
      columns === undefined
        ? { ...common, kind: "gone", at }
        : { ...common, kind: "row", operation: "update", columns, at },
    );
  };
  const sendFrom = async (id: string): Promise<{ touched: string[]; transaction: string }[]> => {
    const sent: { touched: string[]; transaction: string }[] = [];
    for (let partition = 0; partition < DELIVERY_PARTITIONS; partition += 1) {
      calls += 1;
      const call = { touched: [] as string[], transaction: `t${calls}` };
      const session = memorySession(systemOf(id), call);
      const lease = { partition: `deliver:${id}:${partition}`, epoch: 1 };
      const system = asId<SystemId>(id);
      await deliverBatch(context, { lease, system, partition, map, session, standing: [] });
      if (call.touched.length > 0) sent.push(call);
    }
    return sent;
  };
  const sendAll = async (telling: boolean): Promise<number> => {
    let written = 0;
    for (const id of systems.keys()) {
      for (const { touched, transaction } of await sendFrom(id)) {
        written += touched.length;
        if (!telling) continue;
        for (const externalId of touched) await tell(id, externalId, transaction);
      }
    }
    return written;
  };
  return {
    acts: { hub, clock, ids, person: "ana@example.com" },
    wait(ms) {
      nowMs += ms;
    },
    async edit(id, externalId, columns) {
      const { rows } = systemOf(id);
      rows.set(externalId, { id: externalId, ...rows.get(externalId), ...columns });
      nowMs += 1_000;
      await tell(id, externalId, null);
    },
    async remove(id, externalId) {
      systemOf(id).rows.delete(externalId);
      nowMs += 1_000;
      await tell(id, externalId, null);
    },
    deliver: () => sendAll(true),
    send: () => sendAll(false),
    rows: (id) => systemOf(id).rows,
    async settle() {
      for (let rounds = 0; rounds < 20; rounds += 1) if ((await sendAll(true)) === 0) return;
      throw new Error("The systems do not come to rest.");
    },
    async publish(document) {
      const version = await publish(hub, clock, document);
      map = compile(version, document);
    },
  };
}

function compile(version: number, document: MapDocument) {
  return compileMap(
    version,
    document,
    (system, object) => TRIO_SCHEMAS[system]?.find(({ name }) => name === object) ?? null,
  );
}

async function publish(hub: Hub, clock: Clock, document: MapDocument): Promise<number> {
  const at = clock.now().toISOString();
  return await hub.sql.begin((tx) =>
    insertVersion(tx, { document, author: "ana@example.com", note: "", restores: null, at }),
  );
}

/** Publishes the map and connects the systems, every object read whole. */
async function found(hub: Hub, clock: Clock): Promise<void> {
  await publish(hub, clock, TRIO_MAP);
  const now = clock.now().toISOString();
  await hub.sql.begin(async (tx) => {
    for (const [id, schemas] of Object.entries(TRIO_SCHEMAS)) {
      await insertSystem(tx, {
        id,
        connector: "memory",
        settings: {},
        secrets: null,
        createdAt: now,
      });
      await saveObjects(tx, id, schemas, now);
      await tx`
        update systems set clock_offset_ms = 0, clock_error_ms = 10 where id = ${id}`;
      const loaded = Object.fromEntries(schemas.map(({ name }) => [name, ""]));
      await tx`
        insert into captures (system, position, loaded, shapes, updated_at)
        values (${id}, '', ${JSON.stringify(loaded)}::text::jsonb, '{}', ${now})`;
      const parts = [...Array(DELIVERY_PARTITIONS).keys()].map((part) => `deliver:${id}:${part}`);
      for (const partition of [`capture:${id}`, ...parts]) {
        await tx`
          insert into leases (partition, engine, epoch, expires_at)
          values (${partition}, 'test', 1, 'infinity')`;
      }
    }
  });
}

function memorySession(
  system: System,
  call: { readonly touched: string[]; readonly transaction: string },
): Session {
  return {
    beginWrite: async () => ({
      transaction: call.transaction,
      write: async (_object: string, writes: readonly RowWrite[]) =>
        writes.map((write) => {
          const result = apply(system, write);
          if (result.status === "written") call.touched.push(result.externalId);
          return result;
        }),
      commit: async () => undefined,
      abort: async () => undefined,
    }),
    outcome: async () => "committed",
  } as Pick<Session, "beginWrite" | "outcome"> as Session;
}

function apply(system: System, write: RowWrite): RowResult {
  if (write.operation === "create") {
    system.made += 1;
    const externalId = `n${system.made}`;
    const columns = { id: externalId, ...write.columns };
    system.rows.set(externalId, columns);
    return { status: "written", externalId, columns };
  }
  const { externalId, condition } = write;
  const row = system.rows.get(externalId);
  if (row === undefined) return { status: "missing" };
  const holds = Object.entries(condition).every(
    ([name, value]) => JSON.stringify(row[name]) === JSON.stringify(value),
  );
  if (!holds) return { status: "changed" };
  if (write.operation === "delete") {
    system.rows.delete(externalId);
    return { status: "written", externalId, columns: row };
  }
  const columns = { ...row, ...write.columns };
  // A name that this system refuses by a rule of its own, which no schema tells.
  if (String(columns["name"]).includes("forbidden")) {
    const message = 'The new row violates the check "clean_name".';
    return { status: "refused", code: "check", column: "name", message };
  }
  system.rows.set(externalId, columns);
  return { status: "written", externalId, columns };
}
