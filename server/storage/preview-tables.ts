import { BY_KEY, type Transaction } from "../../db/client.ts";
import { ALONE } from "./advisory.ts";

/**
 * A preview decides as the engine does, and keeps nothing. It works in a transaction that has its
 * own tables under the names of the hub's: temporary ones, which come first in a session's search
 * path. So every statement of the engine is carried out as it is, and reaches the hub's rows not
 * at all: once the tables are made, the transaction is read-only, and PostgreSQL refuses what would
 * change another than a temporary one.
 */

/** Tables that are about records. */
const OF_RECORDS = ["records", "record_keys", "links", "conflicts", "quarantine"];
/** Tables that are about links, taken after them. */
const OF_LINKS = { row_names: "link", deliveries: "link", attempts: "link" } as const;
/** Tables that are taken whole. */
const WHOLE = ["map_versions", "captures", "mass_tallies", "unmatched_rows", "rows_let_be"];
/** Tables in which the engine writes down what it does: nothing is read of what stands there. */
const LOGS = ["audit_entries", "audit_batches"];
const EMPTY = [...LOGS, "audit_heads", "leases", "runs"];
const MOVED = ["moved_references"];

/** The read that the hub's own rows stand for, as `links.seen_in` has it. */
export const SEEN = "preview";

/**
 * A preview's session: its tables are of nobody else's concern, they are gone in a minute, and
 * no statement of it is worth being compiled or planned by fine statistics.
 */
const SETTINGS = { temp_buffers: "'256MB'", jit: "off", default_statistics_target: "10" };

/**
 * Makes the transaction's own tables and fills them, and makes it read-only. It must be the first
 * in its session, or statements that the session knows already would go to the hub's tables.
 * @param draw notes in `preview_taken` which records are taken; null: all of them
 */
export async function copyHub(
  tx: Transaction,
  draw: ((tx: Transaction) => Promise<void>) | null,
): Promise<void> {
  await setAll(tx, SETTINGS);
  await tx.unsafe(`set local ${ALONE} = 'yes'`);
  // A part of its own: what was read of a copied row stays true until another part writes it.
  await tx.savepoint((part) => makeTables(part, draw));
  await setAll(tx, BY_KEY);
  await tx.unsafe("set transaction read only");
}

async function makeTables(
  tx: Transaction,
  draw: ((tx: Transaction) => Promise<void>) | null,
): Promise<void> {
  await tx.unsafe(`create temp table preview_taken (record uuid primary key, is_partner boolean,
    step int) on commit drop`);
  await draw?.(tx);
  for (const [table, where] of tablesOfRecords(draw === null ? null : 0)) {
    await copy(tx, table, where);
  }
  if (draw !== null) await fill(tx, "quarantine", { where: NOBODYS, seenIn: SEEN });
  for (const table of [...WHOLE, ...MOVED]) await copy(tx, table, "");
  for (const table of EMPTY) await copy(tx, table, "where false");
  await tx.unsafe(`create temp table preview_rows (object text, place int, external_id text,
    columns jsonb) on commit drop`);
  await tx.unsafe("create index on pg_temp.preview_rows (object, place)");
  // The wide columns are of no use to a planner, and take most of the time.
  await tx.unsafe("analyze pg_temp.records (id, entity, deleted_at)");
  await tx.unsafe("analyze pg_temp.links (id, record, binding, external_id, state)");
  await tx.unsafe("analyze pg_temp.record_keys");
}

/**
 * Takes more records along, with all that is about them, as they are in the hub.
 * @param step those that were noted in `preview_taken` after this one
 * @param seenIn the read that is under way, which has not missed them
 */
export async function copyMore(tx: Transaction, step: number, seenIn: string): Promise<void> {
  for (const [table, where] of tablesOfRecords(step)) await fill(tx, table, { where, seenIn });
}

/** Rows that wait and are nobody's yet: a sample looks at each when it comes to it. */
const NOBODYS = "where record is null and state = 'held'";

/** Which rows are taken of each table, in this order; null: all. */
function tablesOfRecords(after: number | null): [string, string][] {
  const all = [...OF_RECORDS, ...Object.keys(OF_LINKS)];
  if (after === null) return all.map((table) => [table, ""]);
  const taken = `(select record from pg_temp.preview_taken where step > ${after})`;
  const links = `(select id from pg_temp.links where record in ${taken})`;
  return [
    ...OF_RECORDS.map((table): [string, string] => [
      table,
      `where ${table === "records" ? "id" : "record"} in ${taken}`,
    ]),
    ...Object.entries(OF_LINKS).map(([table, link]): [string, string] => [
      table,
      `where ${link} in ${links}`,
    ]),
  ];
}

/** From here on the tables are compared as wholes: an index would be the long way. */
export async function endLookingUp(tx: Transaction): Promise<void> {
  for (const name of Object.keys(BY_KEY)) await tx.unsafe(`set local ${name} = on`);
}

async function setAll(tx: Transaction, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await tx.unsafe(`set local ${name} = ${value}`);
  }
}

/** Copies a table; indexes last, for it is filled faster without them. */
async function copy(tx: Transaction, table: string, where: string): Promise<void> {
  await tx.unsafe(`create temp table ${table} (like public.${table} including defaults)
    on commit drop`);
  await fill(tx, table, { where, seenIn: SEEN });
  const indexes = await tx<{ definition: string }[]>`
    select indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = ${table}`;
  // Nothing is looked for in what is only written down.
  const needed = indexes.filter(
    ({ definition }) => !LOGS.includes(table) || definition.startsWith("CREATE UNIQUE "),
  );
  for (const { definition } of needed) {
    await tx.unsafe(definition.replace(" ON public.", " ON pg_temp."));
  }
}

/** Every row counts as seen by a read that is the preview's: nobody need note it of each. */
async function fill(
  tx: Transaction,
  table: string,
  { where, seenIn }: { readonly where: string; readonly seenIn: string },
): Promise<void> {
  const columns = await tx<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = ${`public.${table}`}::regclass and attnum > 0 and not attisdropped
    order by attnum`;
  const values = columns.map(({ name }) => (name === "seen_in" ? `'${seenIn}'` : `"${name}"`));
  await tx.unsafe(`insert into pg_temp.${table} select ${values.join(", ")}
    from public.${table} ${where}`);
}
