import type { Transaction } from "../../db/client.ts";
import type { QuarantineId } from "../core/ids.ts";
import type { Position } from "../core/position.ts";
import type { RowLetBe } from "../core/reconcile/let-be.ts";
import { type Changes, rowKey, rowOfKey } from "../core/reconcile/world.ts";
import { rowsParameter } from "./rows.ts";
import type { RowRef } from "./world.ts";

/** What a person has let be of these rows, by `rowKey`. */
export async function findLetBe(
  tx: Transaction,
  rows: readonly RowRef[],
): Promise<Map<string, RowLetBe>> {
  const found = await tx<(RowRef & RowLetBe)[]>`
    select b.binding, b.external_id as "externalId", b.columns, b.position
    from json_to_recordset(${rowsParameter(tx, rows)}) as w(binding text, "externalId" text)
    join rows_let_be b on b.binding = w.binding and b.external_id = w."externalId"`;
  return new Map(
    found.map(({ binding, externalId, ...row }) => [rowKey(binding, externalId), row]),
  );
}

/** The row of this held item is let be from now on; one that cannot be kept, until it is read. */
export async function addLetBe(tx: Transaction, item: QuarantineId): Promise<void> {
  await tx`
    insert into rows_let_be (binding, external_id, item, columns, position)
    select binding, external_id, id, columns, position from quarantine
    where id = ${item} and external_id is not null and columns is not null
    on conflict (binding, external_id) do update
      set item = excluded.item, columns = excluded.columns, position = excluded.position`;
}

/** Follows what was told of them once more, and forgets those that are no more as they were. */
export function saveLetBe(tx: Transaction, { letBe }: Changes): Promise<unknown>[] {
  const work: Promise<unknown>[] = [];
  const told = [...letBe.values()].flatMap((row) => row ?? []);
  const over = [...letBe].flatMap(([key, row]) => (row === null ? [rowOfKey(key)] : []));
  if (told.length > 0) {
    work.push(tx`
      update rows_let_be b set columns = b.columns || t.columns, position = t.position
      from json_to_recordset(${rowsParameter(tx, told)})
        as t(binding text, "externalId" text, columns jsonb, position text)
      where b.binding = t.binding and b.external_id = t."externalId"`);
  }
  if (over.length > 0) work.push(endLetBe(tx, over));
  return work;
}

/** These rows are let be no more. */
export async function endLetBe(tx: Transaction, rows: readonly RowRef[]): Promise<void> {
  await tx`
    delete from rows_let_be b
    using json_to_recordset(${rowsParameter(tx, rows)}) as o(binding text, "externalId" text)
    where b.binding = o.binding and b.external_id = o."externalId"`;
}

/** Rows that are no longer there: all was told anew, and they were not. */
export async function forgetLetBe(
  tx: Transaction,
  binding: string,
  before: Position,
): Promise<void> {
  await tx`
    delete from rows_let_be
    where binding = ${binding}
      and (position is null or position collate "C" < ${before} collate "C")`;
}

/**
 * Holds an item again that a person had let be; a row as it was told last.
 * @returns whether it was let be still, where it is a row
 */
export async function holdLetBe(
  tx: Transaction,
  { id, kind }: { readonly id: QuarantineId; readonly kind: string },
): Promise<boolean> {
  if (kind === "row") {
    const [kept] = await tx`
      with kept as (delete from rows_let_be where item = ${id} returning columns, position)
      update quarantine q set columns = kept.columns, position = kept.position
      from kept where q.id = ${id} returning 1`;
    if (kept === undefined) return false;
  }
  await tx`
    update quarantine set state = 'held', released_at = null, released_by = null, note = null
    where id = ${id}`;
  return true;
}
