import type { Transaction } from "../../db/client.ts";
import type { BindingRules } from "../core/plan/compile-map.ts";
import type { Position } from "../core/position.ts";
import type { MappedObservation } from "../core/reconcile/state.ts";
import { type Changes, rowKey, rowOfKey, type World } from "../core/reconcile/world.ts";
import type { Columns } from "../core/values/field-value.ts";
import { rowsParameter } from "./rows.ts";

/**
 * Keeps rows that nobody has yet; forgets those that are gone, were decided, or wait for a person.
 */
export function saveUnmatched(
  tx: Transaction,
  changes: Changes,
  { map }: Pick<World, "map">,
): Promise<unknown>[] {
  const work: Promise<unknown>[] = [];
  const asked = changes.quarantined.filter(({ kind }) => kind === "row");
  const over = [
    ...changes.decidedRows,
    ...asked.map(({ observation: row }) => rowKey(row.binding, row.externalId)),
  ];
  if (over.length > 0 && [...map.bindings.values()].some(keepsUnmatched)) {
    const rows = over.map(rowOfKey);
    work.push(tx`
      delete from unmatched_rows u
      using json_to_recordset(${rowsParameter(tx, rows)}) as o(binding text, "externalId" text)
      where u.binding = o.binding and u.external_id = o."externalId"`);
  }
  const { unmatched } = changes;
  if (unmatched.size > 0) {
    const rows = [...unmatched.values()].map((row) => rowOf(row, map.bindings.get(row.binding)));
    work.push(tx`
      insert into unmatched_rows (binding, external_id, entity, columns, keys, position, at)
      select binding, "externalId", entity, columns, keys, position, at
      from json_to_recordset(${rowsParameter(tx, rows)}) as u(binding text, "externalId" text,
        entity text, columns jsonb, keys text[], position text, at timestamptz)
      on conflict (binding, external_id) do update
        set columns = unmatched_rows.columns || excluded.columns, keys = excluded.keys,
          position = excluded.position, at = excluded.at`);
  }
  return work;
}

const keepsUnmatched = ({ binding }: BindingRules) => !binding.createsRecords;

function rowOf(row: MappedObservation, rules: BindingRules | undefined) {
  const keys: string[] = [];
  for (const key of rules?.entity.matchKeys ?? []) {
    const value = key.valueOf((field) => row.fields[field]);
    if (value !== null) keys.push(`${key.name}\n${value}`);
  }
  const { binding, externalId, columns, position, at } = row;
  return { binding, externalId, columns, position, at, keys, entity: rules?.binding.entity };
}

export type UnmatchedRow = {
  readonly binding: string;
  readonly externalId: string;
  readonly columns: Columns;
  readonly position: Position;
  readonly at: string | null;
};

/** The kept rows that have one of these keys. */
export async function findUnmatched(
  tx: Transaction,
  entity: string,
  keys: readonly { readonly key: string; readonly value: string }[],
): Promise<UnmatchedRow[]> {
  if (keys.length === 0) return [];
  const texts = keys.map(({ key, value }) => `${key}\n${value}`);
  return await tx<UnmatchedRow[]>`
    select binding, external_id as "externalId", columns, position, at from unmatched_rows
    where entity = ${entity} and keys && ${texts}::text[] order by binding, external_id`;
}

/** Rows that were nobody's, and are no longer there: all was told anew, and they were not. */
export async function forgetUnmatched(
  tx: Transaction,
  binding: string,
  before: Position,
): Promise<void> {
  await tx`
    delete from unmatched_rows
    where binding = ${binding} and position collate "C" < ${before} collate "C"`;
}
