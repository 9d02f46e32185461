import type { Dimension } from "../dimension.ts";
import type { Entity, Field, MapDocument, Split } from "../document.ts";
import {
  COMMON_ASPECTS,
  dimensionById,
  fieldsOfSplit,
  memberField,
  ownAspects,
  splitById,
  splitsOf,
} from "../splits.ts";
import type { Edit, SimpleEdit } from "./edit.ts";
import { applied, type EditResult, isMissing, withSet } from "./outcome.ts";

type Of<Type extends SimpleEdit["type"]> = Extract<SimpleEdit, { type: Type }>;

/** What a split becomes, with all of its fields. */
export type SplitChange = {
  /** Its id. */
  readonly split: string;
  readonly to: Split;
  /** By member: a field that the entity has already and that becomes the member's, as it is. */
  readonly adopted?: Readonly<Record<string, string>>;
};

/**
 * The edit that says that a field has a value per member, or says it otherwise, with all that
 * belongs to it: each member gets a field, and what was not a field's own is said anew.
 */
export function splitEdit(document: MapDocument, entity: Entity, change: SplitChange): Edit {
  const { split, to, adopted = {} } = change;
  const before = splitById(entity, split);
  const members = dimensionById(document, to.per)?.members ?? [];
  const found = members.map((member) => ({
    wanted: memberField(split, to, member),
    was: entity.fields.find((field) =>
      before === undefined
        ? field.id === adopted[member.id]
        : field.split?.of === split && field.split.member === member.id,
    ),
  }));
  const edits = placed(entity, found).flatMap(({ wanted, was, at }): Edit[] => {
    if (was === undefined) return [{ type: "add-field", entity: entity.id, field: wanted, at }];
    const joins = was.split === undefined ? joining(entity, was, wanted, at) : [];
    return [...joins, ...likeSplit(entity, { before, was, wanted })];
  });
  const gone = fieldsOfSplit(entity, split).filter(
    (field) => !members.some(({ id }) => id === field.split?.member),
  );
  const removals = gone.map(
    ({ id }): Edit => ({ type: "remove-field", entity: entity.id, field: id }),
  );
  const label = before === undefined ? `Give ${to.name} a value each` : `Change ${to.name}`;
  const set: Edit = { type: "set-split", entity: entity.id, split, to };
  return { type: "batch", label, edits: [set, ...edits, ...removals] };
}

/** The edit that says something of all fields of a split; what one has of its own stays its own. */
export function saidForAll(
  document: MapDocument,
  entity: Entity,
  split: string,
  said: Partial<Split>,
): Edit | null {
  const before = splitById(entity, split);
  if (before === undefined) return null;
  const to = Object.fromEntries(
    Object.entries({ ...before, ...said }).filter(([, value]) => value !== undefined),
  );
  return splitEdit(document, entity, { split, to: to as Split });
}

/** The edits that give up what a field has of its own: its split says it again. */
export function followEdit(entity: Entity, field: Field): Edit | null {
  const split = splitById(entity, field.split?.of ?? "");
  if (split === undefined) return null;
  const of = { entity: entity.id, field: field.id };
  const { ownership = null, policy, validation } = split;
  const edits: Edit[] = [
    { type: "set-ownership", ...of, ownership },
    { type: "set-policy", ...of, policy },
    { type: "set-validation", ...of, validation },
  ];
  return { type: "batch", label: `Let ${field.name} follow`, edits };
}

type Place = { readonly wanted: Field; readonly was: Field | undefined };

/** Where each comes to stand, one after the other: where the first of them stands now. */
function placed({ fields }: Entity, found: readonly Place[]): (Place & { at: number })[] {
  const own = found.flatMap(({ was }) => (was === undefined ? [] : [fields.indexOf(was)]));
  const start = Math.min(fields.length, ...own);
  return found.map((one, at) => ({ ...one, at: start + at }));
}

/** A field that joins comes to stand behind those that are there. */
function joining({ id, fields }: Entity, was: Field, { split }: Field, at: number): Edit[] {
  const set: Edit = { type: "change-field", entity: id, field: was.id, changes: { split } };
  const move: Edit = { type: "move-field", entity: id, field: was.id, to: at };
  return fields[at] === was ? [set] : [move, set];
}

