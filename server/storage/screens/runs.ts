import type { Sql } from "../../../db/client.ts";
import type { AuditKind, Cause, Loser, Rule } from "../../core/audit/audit-entry.ts";
import type { RecordId } from "../../core/ids.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { rowsParameter } from "../rows.ts";
import { type Titles, titleOf } from "./titles.ts";

export type RunLine = {
  readonly id: string;
  readonly kind: string;
  readonly system: string | null;
  readonly binding: string | null;
  readonly state: string;
  readonly mapVersion: number | null;
  readonly engine: string | null;
  /** read, written, skipped, conflicts, quarantined and what else the engine counts. */
  readonly counts: Readonly<Record<string, number>>;
  readonly detail: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly updatedAt: string;
};

export type RunFilter = {
  readonly kind?: string | undefined;
  readonly system?: string | undefined;
  readonly state?: string | undefined;
};

/** Where a page of runs ended: pages go on behind it, however many runs begin meanwhile. */
export type RunCursor = { readonly startedAt: string; readonly id: string };

const columns = (sql: Sql) => sql`
  id, kind, system, binding, state, map_version as "mapVersion", engine, counts, detail,
  started_at as "startedAt", finished_at as "finishedAt", updated_at as "updatedAt"`;

/** Runs that the filter lets through, the newest first. */
export async function listRuns(
  sql: Sql,
  filter: RunFilter,
  page: { readonly after: RunCursor | null; readonly countMax: number },
): Promise<RunLine[]> {
  const { after, countMax } = page;
  return await sql<RunLine[]>`
    select ${columns(sql)} from runs
    where ${matches(sql, filter)}
      ${after === null ? sql`` : sql`and (started_at, id) < (${after.startedAt}, ${after.id})`}
    order by started_at desc, id desc limit ${countMax}`;
}

/** How many runs the filter lets through, and how many there are. */
export async function countRuns(
  sql: Sql,
  filter: RunFilter,
): Promise<{ matching: number; all: number }> {
  const [row] = await sql<[{ matching: number; all: number }]>`
    select (count(*) filter (where ${matches(sql, filter)}))::int as matching,
      count(*)::int as all
    from runs`;
  return row;
}

function matches(sql: Sql, { kind, system, state }: RunFilter) {
  return sql`
    (${kind ?? null}::text is null or kind = ${kind ?? null})
    and (${system ?? null}::text is null or system = ${system ?? null})
    and (${state ?? null}::text is null or state = ${state ?? null})`;
}

export async function findRun(sql: Sql, id: string): Promise<RunLine | null> {
  const [row] = await sql<RunLine[]>`select ${columns(sql)} from runs where id = ${id}`;
  return row ?? null;
}

/** How long runs like it usually take, in seconds. */
export type UsualDuration = {
  readonly kind: string;
  readonly system: string | null;
  readonly binding: string | null;
  readonly median: number;
  readonly p95: number;
};

/** Fewer finished runs than this say nothing about what is usual. */
const USUAL_RUNS_MIN = 5;
const USUAL_RUNS_MAX = 2_000;

export async function usualDurations(sql: Sql): Promise<UsualDuration[]> {
  return await sql<UsualDuration[]>`
    with finished as (
      select kind, system, binding, extract(epoch from finished_at - started_at)::float8 as seconds
      from runs where state = 'succeeded' and kind <> 'continuous' and finished_at is not null
      order by started_at desc limit ${USUAL_RUNS_MAX}
    )
    select kind, system, binding,
      percentile_cont(0.5) within group (order by seconds) as median,
      percentile_cont(0.95) within group (order by seconds) as p95
    from finished group by kind, system, binding having count(*) >= ${USUAL_RUNS_MIN}`;
}

export type RunAuditLine = {
  readonly stream: string;
  readonly number: number;
  readonly at: string;
  readonly kind: AuditKind;
  readonly actor: string;
  readonly entity: string;
  readonly record: RecordId | null;
  /** The record's name: its entity's title field. */
  readonly title: string | null;
  readonly system: string | null;
  readonly field: string | null;
  /** Null where there was nothing; `{ v: null }` where there was a null. */
  readonly before: { readonly v: FieldValue } | null;
  readonly after: { readonly v: FieldValue | Readonly<Record<string, FieldValue>> } | null;
  readonly losers: readonly Loser[] | null;
  readonly rule: Rule;
  readonly cause: Cause;
};

