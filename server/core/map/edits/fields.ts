import {
  type Entity,
  type Field,
  fieldsOfRule,
  type MapDocument,
  type OwnershipRule,
} from "../document.ts";
import { type Decided, groupOf, ruledOf } from "../groups.ts";
import { conditionFieldsOf } from "../owners.ts";
import type { Edit, SimpleEdit } from "./edit.ts";
import { boundaryBefore, boundaryFrom, runOf, withField } from "./field-places.ts";
import { likeGroup, ownershipEdit } from "./groups.ts";
import { applied, type EditResult, isMissing, withChanges, withoutChanges } from "./outcome.ts";

type Of<Type extends SimpleEdit["type"]> = Extract<SimpleEdit, { type: Type }>;

export function addField(document: MapDocument, edit: Of<"add-field">): EditResult {
  const entity = document.entities.find((one) => one.id === edit.entity);
  if (entity === undefined) return isMissing(document, { entity: edit.entity });
  const next = withFields(document, entity, withField(entity.fields, edit.field, edit.at));
  const inverse: Edit = { type: "remove-field", entity: entity.id, field: edit.field.id };
  return applied(next, inverse, `Add field ${edit.field.name}`);
}

/** The edits that remove a field and all that names it; null where there is none. */
export function removalOfField(document: MapDocument, of: Of<"remove-field">): Edit[] | null {
  const entity = document.entities.find((one) => one.id === of.entity);
  if (!entity?.fields.some((one) => one.id === of.field)) return null;
  const disconnects = document.bindings
    .filter((binding) => binding.entity === of.entity)
    .flatMap((binding) =>
      binding.edges
        .filter((edge) => edge.fields.includes(of.field))
        .map((edge): Edit => ({ type: "disconnect", binding: binding.id, edge: edge.id })),
    );
  const matchKeys = entity.matchKeys.filter((key) => !key.includes(of.field));
  const keysChange = matchKeys.length !== entity.matchKeys.length;
  const setKeys: Edit = { type: "set-match-keys", entity: entity.id, matchKeys };
  const owners = ruledOf(entity)
    .filter(({ group, fields }) => !group || !fields.includes(of.field))
    .flatMap((one) => ownershipWithoutField(entity, one, of.field));
  const keys = keysChange ? [setKeys] : [];
  const group = groupWithoutField(entity, of.field);
  return [...disconnects, ...keys, ...owners, ...group, ...removalOfRules(entity, of), of];
}

/** A case that depends on the field goes with it: without its condition it would hold always. */
function ownershipWithoutField(entity: Entity, of: Decided, gone: string): Edit[] {
  const { ownership } = of;
  const goes = !of.group && !of.forAll && of.id === gone;
  if (goes || !conditionFieldsOf(ownership).includes(gone)) return [];
  return ownership === undefined ? [] : [ownershipEdit(entity, of, ruleWithout(ownership, gone))];
}

function ruleWithout({ cases = [], ...rights }: OwnershipRule, gone: string): OwnershipRule {
  const kept = cases.filter(({ when }) => when.every((condition) => condition.of !== gone));
  return kept.length === 0 ? rights : { cases: kept, ...rights };
}

/** The group of a field that goes does without it; one field alone is no group. */
function groupWithoutField(entity: Entity, gone: string): Edit[] {
  const group = groupOf(entity, gone);
  if (group === undefined) return [];
  const { id, ownership, ...rest } = group;
  const fields = rest.fields.filter((field) => field !== gone);
  const rule = ownership === undefined ? {} : { ownership: ruleWithout(ownership, gone) };
  const to = { ...rest, ...rule, fields };
  const set = { type: "set-group" as const, entity: entity.id, group: id };
  if (fields.length > 1) return [{ ...set, to }];
  return [{ ...set, to: null }, ...fields.flatMap((last) => likeGroup(entity, last, to))];
}

