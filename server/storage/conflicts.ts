import type { Connection } from "../../db/client.ts";
import type { RecordId } from "../core/ids.ts";
import type { Met } from "../core/reconcile/kept-apart.ts";
import type { Conflict, HubValue } from "../core/reconcile/state.ts";
import type { FieldValue } from "../core/values/field-value.ts";
import type { Resolution } from "./changes.ts";

/** What a person answered, with what an undo needs to know of before. */
export type StoredResolution = Resolution & {
  readonly value?: FieldValue;
  /** The hub's value that the answer replaced; missing where there was none. */
  readonly before?: HubValue;
  /** Values that systems were allowed to keep until the answer came to them. */
  readonly met?: readonly Met[];
  /** For a question about a delete: when the record had been deleted. */
  readonly deletedBefore?: string | null;
};

export type StoredConflict = {
  readonly conflict: Conflict;
  readonly resolution: StoredResolution | null;
  /** The e-mail address of the person, or "engine"; null while open. */
  readonly resolvedBy: string | null;
  readonly resolvedAt: string | null;
};

type Row = Omit<Conflict, "base"> &
  Omit<StoredConflict, "conflict"> & { readonly base: { value?: FieldValue } };

/** One question, open or settled; null where there is none of this id. */
export async function findConflict(sql: Connection, id: string): Promise<StoredConflict | null> {
  const [row] = await sql<Row[]>`
    select id, kind, entity, record, field, reason, base, candidates, revision, state,
      opened_at as "openedAt", resolution, resolved_by as "resolvedBy",
      resolved_at as "resolvedAt"
    from conflicts where id = ${id}`;
  if (row === undefined) return null;
  const { base, resolution, resolvedBy, resolvedAt, ...rest } = row;
  const conflict = base.value === undefined ? rest : { ...rest, base: base.value };
  return { conflict, resolution, resolvedBy, resolvedAt };
}

/** Were rows of the record deleted in a system since then? */
export async function rowsDeletedSince(
  sql: Connection,
  record: RecordId,
  since: string,
): Promise<boolean> {
  const rows = await sql`
    select 1 from audit_entries
    where record = ${record} and at >= ${since} and kind = 'row-deleted' limit 1`;
  return rows.length > 0;
}
