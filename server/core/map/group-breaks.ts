import type { Entity, FieldGroup, MapDocument } from "./document.ts";
import type { Break } from "./integrity.ts";
import { fieldName } from "./place.ts";

/** Groups that name what is not there, or fields that something else decides too. */
export function* groupBreaks(document: MapDocument, entity: Entity): Generator<Break> {
  const groups = entity.groups ?? [];
  for (const [at, group] of groups.entries()) {
    const place = { entity: entity.id, group: group.id };
    if (groups.slice(0, at).some(({ id }) => id === group.id)) {
      const message = `${entity.name} has more than one group with the id ${group.id}. Choose \
another id.`;
      yield { code: "duplicate", place, message };
    }
    for (const id of group.fields) {
      const message = partBreak(document, entity, { group, at, id });
      if (message !== null) yield { ...message, place: { ...place, field: id } };
    }
  }
}

type Part = { readonly group: FieldGroup; readonly at: number; readonly id: string };

function partBreak(
  document: MapDocument,
  entity: Entity,
  { group, at, id }: Part,
): Omit<Break, "place"> | null {
  const where = `${entity.name} › ${group.name}`;
  const field = entity.fields.find((one) => one.id === id);
  if (field === undefined) {
    const message = `${where} names the field ${id}, which its entity does not have. Take it out \
of the group.`;
    return { code: "dangling", message };
  }
  const name = fieldName(document, entity.id, id);
  const twice = group.fields.indexOf(id) !== group.fields.lastIndexOf(id);
  const other = entity.groups?.slice(0, at).find(({ fields }) => fields.includes(id));
  if (twice || other !== undefined) {
    const also = other === undefined ? "twice" : `in the group ${other.name} too`;
    const message = `${where}: ${name} is ${also}. A field is decided with one group; take it out \
of one of them.`;
    return { code: "duplicate", message };
  }
  if (field.ownership === undefined && field.policy.kind === "review") return null;
  const own = field.ownership === undefined ? "a policy" : "an owner";
  const message = `${where}: ${name} is decided with the others of its group, and has ${own} of its \
own. Set it for ${group.name} as a whole, or take ${name} out of the group.`;
  return { code: "grouped", message };
}
