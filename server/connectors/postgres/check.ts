import type { CheckLine } from "../connector.ts";
import type { Table } from "./catalog.ts";
import type { Query, Server } from "./connection.ts";
import { readTables } from "./read-catalog.ts";

const VERSION_MIN = 14;

type Verdict = { readonly ok: boolean; readonly detail: string };
type Test = {
  readonly label: string;
  readonly run: (server: Server) => Promise<Verdict>;
  readonly isForWriting?: true;
  /** Only who reads the log needs it. */
  readonly isForLog?: true;
};

/**
 * The list of a live test, up to the first line that fails.
 * @param isLogRead without it nothing is asked of the log
 */
export async function checkServer(server: Server, isLogRead = true): Promise<CheckLine[]> {
  const lines: CheckLine[] = [];
  for (const { label, run, isForLog, ...more } of TESTS) {
    if (isForLog === true && !isLogRead) continue;
    const verdict = await run(server);
    lines.push({ label, ...verdict, ...more });
    if (!verdict.ok) break;
  }
  return lines;
}

const TESTS: readonly Test[] = [
  { label: "Reach the server", run: reach },
  { label: "Sign in", run: signIn },
  { label: "Version", run: version },
  { label: "The log carries rows", run: walLevel, isForLog: true },
  { label: "Right to read the log", run: replicationRight, isForLog: true },
  { label: "Free replication slots", run: freeSlot, isForLog: true },
  { label: "Right to publish changes", run: publicationRight, isForLog: true },
  { label: "Read the tables", run: readSchema },
  { label: "Read a row", run: readRow },
  { label: "Right to write", run: writeRight, isForWriting: true },
];

async function reach(server: Server): Promise<Verdict> {
  const start = performance.now();
  await server.query("select 1");
  const ms = (performance.now() - start).toFixed(1);
  return { ok: true, detail: `${server.access.host}:${server.access.port} answers in ${ms} ms.` };
}

async function signIn({ query, access }: Server): Promise<Verdict> {
  const user = await one(query, "select current_user");
  return { ok: true, detail: `Signed in to ${access.database} as ${user}.` };
}

async function version({ query }: Server): Promise<Verdict> {
  const number = Number(await one(query, "show server_version_num"));
  const text = await one(query, "show server_version");
  if (number >= VERSION_MIN * 10_000) return { ok: true, detail: `PostgreSQL ${text}.` };
  return { ok: false, detail: `PostgreSQL ${text} is too old: ${VERSION_MIN} or later is needed.` };
}

async function walLevel({ query }: Server): Promise<Verdict> {
  const level = await one(query, "show wal_level");
  if (level === "logical") return { ok: true, detail: "wal_level is logical." };
  const detail = `wal_level is ${level}. Set wal_level = logical in postgresql.conf and restart.`;
  return { ok: false, detail };
}

async function replicationRight({ query, access }: Server): Promise<Verdict> {
  const right = await one(
    query,
    `select rolreplication or rolsuper or exists (
       select 1 from pg_roles g where g.rolname in ('rds_replication', 'cloudsqlsuperuser')
         and pg_has_role(r.oid, g.oid, 'member'))
     from pg_roles r where rolname = current_user`,
  );
  if (right === "t") return { ok: true, detail: `User ${access.user} may read the log.` };
  const detail = `User ${access.user} may not. Grant it: alter role "${access.user}" with replication.`;
  return { ok: false, detail };
}

/** One slot stays with us; another is needed for a moment whenever an object is first read. */
async function freeSlot({ query }: Server): Promise<Verdict> {
  const [[slots, used, own, senders] = []] = await query(
    `select current_setting('max_replication_slots'), count(*),
       count(*) filter (where database = current_database() and slot_name like 'fieldline%'),
       current_setting('max_wal_senders')
     from pg_replication_slots`,
  );
  const free = Number(slots) - Number(used);
  const detail = `${free} of ${slots} slots are free; ${senders} readers of the log are allowed.`;
  if (free >= (Number(own) > 0 ? 1 : 2) && Number(senders) > 1) return { ok: true, detail };
  const wayOut =
    "Two are needed: raise max_replication_slots and max_wal_senders, or remove a slot.";
  return { ok: false, detail: `${detail} ${wayOut}` };
}

async function publicationRight({ query, access }: Server): Promise<Verdict> {
  const right = await one(query, "select has_database_privilege(current_database(), 'create')");
  if (right === "t") return { ok: true, detail: `User ${access.user} may make a publication.` };
  const detail =
    `User ${access.user} may not make a publication. Grant it: ` +
    `grant create on database "${access.database}" to "${access.user}".`;
  return { ok: false, detail };
}

async function readSchema({ query, access }: Server): Promise<Verdict> {
  const tables = (await readTables(query, { schemas: access.schemas })).filter(isTable);
  const keyed = tables.filter((table) => table.key.length > 0);
  if (tables.length === 0) return { ok: false, detail: "The user can see no table." };
  const keyless = tables.length - keyed.length;
  const rest = keyless === 0 ? "" : ` ${keyless} without a usable key cannot be synced.`;
  return { ok: keyed.length > 0, detail: `${tables.length} tables.${rest}` };
}

function isTable(table: Table): boolean {
  return table.schema.kind === "table";
}

async function readRow({ query, access }: Server): Promise<Verdict> {
  const tables = await allowed(query, access.schemas, "select");
  const [first] = tables.allowed;
  if (first === undefined) {
    return { ok: false, detail: `User ${access.user} may read no table. Grant it: grant select.` };
  }
  const rows = await query(`select * from ${first.sqlName} limit 1`);
  const found = rows.length === 0 ? "is empty" : "gave one";
  return { ok: true, detail: `${first.name} ${found}.${missing(tables.denied, "read")}` };
}

async function writeRight({ query, access }: Server): Promise<Verdict> {
  const tables = await allowed(query, access.schemas, "insert, update, delete");
  if (tables.allowed.length > 0) {
    const count = `${tables.allowed.length} tables can be written.`;
    return { ok: true, detail: `${count}${missing(tables.denied, "written")}` };
  }
  const grant = `grant insert, update, delete on … to "${access.user}".`;
  return { ok: false, detail: `User ${access.user} may write no table. Grant it: ${grant}` };
}

function missing(denied: readonly Table[], what: string): string {
  return denied.length === 0 ? "" : ` ${denied.length} may not be ${what}.`;
}

async function allowed(
  query: Query,
  schemas: readonly string[] | undefined,
  rights: string,
): Promise<{ readonly allowed: readonly Table[]; readonly denied: readonly Table[] }> {
  const tables = (await readTables(query, { schemas })).filter(isTable);
  const tests = rights
    .split(", ")
    .map((right) => `has_table_privilege(c.oid, '${right}')`)
    .join(" and ");
  const rows = await query(
    `select c.oid from pg_class c where c.oid = any ($1::oid[]) and ${tests}`,
    [tables.map((table) => table.oid)],
  );
  const oids = new Set(rows.map(([oid]) => Number(oid)));
  return {
    allowed: tables.filter((table) => oids.has(table.oid)),
    denied: tables.filter((table) => !oids.has(table.oid)),
  };
}

async function one(query: Query, text: string): Promise<string> {
  const [[value] = []] = await query(text);
  return value ?? "";
}
