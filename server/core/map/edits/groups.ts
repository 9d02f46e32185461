import type { Entity, FieldGroup, MapDocument, OwnershipRule, Policy } from "../document.ts";
import type { Decided } from "../groups.ts";
import { splitById } from "../splits.ts";
import type { Edit, SimpleEdit } from "./edit.ts";
import { applied, type EditResult, isMissing, withSet } from "./outcome.ts";

type SetGroup = Extract<SimpleEdit, { type: "set-group" }>;

/**
 * The edit that makes, changes or parts a group with all that belongs to it: a field that joins
 * gives up its own owner and policy, and one that leaves goes on with the group's.
 */
export function groupEdit(entity: Entity, edit: Omit<SetGroup, "type" | "entity">): Edit {
  const before = entity.groups?.find(({ id }) => id === edit.group);
  const now = edit.to?.fields ?? [];
  const leaving = (before?.fields ?? []).filter((field) => !now.includes(field));
  const name = edit.to?.name ?? before?.name ?? edit.group;
  const edits: Edit[] = [
    ...now.flatMap((field) => withoutOwn(entity, field)),
    { type: "set-group", entity: entity.id, ...edit },
    ...leaving.flatMap((field) => (before === undefined ? [] : likeGroup(entity, field, before))),
  ];
  return { type: "batch", label: labelOf(edit, name), edits };
}

const labelOf = ({ to }: Pick<SetGroup, "to">, name: string): string =>
  to === null ? `Part the group ${name}` : `Set the group ${name}`;

function withoutOwn(entity: Entity, id: string): Edit[] {
  const field = entity.fields.find((one) => one.id === id);
  const of = { entity: entity.id, field: id };
  return [
    ...(field?.ownership === undefined
      ? []
      : [{ type: "set-ownership" as const, ...of, ownership: null }]),
    ...(field === undefined || field.policy.kind === "review"
      ? []
      : [{ type: "set-policy" as const, ...of, policy: { kind: "review" as const } }]),
  ];
}

/** Nobody takes a right from anybody by parting a group. */
export function likeGroup(
  { id: entity }: Pick<Entity, "id">,
  field: string,
  { ownership, policy }: Pick<FieldGroup, "ownership" | "policy">,
): Edit[] {
  return [
    ...(ownership === undefined
      ? []
      : [{ type: "set-ownership" as const, entity, field, ownership }]),
    ...(policy.kind === "review" ? [] : [{ type: "set-policy" as const, entity, field, policy }]),
  ];
}

/** Sets the group alone; `groupEdit` says what its fields give up or get. */
export function setGroup(document: MapDocument, edit: SetGroup): EditResult {
  const entity = document.entities.find((one) => one.id === edit.entity);
  if (entity === undefined) return isMissing(document, { entity: edit.entity });
  const set = withSet<FieldGroup, NonNullable<SetGroup["to"]>>(
    entity.groups ?? [],
    edit.group,
    edit,
  );
  if (set === null) return isMissing(document, { entity: entity.id, group: edit.group });
  const entities = document.entities.map((one) =>
    one === entity ? withGroups(one, set.list) : one,
  );
  const inverse: Edit = {
    ...{ type: "set-group", entity: entity.id, group: edit.group, ...set.inverse },
  };
  const name = edit.to?.name ?? set.inverse.to?.name ?? edit.group;
  return applied({ ...document, entities }, inverse, labelOf(edit, name));
}

/** The entity with these groups; without any the list goes too. */
function withGroups({ groups: _, ...entity }: Entity, groups: FieldGroup[]): Entity {
  return groups.length === 0 ? entity : { ...entity, groups };
}

/** Sets what happens when two edits meet, of a field or of a group. */
export function policyEdit(entity: Entity, { id, group }: Decided, policy: Policy): Edit {
  const found = group ? entity.groups?.find((one) => one.id === id) : undefined;
  if (found === undefined) return { type: "set-policy", entity: entity.id, field: id, policy };
  const { id: _, ...rest } = found;
  return { type: "set-group", entity: entity.id, group: id, to: { ...rest, policy } };
}

/** Sets who decides what a map says it of; null leaves it to every bound system. */
export function ownershipEdit(
  entity: Entity,
  { id, group: isGroup, forAll }: Decided,
  ownership: OwnershipRule | null,
): Edit {
  const split = forAll ? splitById(entity, id) : undefined;
  if (split !== undefined) {
    const { ownership: _, ...said } = split;
    const ruled = ownership === null ? said : { ...said, ownership };
    return { type: "set-split", entity: entity.id, split: id, to: ruled };
  }
  const group = isGroup ? entity.groups?.find((one) => one.id === id) : undefined;
  if (group === undefined)
    return { type: "set-ownership", entity: entity.id, field: id, ownership };
  const { id: _, ownership: __, ...rest } = group;
  const to = ownership === null ? rest : { ...rest, ownership };
  return { type: "set-group", entity: entity.id, group: id, to };
}
