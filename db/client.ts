import { createConnection } from "node:net";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Sql = postgres.Sql;
export type Transaction = postgres.TransactionSql;
/** A pool or a transaction: what a statement needs. */
export type Connection = Sql | Transaction;
export type Database = PostgresJsDatabase<Record<string, never>>;

export type Hub = {
  /** The hot path: raw SQL, batches. */
  readonly sql: Sql;
  /** The screens' queries. */
  readonly db: Database;
  /**
   * Opens one connection of the caller's own, who ends it: for those whose session must be nobody
   * else's, before or after.
   */
  openAlone(): Sql;
  close(): Promise<void>;
};

/**
 * For those who look rows up by their keys, a batch at a time: by index always. A plan that was
 * made while the tables were small would read them whole, batch after batch, until statistics are
 * made.
 */
export const BY_KEY = {
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
} as const;

/**
 * Opens a pool to the hub's database. Timestamps come and go as ISO text, never as `Date`, so that
 * microseconds survive.
 * @param url a postgres:// address
 * @param connections most connections at once
 * @param settings of each session
 */
export function openHub(
  url: string,
  connections = 10,
  settings: Readonly<Record<string, string>> = {},
): Hub {
  const sql = connect(url, connections, settings);
  const db = drizzle(sql);
  // Drizzle replaces how the driver reads timestamps, for raw statements too.
  sql.options.parsers[TIMESTAMPTZ.to] = TIMESTAMPTZ.parse;
  sql.options.serializers[TIMESTAMPTZ.to] = TIMESTAMPTZ.serialize;
  return {
    sql,
    db,
    openAlone: () => connect(url, 1, settings),
    close: () => sql.end({ timeout: 5 }),
  };
}

function connect(url: string, connections: number, settings: Readonly<Record<string, string>>) {
  return postgres(url, {
    max: connections,
    onnotice: () => undefined,
    idle_timeout: 60,
    connect_timeout: 10,
    connection: { ...settings, TimeZone: "UTC", application_name: "fieldline" },
    socket: quickSocket,
    types: { timestamptz: TIMESTAMPTZ, bigint: BIGINT },
  } as postgres.Options<Record<string, postgres.PostgresType>>) as unknown as Sql;
}

const TIMESTAMPTZ = {
  to: 1184,
  from: [1184],
  serialize: (value: unknown) => (value instanceof Date ? value.toISOString() : String(value)),
  parse: toIso,
};

/** Counters of ours stay far below 2^53. */
const BIGINT = {
  to: 20,
  from: [20],
  serialize: (value: unknown) => String(value),
  parse: (text: string) => Number(text),
};

/** "2026-11-23 13:02:00.5+00" (how PostgreSQL writes it in UTC) => "2026-11-23T13:02:00.5Z" */
function toIso(text: string): string {
  return text.endsWith("+00") ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : text;
}

/** postgres.js leaves Nagle's algorithm on, which costs 40 ms for each COPY. */
async function quickSocket(options: { host: string[]; port: number[] }) {
  const socket = createConnection({
    host: options.host[0] ?? "127.0.0.1",
    port: options.port[0] ?? 5432,
  });
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", () => resolve());
    socket.once("error", reject);
  });
  return socket;
}
