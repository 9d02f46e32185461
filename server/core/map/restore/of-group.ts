import type { Entity, FieldGroup } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import { groupEdit, ownershipEdit, policyEdit } from "../edits/groups.ts";
import { because, edits, itemOf, type Restored, type Wanted } from "./restored.ts";

/** What is said of fields that are decided together. A group that was not there is parted. */
export function restoreGroup({ kind, place, from, into }: Wanted): Restored {
  const { entity: id = "", group = "" } = place;
  const entity = itemOf(into.entities, id)?.item;
  if (entity === undefined) return because("The draft has no such entity. Bring the entity back.");
  const was = itemOf(itemOf(from.entities, id)?.item.groups, group);
  const is = itemOf(entity.groups, group);
  if (was === null) return edits(groupEdit(entity, { group, to: null }));
  const { id: _, ...to } = was.item;
  if (is === null) return edits(groupEdit(entity, { group, to, at: was.at }));
  return edits(partEdit(kind, entity, was.item, is.item));
}

function partEdit(kind: Wanted["kind"], entity: Entity, was: FieldGroup, is: FieldGroup): Edit {
  const decided = { ...is, group: true };
  const { id: group, ...now } = is;
  switch (kind) {
    case "group-owner":
      return ownershipEdit(entity, decided, was.ownership ?? null);
    case "group-policy":
      return policyEdit(entity, decided, was.policy);
    case "group-fields":
      return groupEdit(entity, { group, to: { ...now, fields: was.fields } });
    default:
      return { type: "set-group", entity: entity.id, group, to: { ...now, name: was.name } };
  }
}
