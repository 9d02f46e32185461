import type { Sql } from "../../../db/client.ts";
import type { AuditKind } from "../../core/audit/audit-entry.ts";
import type { LogLine } from "../../core/audit/log-line.ts";
import type { RecordId } from "../../core/ids.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { type Titles, titleOf } from "./titles.ts";

/** A line with what its record is called now: its entity's title field. */
export type AuditRow = LogLine & { readonly title: FieldValue };

export type AuditFilter = {
  readonly entity?: string | undefined;
  readonly field?: string | undefined;
  /** Only these records. */
  readonly records?: readonly RecordId[] | undefined;
  readonly system?: string | undefined;
  /** "engine", "system:erp", "person:ana@example.com", or "person" for all people. */
  readonly actor?: string | undefined;
  readonly kinds?: readonly AuditKind[] | undefined;
  readonly run?: string | undefined;
  readonly conflict?: string | undefined;
  /** ISO 8601 UTC; both ends count. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** Where a page ended, in the log's order. */
export type AuditCursor = {
  readonly at: string;
  readonly stream: string;
  readonly number: number;
};

type Page = {
  readonly after: AuditCursor | null;
  readonly countMax: number;
  readonly oldestFirst?: boolean;
  readonly titles: Titles;
};

type Row = Required<AuditRow> & { readonly missing: string };

/** Lines that the filter lets through, newest first, from behind `after` on. */
export async function auditRows(sql: Sql, filter: AuditFilter, page: Page): Promise<AuditRow[]> {
  const { after, countMax, titles, oldestFirst = false } = page;
  const place = after === null ? sql`` : sql`(${after.at}, ${after.stream}, ${after.number})`;
  const behind = oldestFirst
    ? sql`and (a.at, a.stream, a.number) > ${place}`
    : sql`and (a.at, a.stream, a.number) < ${place}`;
  const rows = await sql<Row[]>`
    select a.stream, a.number, a.at, a.kind, a.actor, a.entity, a.record, a.system, a.field,
      a.before, a.after, a.losers, a.rule, a.cause, a.map_version as "mapVersion", a.run,
      concat(case when a.before is null then 'b' end, case when a.after is null then 'a' end)
        as missing,
      ${titleOf(sql, titles)} as title
    from audit_entries a left join records r on r.id = a.record
    where ${matches(sql, filter)} ${after === null ? sql`` : behind}
    order by ${
      oldestFirst ? sql`a.at, a.stream, a.number` : sql`a.at desc, a.stream desc, a.number desc`
    }
    limit ${countMax}`;
  return rows.map(({ missing, before, after: value, ...row }) => ({
    ...row,
    ...(missing.includes("b") ? {} : { before }),
    ...(missing.includes("a") ? {} : { after: value }),
  }));
}

/** Only what was asked for becomes part of the statement, so that an index can serve it. */
function matches(sql: Sql, filter: AuditFilter) {
  const { entity, field, records, system, actor, kinds, run, conflict, from, to } = filter;
  const parts = [
    ...(entity === undefined ? [] : [sql`a.entity = ${entity}`]),
    ...(field === undefined ? [] : [sql`(a.field = ${field} or ${made(sql, field)})`]),
    ...(records === undefined ? [] : [sql`a.record = any(${records as RecordId[]}::uuid[])`]),
    ...(system === undefined ? [] : [sql`a.system = ${system}`]),
    ...(actor === undefined ? [] : [byActor(sql, actor)]),
    ...(kinds === undefined ? [] : [sql`a.kind = any(${kinds as AuditKind[]})`]),
    ...(run === undefined ? [] : [sql`a.run = ${run}`]),
    ...(conflict === undefined ? [] : [sql`a.cause ->> 'conflict' = ${conflict}`]),
    ...(from === undefined ? [] : [sql`a.at >= ${from}`]),
    ...(to === undefined ? [] : [sql`a.at <= ${to}`]),
  ];
  return parts.reduce((all, part) => sql`${all} and ${part}`, sql`true`);
}

/** A made record or row tells all its fields in one line. */
const made = (sql: Sql, field: string) => sql`
  (a.field is null and a.kind in ('created', 'row-created') and a.after ? ${field})`;

function byActor(sql: Sql, actor: string) {
  return actor === "person" ? sql`a.actor like 'person:%'` : sql`a.actor = ${actor}`;
}
