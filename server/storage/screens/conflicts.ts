import type { Sql } from "../../../db/client.ts";
import type { ConflictId, EntityId, RecordId } from "../../core/ids.ts";
import type { Candidate, ConflictKind, ConflictReason } from "../../core/reconcile/state.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { type Titles, titleOf } from "./titles.ts";

export type QuestionLine = {
  readonly id: ConflictId;
  readonly kind: ConflictKind;
  readonly entity: EntityId;
  readonly record: RecordId;
  /** The record's value of its entity's title field. */
  readonly title: FieldValue;
  readonly field: string | null;
  readonly reason: ConflictReason;
  /** `value` is missing where the sides never agreed. */
  readonly base: { readonly value?: FieldValue };
  readonly candidates: readonly Candidate[];
  readonly revision: number;
  readonly openedAt: string;
  readonly mapVersion: number;
};

export type QuestionFilter = {
  readonly kind?: ConflictKind | undefined;
  readonly entity?: string | undefined;
  readonly field?: string | undefined;
  /** A system that contends. */
  readonly system?: string | undefined;
};

export const QUESTION_ORDERS = ["field", "record", "age"] as const;
export type QuestionOrder = (typeof QUESTION_ORDERS)[number];

/** Where a page ended: the parts of its last line that order it, then its id. */
export type QuestionCursor = [string, string, string];

type Page = {
  readonly order: QuestionOrder;
  readonly after: QuestionCursor | null;
  readonly countMax: number;
  readonly titles: Titles;
};

/** Open questions in an order that lets like ones be decided one after the other. */
export async function openQuestionLines(
  sql: Sql,
  filter: QuestionFilter,
  page: Page,
): Promise<(QuestionLine & { readonly cursor: QuestionCursor })[]> {
  const { order, after, countMax, titles } = page;
  const key = ORDER_KEYS[order](sql);
  return await sql<(QuestionLine & { cursor: QuestionCursor })[]>`
    select q.id, q.kind, q.entity, q.record, q.field, q.reason, q.base, q.candidates, q.revision,
      q.opened_at as "openedAt", q.map_version as "mapVersion",
      ${titleOf(sql, titles)} as title,
      array[${key}, q.id::text] as cursor
    from conflicts q left join records r on r.id = q.record
    where ${matches(sql, filter)}
      ${
        after === null
          ? sql``
          : sql`and (${key}, q.id::text) > (${after[0]}, ${after[1]}, ${after[2]})`
      }
    order by ${key}, q.id::text limit ${countMax}`;
}

/**
 * Two texts that order the queue; questions about a whole record stand behind its fields'.
 * Times are padded text, so that they sort as such.
 */
const ORDER_KEYS = {
  field: (sql: Sql) => sql`
    q.entity || E'\t' || coalesce(q.field, '~') collate "C", ${opened(sql)}`,
  record: (sql: Sql) => sql`q.record::text collate "C", coalesce(q.field, '') collate "C"`,
  age: (sql: Sql) => sql`${opened(sql)}, q.kind`,
} as const;

const opened = (sql: Sql) => sql`
  to_char(q.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') collate "C"`;

function matches(sql: Sql, { kind, entity, field, system }: QuestionFilter) {
  const contender = JSON.stringify([{ from: `system:${system ?? ""}` }]);
  return sql`
    q.state = 'open'
    and (${kind ?? null}::text is null or q.kind = ${kind ?? null})
    and (${entity ?? null}::text is null or q.entity = ${entity ?? null})
    and (${field ?? null}::text is null or q.field = ${field ?? null})
    and (${system ?? null}::text is null or q.candidates @> ${contender}::text::jsonb)`;
}

export type QuestionGroup = {
  readonly kind: ConflictKind;
  readonly entity: string;
  readonly field: string | null;
  readonly count: number;
};

/** How many open questions there are, by what they are about. */
export async function questionGroups(sql: Sql, filter: QuestionFilter): Promise<QuestionGroup[]> {
  return await sql<QuestionGroup[]>`
    select q.kind, q.entity, q.field, count(*)::int as count from conflicts q
    where ${matches(sql, filter)} group by q.kind, q.entity, q.field
    order by q.entity, q.field nulls last`;
}

/** One open question, as the queue shows it; null when it is settled or unknown. */
export async function openQuestionLine(
  sql: Sql,
  id: string,
  titles: Titles,
): Promise<QuestionLine | null> {
  const [row] = await sql<QuestionLine[]>`
    select q.id, q.kind, q.entity, q.record, q.field, q.reason, q.base, q.candidates, q.revision,
      q.opened_at as "openedAt", q.map_version as "mapVersion",
      ${titleOf(sql, titles)} as title
    from conflicts q left join records r on r.id = q.record
    where q.id = ${id} and q.state = 'open'`;
  return row ?? null;
}

export type RowOfRecord = {
  readonly link: string;
  readonly system: string;
  readonly binding: string;
  readonly externalId: string | null;
  readonly state: string;
  /** What the system has by field, as far as it is accounted for; missing: not known. */
  readonly bases: Readonly<Record<string, { readonly s: FieldValue }>>;
};

/** What every system holds of a record, in these fields: the evidence beside a question. */
export async function rowsOfRecord(
  sql: Sql,
  record: RecordId,
  fields: readonly string[],
): Promise<RowOfRecord[]> {
  return await sql<RowOfRecord[]>`
    select id as link, system, binding, external_id as "externalId", state,
      coalesce((select jsonb_object_agg(b.key, b.value) from jsonb_each(bases) b
        where b.key = any(${fields as string[]}::text[])), '{}') as bases
    from links where record = ${record}
      and state not in ('unlinked', 'left', 'archived', 'missing', 'doubted')
    order by id`;
}
