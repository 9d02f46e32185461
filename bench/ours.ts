import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { Sql } from "../db/client.ts";
import { migrateHub } from "../db/migrate.ts";
import { findConnector } from "../server/connectors/registry.ts";
import { sealSettings } from "../server/connectors/sealed-settings.ts";
import type { MapDocument } from "../server/core/map/document.ts";
import { createSecretBox } from "../server/platform/secrets.ts";
import { notify } from "../server/storage/notify.ts";
import { startServer } from "./clusters.ts";

const SECRET = "5e".repeat(32);

/** A hub on a server of its own, with engines as processes of their own. */
export type Ours = {
  readonly sql: Sql;
  readonly url: string;
  startEngine(): void;
  /** The switch of the studio: a system is read, or its log grows meanwhile. */
  setReading(system: string, on: boolean): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Makes a hub that knows these systems and has this map published. No engine runs yet.
 * @param systems id → postgres:// address
 */
export async function makeHub(
  systems: Readonly<Record<string, string>>,
  document: MapDocument,
): Promise<Ours> {
  const server = await startServer();
  await migrateHub(server.url);
  const sql = postgres(server.url, { max: 4, onnotice: () => undefined }) as unknown as Sql;
  for (const [id, url] of Object.entries(systems)) await registerSystem(sql, id, url);
  await sql`
    insert into map_versions (number, document, author, note, published_at)
    values (1, ${JSON.stringify(document)}::text::jsonb, 'bench', 'bench', now())`;
  let engine: ChildProcess | null = null;
  const stopEngine = async () => {
    if (engine === null || engine.exitCode !== null) return;
    const ended = once(engine, "exit");
    engine.kill("SIGTERM");
    await ended;
    engine = null;
  };
  return {
    sql,
    url: server.url,
    startEngine() {
      engine = spawn(process.execPath, ["--max-semi-space-size=64", "server/engine/main.ts"], {
        stdio: ["ignore", "inherit", "inherit"],
        env: {
          ...process.env,
          DATABASE_URL: server.url,
          FIELDLINE_SECRET: SECRET,
          FIELDLINE_LOG_LEVEL: "warn",
        },
      });
    },
    async setReading(system, on) {
      await sql`update systems set reading_paused = ${!on} where id = ${system}`;
      await notify(sql, ["systems"]);
      // Starting to read again is part of what is measured; having stopped is not.
      while (!on && (await isHeld(sql, `capture:${system}`))) await pause(20);
    },
    async stop() {
      await stopEngine();
      await sql.end({ timeout: 2 });
      await server.stop();
    },
  };
}

async function registerSystem(sql: Sql, id: string, url: string): Promise<void> {
  const connector = findConnector("postgres");
  if (connector === undefined) throw new Error("The PostgreSQL connector is missing.");
  const session = await connector.open({ url }, "bench");
  const objects = await session.discover().finally(() => session.close());
  const stored = sealSettings(connector, createSecretBox(SECRET), id, { url });
  await sql`
    insert into systems (id, connector, settings, secrets, reading_paused, writing_paused,
      created_at)
    values (${id}, 'postgres', ${JSON.stringify(stored.settings)}::text::jsonb, ${stored.secrets},
      false, false, now())`;
  for (const object of objects) {
    await sql`
      insert into objects (system, name, schema, version, discovered_at)
      values (${id}, ${object.name}, ${JSON.stringify(object)}::text::jsonb, 1, now())`;
  }
}

async function isHeld(sql: Sql, partition: string): Promise<boolean> {
  const rows = await sql`
    select 1 from leases where partition = ${partition} and engine is not null
      and expires_at > clock_timestamp()`;
  return rows.length > 0;
}

/** Nothing is due and nothing is on its way. */
export async function isIdle({ sql }: Ours): Promise<boolean> {
  const [row] = await sql<{ left: number }[]>`
    select (select count(*) from deliveries)::int + (select count(*) from attempts)::int as left`;
  return row?.left === 0;
}