/** What is said for all of them is said of this one too, but for what it has of its own. */
function likeSplit(
  { id: entity }: Entity,
  { before, was, wanted }: { before: Split | undefined; was: Field; wanted: Field },
): Edit[] {
  const of = { entity, field: was.id };
  const common = Object.fromEntries(
    COMMON_ASPECTS.map((aspect) => [aspect, wanted[aspect] ?? null]),
  );
  const changes = { name: wanted.name, ...common };
  const own = before === undefined ? OWN_OF_ADOPTED : ownAspects(before, was);
  const { ownership = null, policy, validation } = wanted;
  return [
    { type: "change-field", ...of, changes },
    ...(own.includes("ownership") ? [] : [{ type: "set-ownership" as const, ...of, ownership }]),
    ...(own.includes("policy") ? [] : [{ type: "set-policy" as const, ...of, policy }]),
    ...(own.includes("validation") ? [] : [{ type: "set-validation" as const, ...of, validation }]),
  ];
}

/** Who owns a field that becomes one of a split does not change by it. */
const OWN_OF_ADOPTED = ["ownership", "policy", "validation"];

/** The edit that takes a split away: its fields go with it, or stay as fields by themselves. */
export function splitEnd(entity: Entity, split: string, fields: "remove" | "keep"): Edit {
  const name = splitById(entity, split)?.name ?? split;
  const ends = fieldsOfSplit(entity, split).map((field): Edit => {
    const of = { entity: entity.id, field: field.id };
    if (fields === "remove") return { type: "remove-field", ...of };
    return { type: "change-field", ...of, changes: { split: null } };
  });
  const label = fields === "remove" ? `Remove field ${name}` : `Make the fields of ${name} plain`;
  const set: Edit = { type: "set-split", entity: entity.id, split, to: null };
  return { type: "batch", label, edits: [set, ...ends] };
}

/**
 * The edit that adds or changes a dimension, with the fields of every split along it: a new member
 * gets one in each, and that of a member that goes is removed with all that names it.
 */
export function dimensionEdit(document: MapDocument, { id, ...to }: Dimension): Edit {
  const next = { ...document, dimensions: [{ id, ...to }] };
  const splits = document.entities.flatMap((entity) =>
    splitsOf(entity).flatMap(([split, of]) =>
      of.per === id ? [splitEdit(next, entity, { split, to: of })] : [],
    ),
  );
  const set: Edit = { type: "set-dimension", dimension: id, to };
  const label = dimensionById(document, id) === undefined ? "Add" : "Change";
  return { type: "batch", label: `${label} ${to.name}`, edits: [set, ...splits] };
}

export function setDimension(document: MapDocument, edit: Of<"set-dimension">): EditResult {
  const { dimensions = [], ...rest } = document;
  const set = withSet<Dimension, Omit<Dimension, "id">>(dimensions, edit.dimension, edit);
  if (set === null) return isMissing(document, { dimension: edit.dimension });
  const next = set.list.length === 0 ? rest : { ...rest, dimensions: set.list };
  const inverse: Edit = { type: "set-dimension", dimension: edit.dimension, ...set.inverse };
  const name = edit.to?.name ?? set.inverse.to?.name ?? edit.dimension;
  return applied(next, inverse, `${edit.to === null ? "Remove" : "Set"} ${name}`);
}

export function setSplit(document: MapDocument, edit: Of<"set-split">): EditResult {
  const entity = document.entities.find((one) => one.id === edit.entity);
  if (entity === undefined) return isMissing(document, { entity: edit.entity });
  const before = splitById(entity, edit.split);
  if (before === undefined && edit.to === null) {
    return isMissing(document, { entity: entity.id, split: edit.split });
  }
  const entities = document.entities.map((one) =>
    one === entity ? withSplit(one, edit.split, edit.to) : one,
  );
  const inverse: Edit = { ...edit, to: before ?? null };
  const name = edit.to?.name ?? before?.name ?? edit.split;
  return applied({ ...document, entities }, inverse, `Set ${name}`);
}

/** The entity with one split set; without any the list goes too. */
function withSplit({ splits = {}, ...entity }: Entity, id: string, to: Split | null): Entity {
  const { [id]: _, ...rest } = splits;
  if (to !== null) return { ...entity, splits: { ...rest, [id]: to } };
  return Object.keys(rest).length === 0 ? entity : { ...entity, splits: rest };
}
