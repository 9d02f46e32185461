import postgres from "postgres";
import type { Sql } from "../db/client.ts";
import { startPostgres } from "../launcher/embedded-postgres.mjs";
import { TABLE } from "./product-table.ts";

/** Two PostgreSQL servers, one per side, as in the field; fsync on. */
export type Sides = {
  readonly a: Side;
  readonly b: Side;
  stop(): Promise<void>;
};

export type Side = {
  readonly url: string;
  readonly sql: Sql;
};

/** Starts two empty servers with the table on each. */
export async function startSides(): Promise<Sides> {
  const servers = [await startServer(), await startServer()] as const;
  const [a, b] = servers.map(({ url }) => sideOf(url));
  if (a === undefined || b === undefined) throw new Error("Two servers were started.");
  for (const side of [a, b]) await side.sql.unsafe(TABLE);
  return {
    a,
    b,
    async stop() {
      for (const side of [a, b]) await side.sql.end({ timeout: 2 });
      for (const server of servers) await server.stop();
    },
  };
}

/** A server with the product's settings, its data on disk in a folder that goes with it. */
export function startServer() {
  const settings = { shared_buffers: "512MB", max_wal_size: "4GB" };
  return startPostgres({ ephemeral: true, fsync: true, settings });
}

function sideOf(url: string): Side {
  return { url, sql: postgres(url, { max: 12, onnotice: () => undefined }) as unknown as Sql };
}
