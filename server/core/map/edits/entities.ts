import type { MapDocument } from "../document.ts";
import type { Edit, SimpleEdit } from "./edit.ts";
import {
  applied,
  type EditResult,
  isMissing,
  withChanges,
  withItem,
  withoutChanges,
} from "./outcome.ts";

type Of<Type extends SimpleEdit["type"]> = Extract<SimpleEdit, { type: Type }>;

export function addEntity(document: MapDocument, edit: Of<"add-entity">): EditResult {
  const next = { ...document, entities: withItem(document.entities, edit.entity, edit.at) };
  const inverse: Edit = { type: "remove-entity", entity: edit.entity.id };
  return applied(next, inverse, `Add entity ${edit.entity.name}`);
}

/** The edits that remove an entity and its bindings; null where there is none. */
export function removalOfEntity(document: MapDocument, id: string): Edit[] | null {
  if (!document.entities.some((one) => one.id === id)) return null;
  const bindings = document.bindings.filter((binding) => binding.entity === id);
  return [
    ...bindings.map((binding): Edit => ({ type: "remove-binding", binding: binding.id })),
    { type: "remove-entity", entity: id },
  ];
}

/** Removes the entity alone; `removalOfEntity` says what must go with it. */
export function removeEntity(document: MapDocument, edit: Of<"remove-entity">): EditResult {
  const at = document.entities.findIndex((one) => one.id === edit.entity);
  const entity = document.entities[at];
  if (entity === undefined) return isMissing(document, { entity: edit.entity });
  const next = { ...document, entities: document.entities.toSpliced(at, 1) };
  return applied(next, { type: "add-entity", entity, at }, `Remove entity ${entity.name}`);
}

export function changeEntity(document: MapDocument, edit: Of<"change-entity">): EditResult {
  const at = document.entities.findIndex((one) => one.id === edit.entity);
  const entity = document.entities[at];
  if (entity === undefined) return isMissing(document, { entity: edit.entity });
  const changed = withChanges(entity, edit.changes);
  const next = { ...document, entities: document.entities.with(at, changed) };
  const inverse: Edit = { ...edit, changes: withoutChanges(entity, edit.changes) };
  return applied(next, inverse, `Change entity ${changed.name}`);
}

export function setMatchKeys(document: MapDocument, edit: Of<"set-match-keys">): EditResult {
  const at = document.entities.findIndex((one) => one.id === edit.entity);
  const entity = document.entities[at];
  if (entity === undefined) return isMissing(document, { entity: edit.entity });
  const changed = { ...entity, matchKeys: edit.matchKeys };
  const next = { ...document, entities: document.entities.with(at, changed) };
  const inverse: Edit = { ...edit, matchKeys: entity.matchKeys };
  return applied(next, inverse, `Set match keys of ${entity.name}`);
}
