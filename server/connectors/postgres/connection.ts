import type { Client, ClientConfig, PoolClient, QueryArrayConfig } from "pg";
import pg from "pg";
import { LIMITS } from "../../core/limits.ts";
import { failureOf } from "./failures.ts";
import { type Access, clientConfigOf } from "./settings.ts";

export type ResultRow = readonly (string | null)[];

/** Runs one statement and gives its rows as the server wrote them. Fails as the server fails. */
export type Query = (text: string, values?: readonly unknown[]) => Promise<ResultRow[]>;

/** A connection of one's own, from the pool. */
export type Lease = {
  readonly query: Query;
  /** Like `query`, but the server keeps the plan under the statement's text. */
  readonly queryPrepared: Query;
  /** Drops every plan: a table has changed its shape. */
  forgetPlans(): Promise<void>;
  /** Runs commands without parameters and gives the tag of the last one: "COMMIT". */
  command(text: string): Promise<string>;
  /** Gives it back; broken ones are thrown away. */
  release(isBroken?: boolean): void;
};

export type Server = {
  readonly access: Access;
  readonly config: ClientConfig;
  /** One statement on any connection; failures are those of the contract. */
  readonly query: Query;
  lease(): Promise<Lease>;
  close(): Promise<void>;
};

/** Writes, reads and a snapshot at a time; the log has a connection of its own. */
const CONNECTIONS_MAX = 8;
const IDLE_MS_MAX = 30_000;

/** Plans that one connection keeps; further statements are planned each time. */
const PREPARED_MAX = 200;

/**
 * Connects, and keeps a small pool.
 * @throws FailureError when the server cannot be reached or refuses us.
 */
export async function openServer(access: Access): Promise<Server> {
  const config = clientConfigOf(access, await isEncrypted(access));
  const pool = new pg.Pool({
    ...config,
    max: CONNECTIONS_MAX,
    idleTimeoutMillis: IDLE_MS_MAX,
    statement_timeout: LIMITS.callTimeoutMs,
    // A stopped engine must not hold locks in a foreign system.
    idle_in_transaction_session_timeout: LIMITS.callTimeoutMs,
  });
  // An idle connection may break at any time; the next query opens another.
  pool.on("error", () => undefined);
  const leases = new Set<Lease>();
  const lease = async (): Promise<Lease> => {
    try {
      const own = leaseOf(await pool.connect(), () => leases.delete(own));
      leases.add(own);
      return own;
    } catch (error) {
      throw failureOf(error, access);
    }
  };
  return {
    access,
    config,
    lease,
    query: async (text, values) => {
      const own = await lease();
      try {
        const rows = await own.query(text, values);
        own.release();
        return rows;
      } catch (error) {
        own.release(isConnectionLost(error));
        throw failureOf(error, access);
      }
    },
    close: async () => {
      // What is still under way ends with its connection.
      for (const own of leases) own.release(true);
      if (!pool.ending) await pool.end();
    },
  };
}

/** True for an error that no server sent: the connection itself cannot be trusted any more. */
export function isConnectionLost(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || error.severity === "FATAL";
}

function leaseOf(client: PoolClient, onRelease: () => void): Lease {
  let isReleased = false;
  // An error outside a query; the query that follows fails by itself.
  const ignore = (): void => undefined;
  client.on("error", ignore);
  return {
    query: (text, values) => run(client, { text, rowMode: "array", values: [...(values ?? [])] }),
    queryPrepared: (text, values) => {
      const name = preparedName(client, text);
      const statement = name === undefined ? { text } : { text, name };
      return run(client, { ...statement, rowMode: "array", values: [...(values ?? [])] });
    },
    forgetPlans: async () => {
      plansOf(client).names.clear();
      await run(client, { text: "deallocate all", rowMode: "array" });
    },
    command: async (text) => {
      const result = await client.query(text);
      // Several commands in one text have a result each.
      const last = Array.isArray(result) ? result.at(-1) : result;
      return last.command;
    },
    release: (isBroken = false) => {
      if (isReleased) return;
      isReleased = true;
      onRelease();
      if (isBroken) client.connection.stream.destroy();
      else client.off("error", ignore);
      client.release(isBroken);
    },
  };
}

async function run(client: Client, statement: QueryArrayConfig): Promise<ResultRow[]> {
  const result = await client.query<(string | null)[]>(statement);
  return result.rows;
}

type Plans = { readonly names: Map<string, string>; count: number };

const plans = new WeakMap<Client, Plans>();

function plansOf(client: Client): Plans {
  const known = plans.get(client) ?? { names: new Map<string, string>(), count: 0 };
  plans.set(client, known);
  return known;
}

function preparedName(client: Client, text: string): string | undefined {
  const own = plansOf(client);
  const known = own.names.get(text);
  if (known !== undefined || own.names.size >= PREPARED_MAX) return known;
  // A name is never used again: the client remembers what it stood for.
  const name = `fieldline_${own.count}`;
  own.count += 1;
  own.names.set(text, name);
  return name;
}

/** Tries a first connection; "prefer" takes an unencrypted one where there is no other. */
async function isEncrypted(access: Access): Promise<boolean> {
  const wanted = access.encryption !== "disable";
  try {
    await tryConnection(clientConfigOf(access, wanted));
    return wanted;
  } catch (error) {
    const isPlain = error instanceof Error && error.message.includes("does not support SSL");
    if (!isPlain || access.encryption !== "prefer") throw failureOf(error, access);
  }
  try {
    await tryConnection(clientConfigOf(access, false));
    return false;
  } catch (error) {
    throw failureOf(error, access);
  }
}

async function tryConnection(config: ClientConfig): Promise<void> {
  const client = new pg.Client(config);
  client.on("error", () => undefined);
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}
