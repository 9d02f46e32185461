import type { Entity, Field, FieldGroup, Policy } from "./document.ts";
import type { Place } from "./place.ts";
import { fieldsOfSplit, splitsOf } from "./splits.ts";

type Grouped = Pick<Entity, "groups">;

/** The group that a field is decided in, with others; undefined where it is decided alone. */
export const groupOf = ({ groups }: Grouped, field: string): FieldGroup | undefined =>
  groups?.find(({ fields }) => fields.includes(field));

/** The fields that are decided with this one, itself among them. */
export const decidedWith = (entity: Grouped, field: string): readonly string[] =>
  groupOf(entity, field)?.fields ?? [field];

/** What says who decides: a field, or a group in the place of its fields. */
export type Decided = {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly string[];
  /** It is a group. */
  readonly group: boolean;
  /** It is what a split says for all of its fields. */
  readonly forAll?: true;
} & Pick<Field, "ownership" | "policy">;

/** Everything of an entity that is decided by itself: its fields, each group once among them. */
export function decidedOf(entity: Pick<Entity, "groups" | "fields">): Decided[] {
  return entity.fields.flatMap((field): Decided[] => {
    const group = groupOf(entity, field.id);
    if (group === undefined) return [alone(field)];
    const first = entity.fields.find(({ id }) => group.fields.includes(id));
    return first?.id === field.id ? [{ ...group, group: true }] : [];
  });
}

export const alone = (field: Field): Decided => ({ ...field, fields: [field.id], group: false });

export const groupsOf = ({ groups = [] }: Grouped): Decided[] =>
  groups.map((group) => ({ ...group, group: true }));

/** Everything of an entity that may say who decides. */
export const ruledOf = (entity: Pick<Entity, "groups" | "fields" | "splits">): Decided[] => [
  ...entity.fields.map(alone),
  ...groupsOf(entity),
  ...splitsOf(entity).map(
    ([id, split]): Decided => ({
      ...{ ...split, id, group: false, forAll: true },
      fields: fieldsOfSplit(entity, id).map((field) => field.id),
    }),
  ),
];

/** Where in the map it says who decides. */
export function placeOf({ id: entity }: Pick<Entity, "id">, { id, group, forAll }: Decided): Place {
  if (forAll) return { entity, split: id };
  return group ? { entity, group: id } : { entity, field: id };
}

/**
 * Policies that choose between two tuples as they are. The others make a value of one field, or
 * compare values that a tuple has no order of.
 */
export const GROUP_POLICIES = [
  "newest",
  "ranked",
  "review",
  "first-non-empty",
] as const satisfies readonly Policy["kind"][];
export type GroupPolicy = (typeof GROUP_POLICIES)[number];

export const isGroupPolicy = (kind: Policy["kind"]): kind is GroupPolicy =>
  GROUP_POLICIES.some((one) => one === kind);