/** Rules between fields that name it go with it. */
function removalOfRules({ id, rules = [] }: Entity, { field }: Of<"remove-field">): Edit[] {
  const kept = rules.filter((rule) => !fieldsOfRule(rule).includes(field));
  if (kept.length === rules.length) return [];
  const changes = { rules: kept.length === 0 ? null : kept };
  return [{ type: "change-entity", entity: id, changes }];
}

/** Removes the field alone; `removalOfField` says what must go with it. */
export function removeField(document: MapDocument, edit: Of<"remove-field">): EditResult {
  return onField(document, edit, (entity, field, at) => {
    const next = withFields(document, entity, entity.fields.toSpliced(at, 1));
    const inverse: Edit = { type: "add-field", entity: entity.id, field, at };
    return applied(next, inverse, `Remove field ${field.name}`);
  });
}

export function changeField(document: MapDocument, edit: Of<"change-field">): EditResult {
  return onField(document, edit, (entity, field, at) => {
    const changed = withChanges(field, edit.changes);
    const next = withFields(document, entity, entity.fields.with(at, changed));
    const inverse: Edit = { ...edit, changes: withoutChanges(field, edit.changes) };
    const renamed = changed.name !== field.name;
    const label = renamed ? `Rename ${field.name} to ${changed.name}` : `Change ${field.name}`;
    return applied(next, inverse, label);
  });
}

/** Moves a field, or all those of its split: they stand together. */
export function moveField(document: MapDocument, edit: Of<"move-field">): EditResult {
  return onField(document, edit, (entity, field) => {
    const run = runOf(entity.fields, field);
    const rest = entity.fields.toSpliced(run.at, run.fields.length);
    const to = edit.to < run.at ? boundaryBefore(rest, edit.to) : boundaryFrom(rest, edit.to);
    const next = withFields(document, entity, rest.toSpliced(to, 0, ...run.fields));
    return applied(next, { ...edit, to: run.at }, `Move ${field.name}`);
  });
}

export function setOwnership(document: MapDocument, edit: Of<"set-ownership">): EditResult {
  return onField(document, edit, (entity, field, at) => {
    const changed = withChanges(field, { ownership: edit.ownership });
    const next = withFields(document, entity, entity.fields.with(at, changed));
    const inverse: Edit = { ...edit, ownership: field.ownership ?? null };
    return applied(next, inverse, `Set owner of ${field.name}`);
  });
}

export function setPolicy(document: MapDocument, edit: Of<"set-policy">): EditResult {
  return onField(document, edit, (entity, field, at) => {
    const changed = { ...field, policy: edit.policy };
    const next = withFields(document, entity, entity.fields.with(at, changed));
    return applied(next, { ...edit, policy: field.policy }, `Set policy of ${field.name}`);
  });
}

export function setValidation(document: MapDocument, edit: Of<"set-validation">): EditResult {
  return onField(document, edit, (entity, field, at) => {
    const changed = { ...field, validation: edit.validation };
    const next = withFields(document, entity, entity.fields.with(at, changed));
    const inverse: Edit = { ...edit, validation: field.validation };
    return applied(next, inverse, `Set rules of ${field.name}`);
  });
}

function onField(
  document: MapDocument,
  place: { entity: string; field: string },
  change: (entity: Entity, field: Field, at: number) => EditResult,
): EditResult {
  const entity = document.entities.find((one) => one.id === place.entity);
  if (entity === undefined) return isMissing(document, { entity: place.entity });
  const at = entity.fields.findIndex((one) => one.id === place.field);
  const field = entity.fields[at];
  if (field === undefined) {
    return isMissing(document, { entity: place.entity, field: place.field });
  }
  return change(entity, field, at);
}

function withFields(document: MapDocument, entity: Entity, fields: Field[]): MapDocument {
  const entities = document.entities.map((one) => (one === entity ? { ...one, fields } : one));
  return { ...document, entities };
}
