import postgres from "postgres";
import type { Sql } from "../../db/client.ts";
import { generateRows, type Rows, SANDBOX_SIZE, type SandboxSize } from "./generate-rows.ts";
import { SANDBOX_SYSTEMS, type SandboxSystem, SHAPES } from "./shapes.ts";

/** What stands in the way of a sandbox, as a sentence for the person who asked for it. */
export class SandboxProblem extends Error {
  override readonly name = "SandboxProblem";
}

export type SandboxDatabases = Readonly<Record<SandboxSystem, string>>;

const SEED = 20_260_101;

/**
 * Makes the sandbox's three databases on the hub's own server and fills them; what is there of an
 * earlier sandbox is kept.
 * @param hubUrl the hub's postgres:// address; the databases lie beside it, named after it
 * @returns an address per system
 * @throws SandboxProblem when the server does not allow it
 */
export async function makeSandboxDatabases(
  hubUrl: string,
  size: SandboxSize = SANDBOX_SIZE,
): Promise<SandboxDatabases> {
  const server = postgres(hubUrl, { max: 1, onnotice: () => undefined });
  try {
    await checkServer(server);
    const rows = generateRows(SEED, size);
    const urls: Partial<Record<SandboxSystem, string>> = {};
    for (const system of SANDBOX_SYSTEMS) {
      const { name, url } = placeOf(hubUrl, system);
      urls[system] = url;
      const [known] = await server`select 1 from pg_database where datname = ${name}`;
      if (known !== undefined) continue;
      await server.unsafe(`create database "${name}"`);
      await fill(url, SHAPES[system], rows[system]);
    }
    return urls as SandboxDatabases;
  } finally {
    await server.end({ timeout: 5 });
  }
}

/** "postgres://…/fieldline" and "erp" => the database fieldline_sandbox_erp beside it. */
export function placeOf(hubUrl: string, system: SandboxSystem): { name: string; url: string } {
  const url = new URL(hubUrl);
  const name = `${decodeURIComponent(url.pathname.slice(1))}_sandbox_${system}`;
  url.pathname = `/${encodeURIComponent(name)}`;
  return { name, url: url.toString() };
}

async function checkServer(server: Sql): Promise<void> {
  const [facts] = await server<{ level: string; creates: boolean; replicates: boolean }[]>`
    select current_setting('wal_level') as level,
      (select rolcreatedb or rolsuper from pg_roles where rolname = current_user) as creates,
      (select rolreplication or rolsuper from pg_roles where rolname = current_user) as replicates`;
  if (facts?.level !== "logical") {
    throw new SandboxProblem(
      `The hub's server has wal_level = ${facts?.level}; the sandbox's databases are read by ` +
        "their log, which needs wal_level = logical. Change it and start the server anew.",
    );
  }
  if (!facts.creates || !facts.replicates) {
    throw new SandboxProblem(
      "The hub's user may not create databases or read logs on its server. " +
        "Grant it CREATEDB and REPLICATION, or connect systems of your own.",
    );
  }
}

async function fill(url: string, shape: string, tables: ReadonlyMap<string, Rows>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    // All or nothing: a half-made database would be taken for a whole one next time.
    await sql.begin(async (tx) => {
      await tx.unsafe(shape);
      for (const [table, rows] of tables) {
        const names = Object.keys(rows[0] ?? {});
        const columns = names.map((name) => `"${name}"`).join(", ");
        await tx.unsafe(
          `insert into ${table} (${columns}) select ${columns}
           from json_populate_recordset(null::${table}, $1::text::json)`,
          [JSON.stringify(rows)],
        );
      }
    });
    await sql.unsafe("analyze");
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Removes the databases; their systems must have been removed from the hub before. */
export async function dropSandboxDatabases(hubUrl: string): Promise<void> {
  const server = postgres(hubUrl, { max: 1, onnotice: () => undefined });
  try {
    for (const system of SANDBOX_SYSTEMS) {
      await server.unsafe(`drop database if exists "${placeOf(hubUrl, system).name}" with (force)`);
    }
  } finally {
    await server.end({ timeout: 5 });
  }
}
