import type { Sql } from "../../../../db/client.ts";
import type { FieldValue } from "../../../core/values/field-value.ts";
import type { AuditRow, ConflictRow, HubView, RecordRow, Version } from "./hub-view.ts";

/** What has happened since the last look: the hub as it is now, and its audit log since then. */
export type Look = { readonly view: HubView; readonly lines: readonly AuditRow[] };

/**
 * Looks at the hub's tables by plain SQL: nothing of the product's reading is shared. A look is one
 * statement, for there is one after every step of every run.
 */
export function hubWatcher(sql: Sql): (always: boolean) => Promise<Look | null> {
  const told = new Map<string, number>();
  let looked = "";
  /** @returns null when nothing was written anywhere since the last look, unless `always` */
  return async (always) => {
    const [row] = await sql<{ next: string; view: TablesRead | null; lines: AuditRow[] }[]>`
      select next,
        case when ${always} or next <> ${looked} then ${tables(sql)} end as view,
        case when ${always} or next <> ${looked} then ${linesSince(sql, told)} end as lines
      from (select pg_snapshot_xmax(pg_current_snapshot())::text as next) as n`;
    if (row === undefined || row.view === null) return null;
    looked = row.next;
    return { view: viewOf(row.view), lines: take(row.lines, told) };
  };
}

export async function viewHub(sql: Sql): Promise<HubView> {
  const [row] = await sql<{ view: TablesRead }[]>`select ${tables(sql)} as view`;
  if (row === undefined) throw new Error("A select without a table has one row.");
  return viewOf(row.view);
}

/** The lines that came since the last call, in the order in which they were committed. */
export function auditReader(sql: Sql): () => Promise<AuditRow[]> {
  const told = new Map<string, number>();
  return async () => {
    const [row] = await sql<{ lines: AuditRow[] }[]>`select ${linesSince(sql, told)} as lines`;
    return take(row?.lines ?? [], told);
  };
}

/** The published versions by number, the live one last. */
export async function readVersions(sql: Sql): Promise<Map<number, Version>> {
  const rows = await sql<(Version & { number: number })[]>`
    select number, document, published_at as at from map_versions order by number`;
  return new Map(rows.map(({ number, ...version }) => [number, version]));
}

type TablesRead = Omit<HubView, "records" | "version"> & {
  readonly records: readonly RecordRow[];
  readonly version: number | null;
};

const tables = (sql: Sql) => sql`json_build_object(
  'records', ${listed(sql, sql`select id, values, deleted_at from records order by id`)},
  'links', ${listed(
    sql,
    sql`select id, record, binding, system, external_id, state, position, let_be,
      columns, bases from links order by id`,
  )},
  'conflicts', ${listed(
    sql,
    sql`select id, kind, record, field, state, reason, revision, candidates
      from conflicts order by id`,
  )},
  'quarantine', ${listed(
    sql,
    sql`select id, kind, record, link, binding, external_id, field, code, value, columns, state
      from quarantine order by id`,
  )},
  'deliveries', ${listed(
    sql,
    sql`select link, system, partition, state, next_at, failure from deliveries order by link`,
  )},
  'attempts', ${listed(
    sql,
    sql`select id, link, record, binding, operation, transaction, external_id, state, sent
      from attempts order by id`,
  )},
  'unmatched', ${listed(
    sql,
    sql`select binding, external_id from unmatched_rows order by binding, external_id`,
  )},
  'captures', ${listed(sql, sql`select system, position, loaded from captures order by system`)},
  'inbox', ${listed(sql, sql`select system from inbox order by number`)},
  'massChanges', ${listed(
    sql,
    sql`select binding from runs where kind = 'mass-change' order by id`,
  )},
  'version', (select max(number) from map_versions))`;

const linesSince = (sql: Sql, told: ReadonlyMap<string, number>) =>
  listed(
    sql,
    sql`
      select e.stream, e.number::int, kind, actor,
        coalesce(record::text, '') as record, link, system, field, before, after,
        before is not null as has_before, after is not null as has_after, losers, rule, cause,
        map_version, at
      from audit_entries e
      left join json_to_recordset(${JSON.stringify(
        [...told].map(([stream, number]) => ({ stream, number })),
      )}::text::json) as t(stream text, number int) on t.stream = e.stream
      where e.number > coalesce(t.number, 0)
      -- Transactions come one after the other here, so their numbers are their order.
      order by e.xmin::text::bigint, e.stream, e.number`,
  );

const listed = (sql: Sql, rows: ReturnType<Sql>) =>
  sql`(select coalesce(json_agg(t), '[]') from (${rows}) as t)`;

function viewOf({ records, conflicts, version, ...others }: TablesRead): HubView {
  return {
    ...others,
    records: new Map(records.map((record) => [record.id, record])),
    conflicts: conflicts.flatMap(partsAsked),
    version: version ?? 0,
  };
}

/** Times as the driver gives them, so that they can be compared with those that it has read. */
function take(rows: readonly AuditRow[], told: Map<string, number>): AuditRow[] {
  for (const { stream, number } of rows) told.set(stream, number);
  return rows.map((row) => ({ ...row, at: row.at.replace("+00:00", "Z") }));
}

/** A question about fields that are decided together, as one about each of them. */
function partsAsked(conflict: ConflictRow): ConflictRow[] {
  const parts = conflict.candidates.flatMap(({ value }) =>
    value !== null && typeof value === "object" && "parts" in value ? Object.keys(value.parts) : [],
  );
  if (parts.length === 0) return [conflict];
  return [...new Set(parts)].map((field) => ({
    ...conflict,
    field,
    candidates: conflict.candidates.map((one) => ({
      ...one,
      value: (one.value as { parts: Record<string, FieldValue> }).parts[field] ?? null,
    })),
  }));
}
