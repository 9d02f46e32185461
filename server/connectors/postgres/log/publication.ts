import type { Table } from "../catalog.ts";
import type { Query } from "../connection.ts";
import { quoteName } from "../sql.ts";

/**
 * Makes the publication tell exactly these tables. Nothing else is made in the system: no trigger,
 * no column, no replica identity.
 */
export async function preparePublication(
  query: Query,
  publication: string,
  tables: readonly Table[],
): Promise<void> {
  const name = quoteName(publication);
  let told = await publishedTables(query, publication);
  if (told === null) {
    await query(`create publication ${name} with (publish_via_partition_root = true)`);
    told = new Map();
  }
  const before = told;
  const missing = tables.filter((table) => !before.has(table.oid));
  if (missing.length > 0) {
    const list = missing.map((table) => table.sqlName).join(", ");
    await query(`alter publication ${name} add table ${list}`);
  }
  const wanted = new Set(tables.map((table) => table.oid));
  const surplus = [...before].filter(([oid]) => !wanted.has(oid)).map(([, table]) => table);
  if (surplus.length > 0) {
    await query(`alter publication ${name} drop table ${surplus.join(", ")}`);
  }
}

/** The tables of a publication with their quoted names, by oid; null when there is none. */
export async function publishedTables(
  query: Query,
  publication: string,
): Promise<Map<number, string> | null> {
  const rows = await query(
    `select r.prrelid, n.nspname, c.relname
     from pg_publication p
       left join pg_publication_rel r on r.prpubid = p.oid
       left join pg_class c on c.oid = r.prrelid
       left join pg_namespace n on n.oid = c.relnamespace
     where p.pubname = $1`,
    [publication],
  );
  if (rows.length === 0) return null;
  const tables = new Map<number, string>();
  for (const [oid, schema, table] of rows) {
    if (oid === null || oid === undefined) continue;
    tables.set(Number(oid), `${quoteName(schema ?? "")}.${quoteName(table ?? "")}`);
  }
  return tables;
}

export async function dropPublication(query: Query, publication: string): Promise<void> {
  await query(`drop publication if exists ${quoteName(publication)}`);
}
