import type { Transaction } from "../../db/client.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import type { Changes } from "../core/reconcile/world.ts";
import { findUnmatched, type UnmatchedRow } from "../storage/unmatched-rows.ts";
import { claimMatching } from "../storage/world.ts";

/** Only where rows may match nobody is there anything to wait; and only new keys let it go on. */
export function mayHaveWaited(map: CompiledMap, { keys }: Changes): boolean {
  return keys.size > 0 && [...map.bindings.values()].some(({ binding }) => !binding.createsRecords);
}

/** Rows of any system that matched nobody until now, and have a key that a record has got. */
export async function findWaiting(
  tx: Transaction,
  { keys, records }: Changes,
): Promise<UnmatchedRow[]> {
  const byEntity = new Map<string, { key: string; value: string }[]>();
  for (const [record, held] of keys) {
    const entity = records.get(record)?.entity;
    if (entity !== undefined) byEntity.set(entity, [...(byEntity.get(entity) ?? []), ...held]);
  }
  // Their own captures may be telling them at this moment: whoever comes second sees the other.
  await claimMatching(tx, [...byEntity.keys()]);
  const rows: UnmatchedRow[] = [];
  for (const [entity, held] of byEntity) rows.push(...(await findUnmatched(tx, entity, held)));
  return rows;
}
