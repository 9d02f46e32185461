import { unreachable } from "../assert.ts";
import type { MapDocument } from "./document.ts";
import {
  addBinding,
  changeBinding,
  changeEdge,
  connect,
  disconnect,
  removeBinding,
} from "./edits/bindings.ts";
import type { Edit, SimpleEdit } from "./edits/edit.ts";
import {
  addEntity,
  changeEntity,
  removalOfEntity,
  removeEntity,
  setMatchKeys,
} from "./edits/entities.ts";
import {
  addField,
  changeField,
  moveField,
  removalOfField,
  removeField,
  setOwnership,
  setPolicy,
  setValidation,
} from "./edits/fields.ts";
import { setGroup } from "./edits/groups.ts";
import { applied, applyAll, type EditResult } from "./edits/outcome.ts";
import { setDimension, setSplit } from "./edits/splits.ts";
import { addSystem, changeSystem, removalOfSystem, removeSystem } from "./edits/systems.ts";
import { findBreaks } from "./integrity.ts";

/**
 * Applies one edit. The law: applying the inverse gives back the same document, and a document
 * whose references are whole stays whole (what would break them is refused).
 * @returns the new document, the edit that undoes it and words for it; or why it cannot be made,
 * with the place and the way out, and then nothing has changed
 */
export function applyEdit(document: MapDocument, edit: Edit): EditResult {
  const result = applyLoosely(document, edit);
  if (!result.ok) return result;
  const [broken] = findBreaks(result.document);
  return broken === undefined ? result : { ok: false, refusal: broken };
}

/** Inside a batch references may be broken for a moment: only its end is looked at. */
function applyLoosely(document: MapDocument, edit: Edit): EditResult {
  switch (edit.type) {
    case "batch":
      return applyAll(document, edit.edits, edit.label, applyLoosely);
    case "remove-system":
      return applyRemoval(document, edit, removalOfSystem(document, edit.system));
    case "remove-entity":
      return applyRemoval(document, edit, removalOfEntity(document, edit.entity));
    case "remove-field":
      return applyRemoval(document, edit, removalOfField(document, edit));
    default:
      return applySimple(document, edit);
  }
}

function applyRemoval(document: MapDocument, edit: SimpleEdit, all: Edit[] | null): EditResult {
  const alone = applySimple(document, edit);
  if (all === null || all.length === 1 || !alone.ok) return alone;
  const simple = (current: MapDocument, one: Edit) =>
    one.type === "batch" ? applyLoosely(current, one) : applySimple(current, one);
  return applyAll(document, all, alone.label, simple);
}

function applySimple(document: MapDocument, edit: SimpleEdit): EditResult {
  switch (edit.type) {
    case "add-system":
      return addSystem(document, edit);
    case "remove-system":
      return removeSystem(document, edit);
    case "change-system":
      return changeSystem(document, edit);
    case "add-binding":
      return addBinding(document, edit);
    case "remove-binding":
      return removeBinding(document, edit);
    case "change-binding":
      return changeBinding(document, edit);
    case "connect":
      return connect(document, edit);
    case "disconnect":
      return disconnect(document, edit);
    case "change-edge":
      return changeEdge(document, edit);
    case "set-dimension":
      return setDimension(document, edit);
    case "replace-document":
      return replaceDocument(document, edit);
    default:
      return applyToEntity(document, edit);
  }
}

type EntityEdit = Extract<SimpleEdit, { entity: unknown }>;

function applyToEntity(document: MapDocument, edit: EntityEdit): EditResult {
  switch (edit.type) {
    case "add-entity":
      return addEntity(document, edit);
    case "remove-entity":
      return removeEntity(document, edit);
    case "change-entity":
      return changeEntity(document, edit);
    case "set-match-keys":
      return setMatchKeys(document, edit);
    case "add-field":
      return addField(document, edit);
    case "remove-field":
      return removeField(document, edit);
    case "change-field":
      return changeField(document, edit);
    case "move-field":
      return moveField(document, edit);
    case "set-group":
      return setGroup(document, edit);
    case "set-split":
      return setSplit(document, edit);
    case "set-ownership":
      return setOwnership(document, edit);
    case "set-policy":
      return setPolicy(document, edit);
    case "set-validation":
      return setValidation(document, edit);
    default:
      return unreachable(edit);
  }
}

function replaceDocument(
  document: MapDocument,
  edit: Extract<SimpleEdit, { type: "replace-document" }>,
): EditResult {
  return applied(edit.document, { ...edit, document }, edit.label);
}
