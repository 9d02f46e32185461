import type { Dimension, Member } from "./dimension.ts";
import type { Entity, Field, MapDocument, Split } from "./document.ts";
import { isSame } from "./same.ts";

type WithSplits = Pick<Entity, "splits">;

/** The fields of an entity that have a value per member, with their ids, in no order. */
export const splitsOf = ({ splits = {} }: WithSplits): [id: string, split: Split][] =>
  Object.entries(splits);

export const splitById = ({ splits = {} }: WithSplits, id: string): Split | undefined =>
  Object.hasOwn(splits, id) ? splits[id] : undefined;

/** The fields of one split, each for a member. */
export const fieldsOfSplit = ({ fields }: Pick<Entity, "fields">, split: string): Field[] =>
  fields.filter((field) => field.split?.of === split);

export const dimensionById = (
  { dimensions = [] }: Pick<MapDocument, "dimensions">,
  id: string,
): Dimension | undefined => dimensions.find((one) => one.id === id);

/** "name", "de" => "name-de": what the field of a member is called, if nothing else is said. */
export const memberFieldId = (split: string, member: string): string => `${split}-${member}`;

/** "Name", "German" => "Name · German" */
export const memberFieldName = (split: Pick<Split, "name">, member: Pick<Member, "name">): string =>
  `${split.name} · ${member.name}`;

/** The field of a member as the split says it for all of them. */
export function memberField(id: string, { per: _, ...said }: Split, member: Member): Field {
  return {
    ...said,
    id: memberFieldId(id, member.id),
    name: memberFieldName(said, member),
    split: { of: id, member: member.id },
  };
}

/** What a field of a split may have of its own. */
export const OWN_ASPECTS = ["ownership", "policy", "validation"] as const;
export type OwnAspect = (typeof OWN_ASPECTS)[number];

/** What a field has of its own, where its split says something else for all. */
export const ownAspects = (split: Split, field: Field): OwnAspect[] =>
  OWN_ASPECTS.filter((aspect) => !isSame(split[aspect], field[aspect]));

/** What every field of a split has in common with the others. */
export const COMMON_ASPECTS = ["type", "options", "group", "note"] as const;

/** "German": whose field of a split it is. */
export function memberName(document: MapDocument, { per }: Pick<Split, "per">, of: Field): string {
  const members = dimensionById(document, per)?.members ?? [];
  return members.find(({ id }) => id === of.split?.member)?.name ?? of.name;
}

/** "Name · per Language": what stands over the fields of a split. */
export const perWords = (document: MapDocument, split: Pick<Split, "name" | "per">): string =>
  `${split.name} · per ${dimensionById(document, split.per)?.name ?? split.per}`;

/**
 * The way out for whoever names a split where one of its fields is meant; nothing where there is
 * no such split.
 *
 * name => " Name has a value per Language: choose name-en or name-de."
 */
export function splitHint(document: MapDocument, entity: Entity, id: string): string {
  const split = splitById(entity, id);
  if (split === undefined) return "";
  const dimension = dimensionById(document, split.per)?.name ?? split.per;
  const ids = fieldsOfSplit(entity, id).map((field) => field.id);
  const way = ids.length === 0 ? "add its members first" : `choose ${ids.join(" or ")}`;
  return ` ${split.name} has a value per ${dimension}: ${way}.`;
}