/** The stretch of the audit log that a run lies in: the log is ordered by time, not by run. */
export type RunWindow = { readonly run: string; readonly from: string; readonly to: string };

export type LineCursor = {
  readonly at: string;
  readonly stream: string;
  readonly number: number;
};

type LineQuery = {
  /** Only these records; null: all. */
  readonly records: readonly RecordId[] | null;
  readonly after: LineCursor | null;
  readonly countMax: number;
  readonly titles: Titles;
};

/** What a run did, newest first. */
export async function runLines(
  sql: Sql,
  window: RunWindow,
  query: LineQuery,
): Promise<RunAuditLine[]> {
  const { records, after, countMax, titles } = query;
  return await sql<RunAuditLine[]>`
    select a.stream, a.number, a.at, a.kind, a.actor, a.entity, a.record, a.system, a.field,
      case when a.before is not null then jsonb_build_object('v', a.before) end as before,
      case when a.after is not null then jsonb_build_object('v', a.after) end as after, a.losers, a.rule, a.cause,
      (${titleOf(sql, titles)}) #>> '{}' as title
    from audit_entries a left join records r on r.id = a.record
    where a.at between ${window.from} and ${window.to} and a.run = ${window.run}
      ${records === null ? sql`` : sql`and a.record = any(${records as RecordId[]}::uuid[])`}
      ${
        after === null
          ? sql``
          : sql`and (a.at, a.stream, a.number) < (${after.at}, ${after.stream}, ${after.number})`
      }
    order by a.at desc, a.stream desc, a.number desc limit ${countMax}`;
}

const FOUND_RECORDS_MAX = 500;

/** Records that a text names: by their own id, by a system's id of them, or by a match key. */
export async function recordsNamed(
  sql: Sql,
  text: string,
  places: {
    readonly bindings: readonly string[];
    readonly keys: readonly { readonly entity: string; readonly key: string }[];
  },
): Promise<RecordId[]> {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
  const rows = await sql<{ record: RecordId }[]>`
    select record from links
    where binding = any(${places.bindings as string[]}) and external_id = ${text}
    union
    select k.record from json_to_recordset(${rowsParameter(sql, places.keys)})
        as p(entity text, key text)
      join record_keys k on k.entity = p.entity and k.key = p.key and k.value = ${text}
    ${isUuid ? sql`union select ${text}::uuid` : sql``}
    limit ${FOUND_RECORDS_MAX}`;
  return rows.map(({ record }) => record);
}

export type FailureGroup = {
  readonly system: string;
  readonly binding: string;
  readonly entity: string;
  readonly field: string | null;
  readonly kind: string;
  readonly code: string;
  readonly count: number;
  /** How many of them still wait. */
  readonly held: number;
  readonly first: string;
  readonly last: string;
  /** One of their messages, the newest. */
  readonly sample: string;
  readonly sampleId: string | null;
};

const FAILURE_GROUPS_MAX = 50;

/** What went to quarantine while a run ran, grouped by what is wrong. */
export async function failureGroups(
  sql: Sql,
  run: Pick<RunLine, "system" | "binding">,
  window: Omit<RunWindow, "run">,
): Promise<FailureGroup[]> {
  return await sql<FailureGroup[]>`
    select system, binding, entity, field, kind, code, count(*)::int as count,
      (count(*) filter (where state = 'held'))::int as held,
      min(held_at) as first, max(held_at) as last,
      (array_agg(message order by held_at desc))[1] as sample,
      (array_agg(external_id order by held_at desc))[1] as "sampleId"
    from quarantine
    where held_at between ${window.from} and ${window.to}
      and (${run.system}::text is null or system = ${run.system})
      and (${run.binding}::text is null or binding = ${run.binding})
    group by system, binding, entity, field, kind, code
    order by count(*) desc limit ${FAILURE_GROUPS_MAX}`;
}
