import type { Field } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import { because, edits, itemOf, type Restored, type Wanted } from "./restored.ts";

/** What is said of a field. One that was not there goes, with the edges that lead to it. */
export function restoreField({ kind, place, from, into }: Wanted): Restored {
  const { entity = "", field = "" } = place;
  const [had, has] = [itemOf(from.entities, entity), itemOf(into.entities, entity)];
  if (has === null) return because("The draft has no such entity. Bring the entity back.");
  const [was, is] = [itemOf(had?.item.fields, field), itemOf(has.item.fields, field)];
  if (was === null) return edits({ type: "remove-field", entity, field });
  if (is === null) return edits({ type: "add-field", entity, field: was.item, at: was.at });
  return edits(fieldEdit(kind, { entity, field }, was.item));
}

type OfField = { readonly entity: string; readonly field: string };

function fieldEdit(kind: Wanted["kind"], of: OfField, was: Field): Edit {
  const { name, type, options = null, group = null, note = null } = was;
  switch (kind) {
    case "type":
      return { type: "change-field", ...of, changes: { type } };
    case "options":
      return { type: "change-field", ...of, changes: { options } };
    case "group":
      return { type: "change-field", ...of, changes: { group } };
    case "note":
      return { type: "change-field", ...of, changes: { note } };
    case "ownership":
      return { type: "set-ownership", ...of, ownership: was.ownership ?? null };
    case "policy":
      return { type: "set-policy", ...of, policy: was.policy };
    case "validation":
      return { type: "set-validation", ...of, validation: was.validation };
    default:
      return { type: "change-field", ...of, changes: { name } };
  }
}
