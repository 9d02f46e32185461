import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { openHub, type Sql } from "../../db/client.ts";
import { requireVariable } from "../platform/env.ts";

export interface TestDatabase {
  /** A postgres:// address of a user who may do everything. */
  readonly url: string;
  /** A pool of four connections to it. */
  readonly sql: Sql;
  /** Cuts everybody off and lets nobody in; gives the way back. */
  cutOff(): Promise<() => Promise<void>>;
  /** Closes the pool and removes the database with its replication slots. */
  drop(): Promise<void>;
}

const CONNECTIONS = 4;
const CUT_OFF_MS_MAX = 5_000;

/**
 * A new database with the hub's tables and no rows, for one test file.
 * The server is the one that the test run started (see `postgres.setup.ts`).
 */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase("template fieldline_template");
}

/** A new database without any table: a foreign system's, for instance. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase("");
}

async function createDatabase(how: string): Promise<TestDatabase> {
  const serverUrl = requireVariable("FIELDLINE_TEST_PG_URL");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await withServer(serverUrl, (server) => server.unsafe(`create database ${name} ${how}`));
  const url = serverUrl.replace(/\/[^/]*$/, `/${name}`);
  const hub = openHub(url, CONNECTIONS);
  return {
    url,
    sql: hub.sql,
    cutOff: () => withServer(serverUrl, (server) => cutOff(serverUrl, server, name)),
    drop: async () => {
      await hub.close();
      await withServer(serverUrl, (server) => dropDatabase(server, name));
    },
  };
}

async function cutOff(url: string, server: Sql, name: string): Promise<() => Promise<void>> {
  const letIn = (by: Sql, isAllowed: boolean) =>
    by.unsafe(`alter database ${name} allow_connections ${isAllowed}`);
  await letIn(server, false);
  await server`
    select pg_terminate_backend(pid, ${CUT_OFF_MS_MAX}) from pg_stat_activity
    where datname = ${name}`;
  return async () => {
    await withServer(url, (later) => letIn(later, true));
  };
}

async function dropDatabase(server: Sql, name: string): Promise<void> {
  // PostgreSQL keeps a database that a slot belongs to; whoever reads the slot is cut off.
  const slots = await server`
    select slot_name, active_pid from pg_replication_slots where database = ${name}`;
  for (const slot of slots) {
    if (slot["active_pid"] !== null) {
      await server`select pg_terminate_backend(${slot["active_pid"]}, ${CUT_OFF_MS_MAX})`;
    }
    await server`select pg_drop_replication_slot(${slot["slot_name"]})`;
  }
  await server.unsafe(`drop database if exists ${name} with (force)`);
}

async function withServer<T>(url: string, work: (server: Sql) => Promise<T>): Promise<T> {
  const server = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(server);
  } finally {
    await server.end({ timeout: 5 });
  }
}
