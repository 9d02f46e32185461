import type { LinkId, RecordId } from "../ids.ts";
import type { EntityRules } from "../plan/compile-map.ts";
import type { UniqueRule } from "../validation/unique.ts";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { type Changes, holdersOf, matchKey, recordOf, type Working, type World } from "./world.ts";

export type Claimant = {
  readonly entity: string;
  /** Null for a row that is nobody's yet. */
  readonly record: RecordId | null;
  readonly link: LinkId | null;
};

/** Why a value is taken: another living record has it. Null while none has. */
export function takenBy(
  work: Working,
  rule: UniqueRule,
  value: FieldValue,
  { entity, record, link }: Claimant,
): string | null {
  const key = rule.keyOf(value);
  if (key === null) return null;
  const place = matchKey(entity, rule.name, key);
  const others = holdersOf(work, place).filter((id) => id !== record && lives(work, id));
  if (others.length === 0) return null;
  if (link !== null) work.wanting.set(place, [...(work.wanting.get(place) ?? []), link]);
  return `Another record has ${quoteValue(value)} already.`;
}

export type Claim = {
  readonly entity: string;
  readonly key: string;
  readonly value: string;
  /** Its `matchKey`. */
  readonly place: string;
};

/** The keys of these values, where they are unique. */
export function claimsOf(
  { entity, unique }: Pick<EntityRules, "entity" | "unique">,
  has: (field: string) => FieldValue | undefined,
): Claim[] {
  return unique.flatMap(({ field, name, keyOf }) => {
    const value = keyOf(has(field) ?? null);
    if (value === null) return [];
    return [{ entity: entity.id, key: name, value, place: matchKey(entity.id, name, value) }];
  });
}

/** By `matchKey`: unique values that records had before these changes and have no more. */
export function givenUp({ map, records }: World, changes: Changes): string[] {
  return [...changes.keys].flatMap(([id, keys]) => {
    const before = records.get(id);
    const rules = before === undefined ? undefined : map.entities.get(before.entity);
    if (before === undefined || before.deletedAt !== null || rules === undefined) return [];
    return claimsOf(rules, (field) => before.values[field]?.v)
      .filter((claim) => !keys.some(({ key, value }) => key === claim.key && value === claim.value))
      .map(({ place }) => place);
  });
}

/** One that the batch has not loaded has its key still: nothing has happened to it here. */
const lives = (work: Working, id: RecordId): boolean =>
  (recordOf(work, id)?.deletedAt ?? null) === null;
