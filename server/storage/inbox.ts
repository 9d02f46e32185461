import type { Connection, Transaction } from "../../db/client.ts";
import type { RowHint } from "../core/row-hint.ts";
import type { Columns } from "../core/values/field-value.ts";
import { notify } from "./notify.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

/** What a write of ours was answered, of one row. */
export type Answer = RowHint & {
  readonly operation: "create" | "update" | "delete";
  /** Of the write: its intents have it. */
  readonly transaction: string;
  /** The row as the system stored it; of a deleted one as it was. */
  readonly columns: Columns;
  /** It was read some time after the write. */
  readonly readBack: boolean;
};

export type InboxEntry = RowHint & {
  /** In the order in which they came. */
  readonly number: string;
} & (
    | { readonly kind: "hint" }
    | ({ readonly kind: "answer" } & Pick<
        Answer,
        "operation" | "transaction" | "columns" | "readBack"
      >)
  );

export type AnswerEntry = Extract<InboxEntry, { kind: "answer" }>;

/** Rows of a system that may have changed: a webhook's, or ours to look at. */
export async function addHints(
  tx: Connection,
  system: string,
  hints: readonly RowHint[],
  when: { readonly now: string; readonly dueAt?: string },
): Promise<void> {
  if (hints.length === 0) return;
  await tx`
    insert into inbox (system, object, external_id, kind, read_back, due_at, since)
    select ${system}, object, id, 'hint', false, ${when.dueAt ?? when.now}, ${when.now}
    from unnest(${arrayParameter(hints.map(({ object }) => object))}::text[],
      ${arrayParameter(hints.map(({ externalId }) => externalId))}::text[])
      with ordinality as h(object, id, place)
    order by place`;
  await notify(tx, ["inbox"], [`capture:${system}`]);
}

/** Keeps what a system answered, until its reading has placed it in the order of what it tells. */
export async function addAnswers(
  tx: Transaction,
  system: string,
  answers: readonly Answer[],
  now: string,
): Promise<void> {
  if (answers.length === 0) return;
  await tx`
    insert into inbox (system, object, external_id, kind, operation, transaction, columns,
      read_back, due_at, since)
    select ${system}, object, "externalId", 'answer', operation, transaction, columns, "readBack",
      ${now}, ${now}
    from json_to_recordset(${rowsParameter(tx, answers)}) as a(object text, "externalId" text,
      operation text, transaction text, columns jsonb, "readBack" boolean)`;
  await notify(tx, ["inbox"], [`capture:${system}`]);
}

/** What is due of a system's inbox, in the order in which it came. */
export async function dueInbox(
  sql: Connection,
  system: string,
  of: { readonly now: string; readonly countMax: number },
): Promise<InboxEntry[]> {
  return await sql<InboxEntry[]>`
    select number::text, object, external_id as "externalId", kind, operation, transaction,
      columns, read_back as "readBack"
    from inbox where system = ${system} and due_at <= ${of.now}
    order by inbox.number limit ${of.countMax}`;
}

/** How much waits there, and since when. */
export async function inboxBacklog(
  sql: Connection,
  system: string,
): Promise<{ count: number; since: string | null }> {
  const [row] = await sql<{ count: number; since: string | null }[]>`
    select count(*)::int as count, min(since) as since from inbox where system = ${system}`;
  return row ?? { count: 0, since: null };
}

export async function dropFromInbox(tx: Transaction, numbers: readonly string[]): Promise<void> {
  if (numbers.length === 0) return;
  await tx`delete from inbox where number = any(${arrayParameter(numbers)}::bigint[])`;
}

/** The number of what is read from now on: greater than that of all reads before. */
export async function nextReading(sql: Connection): Promise<string> {
  const [row] = await sql<{ number: string }[]>`select nextval('readings')::text as number`;
  return row?.number ?? "";
}

/**
 * Rows that cannot be placed at this moment: a write of ours to them is not accounted for, so that
 * nobody can tell whether a read of them saw it; or it was answered, and the answer comes first.
 * Where a row is being made whose id nobody knows yet, it may be any that the hub does not know.
 */
export async function findUnplaced(
  sql: Connection,
  of: {
    readonly system: string;
    readonly object: string;
    readonly bindings: readonly string[];
    readonly externalIds: readonly string[];
    /** Transactions whose answers are told before the read. */
    readonly placed: readonly string[];
  },
): Promise<Set<string>> {
  if (of.externalIds.length === 0) return new Set();
  const placed = sql`any(${arrayParameter(of.placed)}::text[])`;
  const rows = await sql<{ id: string }[]>`
    with mine as (
      select a.binding, a.operation, coalesce(a.external_id, l.external_id) as id
      from attempts a left join links l on l.id = a.link
      where a.binding = any(${arrayParameter(of.bindings)}::text[]) and a.state <> 'unknown'
        and not coalesce(a.transaction = ${placed}, false)
      union all
      select null, operation, external_id from inbox
      where system = ${of.system} and object = ${of.object} and kind = 'answer'
        and not transaction = ${placed})
    select w.id from unnest(${arrayParameter(of.externalIds)}::text[]) as w(id)
    where exists (select 1 from mine where mine.id = w.id)
      or exists (
        select 1 from mine where mine.id is null and not exists (
          select 1 from links k
          where k.binding = mine.binding and k.external_id = w.id and k.state = 'live'))`;
  return new Set(rows.map(({ id }) => id));
}
