import type { RecordId } from "../ids.ts";
import type { EntityRules } from "../plan/compile-map.ts";
import type { RecordState } from "./state.ts";
import { holdersOf, matchKey, recordOf, type Working } from "./world.ts";

export type HeldKey = { readonly key: string; readonly value: string };

/**
 * The match keys under which a record is found. A deleted one is found by none; a merged one by
 * its own still, for whoever finds it is led on to the record that it is now.
 */
export function keysOf(
  { matchKeys, unique }: Pick<EntityRules, "matchKeys" | "unique">,
  record: RecordState,
): HeldKey[] {
  const lives = record.deletedAt === null;
  if (!lives && !isMerged(record)) return [];
  const keys: HeldKey[] = [];
  for (const key of matchKeys) {
    const value = key.valueOf((field) => record.values[field]?.v);
    if (value !== null) keys.push({ key: key.name, value });
  }
  // A merged one has nothing of its own that another may not have.
  for (const { name, field, keyOf } of lives ? unique : []) {
    const value = keyOf(record.values[field]?.v ?? null);
    if (value !== null) keys.push({ key: name, value });
  }
  return keys;
}

/** Did a person find it to be another record? */
export function isMerged({ merged }: RecordState): boolean {
  return merged !== undefined && merged !== null;
}

/** The record that a record is now: itself, or the one that it was merged into. */
export function heirOf(work: Working, id: RecordId): RecordId {
  const seen = new Set<RecordId>();
  let heir = id;
  for (;;) {
    const into = recordOf(work, heir)?.merged?.into;
    if (into === undefined || seen.has(into)) return heir;
    seen.add(heir);
    heir = into;
  }
}

/** Claims the record's present keys, in the batch and in what is to be committed. */
export function refreshKeys(work: Working, id: RecordId): void {
  const now = recordOf(work, id);
  const rules = now === undefined ? undefined : work.world.map.entities.get(now.entity);
  if (now === undefined || rules === undefined) return;
  if (rules.matchKeys.length + rules.unique.length === 0) return;
  const before = work.world.records.get(id);
  if (before !== undefined && !work.changes.keys.has(id) && hasSameKeys(rules, before, now)) return;
  const old = before === undefined ? [] : keysOf(rules, before);
  const keys = keysOf(rules, now);
  const noted = work.changes.keys.get(id) ?? old;
  if (isSame(noted, keys)) return;
  work.changes.keys.set(id, keys);
  for (const { key, value } of noted) {
    const place = matchKey(now.entity, key, value);
    work.moved.add(place);
    work.keyHolders.set(
      place,
      holdersOf(work, place).filter((holder) => holder !== id),
    );
  }
  for (const { key, value } of keys) {
    const place = matchKey(now.entity, key, value);
    work.keyHolders.set(place, [...holdersOf(work, place), id]);
  }
}

/** By far the most edits are of other fields: then nothing is put together. */
function hasSameKeys(
  { matchKeys, unique }: Pick<EntityRules, "matchKeys" | "unique">,
  before: RecordState,
  now: RecordState,
): boolean {
  if (before.deletedAt !== now.deletedAt || before.merged !== now.merged) return false;
  const isSameValue = (field: string) => before.values[field] === now.values[field];
  return (
    matchKeys.every(({ fields }) => fields.every(isSameValue)) &&
    unique.every(({ field }) => isSameValue(field))
  );
}

function isSame(a: readonly HeldKey[], b: readonly HeldKey[]): boolean {
  return (
    a.length === b.length &&
    a.every((held, index) => held.key === b[index]?.key && held.value === b[index]?.value)
  );
}
