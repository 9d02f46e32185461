import { type Hub, openHub } from "../../db/client.ts";
import { findConnector } from "../connectors/registry.ts";
import type { MapDocument } from "../core/map/document.ts";
import type { EngineContext } from "../engine/context.ts";
import { type Engine, startEngine } from "../engine/engine.ts";
import { createMapCache } from "../engine/map-cache.ts";
import { OwnCalls } from "../engine/own-calls.ts";
import { systemClock } from "../platform/clock.ts";
import { createIdSource } from "../platform/ids.ts";
import { createLog } from "../platform/log.ts";
import { createSeededRandom, systemRandom } from "../platform/random.ts";
import { insertVersion } from "../storage/maps.ts";
import { notify } from "../storage/notify.ts";
import { RecordCache } from "../storage/record-cache.ts";
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "./database.ts";

/** A hub with real databases as its systems and a running engine, for one test file. */
export type RunningHub = {
  readonly hub: Hub;
  readonly url: string;
  readonly systems: Readonly<Record<string, TestDatabase>>;
  /** Runs SQL in the database of a system. */
  db(system: string): TestDatabase["sql"];
  publish(document: MapDocument): Promise<void>;
  startEngine(name?: string): Promise<Engine>;
  /** Opens a session with a system, as the engine does. */
  openSession: EngineContext["openSession"];
  close(): Promise<void>;
};

/**
 * Makes a hub and one database per system.
 * @param scripts per system the SQL that makes its tables and rows
 * @param asked systems whose log is closed to us, with the settings of their asking
 */
export async function createRunningHub(
  scripts: Readonly<Record<string, string>>,
  asked: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Promise<RunningHub> {
  const database = await createTestDatabase();
  const hub = openHub(database.url, 12);
  const systems: Record<string, TestDatabase> = {};
  for (const [id, script] of Object.entries(scripts)) {
    const system = await createEmptyDatabase();
    systems[id] = system;
    await system.sql.unsafe(script);
    await registerSystem(hub, { id, url: system.url, polled: asked[id] });
  }
  const engines: Engine[] = [];
  const failures: unknown[] = [];
  const hubName = systemRandom.integer(0, 2 ** 30).toString(36);
  const openSession = sessionsOf({ systems, asked, hubName });
  return {
    hub,
    url: database.url,
    systems,
    db(system) {
      const database = systems[system];
      if (database === undefined) throw new Error(`There is no system ${system}.`);
      return database.sql;
    },
    publish: (document) => publish(hub, document),
    async startEngine(name = "engine-a") {
      const context = contextOf(hub, name, openSession);
      const engine = await startEngine(context, createMapCache(context));
      engines.push(engine);
      engine.failed.catch((error) => failures.push(error));
      return engine;
    },
    openSession,
    async close() {
      for (const engine of engines) await engine.stop();
      await hub.close();
      for (const system of Object.values(systems)) await system.drop();
      await database.drop();
      // A bug that stopped an engine fails the file, whatever its tests saw.
      if (failures.length > 0) throw failures[0];
    },
  };
}

async function registerSystem(
  hub: Hub,
  {
    id,
    url,
    polled,
  }: { readonly id: string; readonly url: string; readonly polled: object | undefined },
): Promise<void> {
  const now = new Date().toISOString();
  await hub.sql`
    insert into systems (id, connector, settings, reading_paused, writing_paused, created_at)
    values (${id}, 'postgres', ${JSON.stringify({ url })}::text::jsonb, false, false, ${now})`;
  const connector = polled === undefined ? "postgres" : "postgres-polled";
  const session = await connect(url, "discovery", connector, polled);
  for (const schema of await session.discover()) {
    await hub.sql`
      insert into objects (system, name, schema, version, discovered_at)
      values (${id}, ${schema.name}, ${JSON.stringify(schema)}::text::jsonb, 1, ${now})`;
  }
  await session.close();
}

async function connect(url: string, hubName: string, id = "postgres", settings: object = {}) {
  const connector = findConnector(id);
  if (connector === undefined) throw new Error(`The connector ${id} is missing.`);
  return await connector.open({ url, ...settings }, hubName);
}

async function publish(hub: Hub, document: MapDocument): Promise<void> {
  await hub.sql.begin(async (tx) => {
    const at = new Date().toISOString();
    await insertVersion(tx, { document, author: "test", note: "test", restores: null, at });
    await notify(tx, ["maps"]);
  });
}

type Around = {
  readonly systems: Readonly<Record<string, TestDatabase>>;
  readonly asked: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly hubName: string;
};

function contextOf(
  hub: Hub,
  name: string,
  openSession: EngineContext["openSession"],
): EngineContext {
  return {
    id: name,
    sql: hub.sql,
    clock: systemClock,
    ids: createIdSource(systemClock, systemRandom),
    random: createSeededRandom(1),
    log: createLog({ clock: systemClock, level: "warn", format: "json" }),
    records: new RecordCache(),
    calls: new OwnCalls(),
    openSession,
    step: () => Promise.resolve(),
  };
}

function sessionsOf({ systems, asked, hubName }: Around): EngineContext["openSession"] {
  return async (system) => {
    const database = systems[system];
    if (database === undefined) throw new Error(`There is no system ${system}.`);
    const asking = asked[system];
    if (asking === undefined) return await connect(database.url, hubName);
    return await connect(database.url, hubName, "postgres-polled", asking);
  };
}
