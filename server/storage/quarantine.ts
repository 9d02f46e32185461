import type { Connection, Transaction } from "../../db/client.ts";
import type { QuarantineId } from "../core/ids.ts";
import type { HeldItem } from "../core/reconcile/decide-again.ts";
import type { FieldValue } from "../core/values/field-value.ts";

export type QuarantineState = "held" | "released" | "dismissed" | "resolved";

/** What waits, with what became of it. */
export type StoredItem = HeldItem & { readonly entity: string; readonly state: QuarantineState };

type Row = Omit<StoredItem, "value"> & { readonly stored: { value?: FieldValue } };

const COLUMNS = (sql: Connection) => sql`
  id, kind, entity, record, link, binding, system, external_id as "externalId", field,
  value as stored, columns, position, state`;

/** Items by their ids, in id order; an id that is none is left out. */
export async function findItems(sql: Connection, ids: readonly string[]): Promise<StoredItem[]> {
  if (ids.length === 0) return [];
  const rows = await sql<Row[]>`
    select ${COLUMNS(sql)} from quarantine where id = any(${ids as string[]}::uuid[]) order by id`;
  return rows.map(({ stored, ...row }) =>
    stored.value === undefined ? row : { ...row, value: stored.value },
  );
}

/** Which held items are meant: those that agree with every part that is given. */
export type HeldFilter = {
  readonly kind?: HeldItem["kind"] | undefined;
  readonly entity?: string | undefined;
  readonly system?: string | undefined;
  readonly binding?: string | undefined;
  /** Null: items that concern no field. */
  readonly field?: string | null | undefined;
  readonly code?: string | undefined;
};

export function matchesHeld(sql: Connection, filter: HeldFilter) {
  const { kind = null, entity = null, system = null, binding = null, code = null } = filter;
  const field = filter.field ?? null;
  const byField = filter.field === undefined;
  return sql`
    state = 'held' and (${kind}::text is null or kind = ${kind})
    and (${entity}::text is null or entity = ${entity})
    and (${system}::text is null or system = ${system})
    and (${binding}::text is null or binding = ${binding})
    and (${code}::text is null or code = ${code})
    and (${byField} or field is not distinct from ${field})`;
}

/** Held items that match, in id order after `after`, up to `until`. */
export async function heldIds(
  sql: Connection,
  filter: HeldFilter,
  page: { readonly after: string | null; readonly until: string; readonly countMax: number },
): Promise<QuarantineId[]> {
  const rows = await sql<{ id: QuarantineId }[]>`
    select id from quarantine
    where ${matchesHeld(sql, filter)} and id <= ${page.until}::uuid
      and (${page.after}::uuid is null or id > ${page.after}::uuid)
    order by id limit ${page.countMax}`;
  return rows.map(({ id }) => id);
}

/** How many held items match, and the last of them; null where none does. */
export async function heldNow(
  sql: Connection,
  filter: HeldFilter,
): Promise<{ readonly count: number; readonly last: string } | null> {
  const [row] = await sql<{ count: number; last: string | null }[]>`
    select count(*)::int as count, max(id::text) as last from quarantine
    where ${matchesHeld(sql, filter)}`;
  return row === undefined || row.last === null ? null : { count: row.count, last: row.last };
}

/** Ends items by a person's act: let go because they pass, or dismissed with a reason. */
export async function endItems(
  tx: Transaction,
  ids: readonly QuarantineId[],
  end: {
    readonly state: "released" | "dismissed";
    readonly by: string;
    readonly at: string;
    readonly note: string | null;
  },
): Promise<void> {
  if (ids.length === 0) return;
  await tx`
    update quarantine set state = ${end.state}, released_at = ${end.at}, released_by = ${end.by},
      note = ${end.note}
    where id = any(${ids as QuarantineId[]}::uuid[])`;
}

/** It was tried again and still fails: as it fails today. */
export async function holdAgain(
  tx: Transaction,
  id: QuarantineId,
  today: { readonly code: string; readonly message: string; readonly mapVersion: number },
): Promise<void> {
  await tx`
    update quarantine set code = ${today.code}, message = ${today.message}, tries = tries + 1,
      map_version = ${today.mapVersion}
    where id = ${id} and state = 'held'`;
}
