import type { Dimension } from "./dimension.ts";
import type { Entity, Field, MapDocument, Split } from "./document.ts";
import type { Break } from "./integrity.ts";
import { isSame } from "./same.ts";
import {
  COMMON_ASPECTS,
  dimensionById,
  fieldsOfSplit,
  memberFieldName,
  splitById,
  splitsOf,
} from "./splits.ts";

/** Dimensions whose members are not what they say. */
export function* dimensionBreaks({ dimensions = [] }: MapDocument): Generator<Break> {
  for (const [at, { id, name, members, default: chosen }] of dimensions.entries()) {
    const place = { dimension: id };
    if (dimensions.slice(0, at).some((one) => one.id === id)) {
      const message = `The map has more than one dimension with the id ${id}. Choose another id.`;
      yield { code: "duplicate", place, message };
    }
    for (const [other, member] of members.entries()) {
      if (members.findIndex((one) => one.id === member.id) === other) continue;
      const message = `${name} has the member ${member.id} twice. Take one of them out.`;
      yield { code: "duplicate", place, message };
    }
    if (chosen !== undefined && !members.some((member) => member.id === chosen)) {
      const message = `${name} takes ${chosen} as its default, which is none of its members: \
${idsOf(members)}. Choose one of them, or add it.`;
      yield { code: "dangling", place, message };
    }
  }
}

/** Splits that do not have exactly one field for each member, all of them alike. */
export function* splitBreaks(document: MapDocument, entity: Entity): Generator<Break> {
  for (const [id, split] of splitsOf(entity)) {
    const of = { entity, id, split, where: `${entity.name} › ${split.name}` };
    const dimension = dimensionById(document, split.per);
    if (dimension === undefined) {
      const message = `${of.where} has a value per ${split.per}, which is no dimension of the map. \
Add the dimension, or choose another one.`;
      yield { code: "dangling", place: { entity: entity.id, split: id }, message };
      continue;
    }
    yield* idBreaks(of);
    yield* memberBreaks(of, dimension);
    for (const field of fieldsOfSplit(entity, id)) yield* unlikeBreaks(of, dimension, field);
    yield* tornBreaks(of);
  }
  yield* strayBreaks(entity);
}

type OfSplit = {
  readonly entity: Entity;
  readonly id: string;
  readonly split: Split;
  /** "Product › Name" */
  readonly where: string;
};

/** Whoever names it would get another field. */
function* idBreaks({ entity, id, where }: OfSplit): Generator<Break> {
  const taken = entity.fields.find((field) => field.id === id);
  if (taken === undefined || taken.split?.of === id) return;
  const message = `${where} has the id ${id}, which the field ${taken.name} has too. Choose \
another id.`;
  yield { code: "duplicate", place: { entity: entity.id, split: id }, message };
}

function* memberBreaks(of: OfSplit, dimension: Dimension): Generator<Break> {
  const { entity, id, where } = of;
  const fields = fieldsOfSplit(entity, id);
  for (const member of dimension.members) {
    const found = fields.filter((field) => field.split?.member === member.id);
    if (found.length === 0) {
      const message = `${where} has no field for ${member.name}. Add it, or take ${member.name} \
out of ${dimension.name}.`;
      yield { code: "split", place: { entity: entity.id, split: id }, message };
    }
    for (const field of found.slice(1)) {
      const message = `${where} has more than one field for ${member.name}. Remove \
${field.id}, or make it a field by itself.`;
      yield { code: "duplicate", place: { entity: entity.id, field: field.id }, message };
    }
  }
  for (const field of fields) {
    if (dimension.members.some((member) => member.id === field.split?.member)) continue;
    const message = `${where} has a field for ${field.split?.member}, which is no member of \
${dimension.name}: ${idsOf(dimension.members)}. Choose one of them, or add it there.`;
    yield { code: "dangling", place: { entity: entity.id, field: field.id }, message };
  }
}

/** A field is called and typed as all of its split are. */
function* unlikeBreaks(
  { entity, split, where }: OfSplit,
  { members }: Dimension,
  field: Field,
): Generator<Break> {
  const member = members.find(({ id }) => id === field.split?.member);
  if (member === undefined) return;
  const isNamed = field.name === memberFieldName(split, member);
  const unlike = COMMON_ASPECTS.filter((aspect) => !isSame(split[aspect], field[aspect]));
  if (isNamed && unlike.length === 0) return;
  const [first = "name"] = isNamed ? unlike : [];
  const message = `${where} has another ${first} for ${member.name} than it says for all. Set the \
${first} for ${split.name} as a whole.`;
  yield { code: "split", place: { entity: entity.id, field: field.id }, message };
}

function* tornBreaks({ entity, id, where }: OfSplit): Generator<Break> {
  const places = entity.fields.flatMap((field, at) => (field.split?.of === id ? [at] : []));
  const [first = 0, last = first] = [places[0], places.at(-1)];
  if (places.length === 0 || last - first + 1 === places.length) return;
  const message = `${where}: another field stands between its fields. Move it before or behind them.`;
  yield { code: "split", place: { entity: entity.id, split: id }, message };
}

function* strayBreaks(entity: Entity): Generator<Break> {
  for (const { id, name, split } of entity.fields) {
    if (split === undefined || splitById(entity, split.of) !== undefined) continue;
    const message = `${entity.name} › ${name} is for ${split.member} a field of ${split.of}, which \
has no value per anything here. Make it a field by itself.`;
    yield { code: "dangling", place: { entity: entity.id, field: id }, message };
  }
}

const idsOf = (members: readonly { readonly id: string }[]): string =>
  members.map(({ id }) => id).join(", ");
