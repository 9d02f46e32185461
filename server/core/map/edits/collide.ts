import type { RuleChange } from "../diff.ts";
import {
  type Entity,
  type EntityRule,
  type Field,
  type FieldGroup,
  fieldsOfRule,
  type MapDocument,
  type OwnershipRule,
  type Split,
} from "../document.ts";
import { conditionFieldsOf, ownersOf } from "../owners.ts";
import { type Place, placePath } from "../place.ts";
import type { RuleKind } from "../rules.ts";
import type { Edit, SimpleEdit } from "./edit.ts";
import { removalOfEntity } from "./entities.ts";
import { removalOfField } from "./fields.ts";
import { removalOfSystem } from "./systems.ts";

/** What an edit changes, and what must stay as it is for the edit to mean the same. */
type Touch = { readonly path: string; readonly writes: boolean };

/**
 * Whether two edits of one draft are about the same thing, so that one must not be made blindly
 * on top of the other. Edits that do not collide give the same document in either order.
 * @param document any document that has the bindings which the edits name
 */
export function editsCollide(document: MapDocument, one: Edit, other: Edit): boolean {
  const left = [...touches(document, one)];
  const right = [...touches(document, other)];
  return left.some((a) => right.some((b) => (a.writes || b.writes) && isWithin(a.path, b.path)));
}

/** Whether an edit is about something that another version of the map has changed. */
export function editMeetsChange(document: MapDocument, edit: Edit, change: RuleChange): boolean {
  const aspect = change.kind === "changed" ? ASPECTS[change.rule] : undefined;
  const place = placePath(change.place);
  const path = aspect === undefined ? place : `${place}/${aspect}`;
  return [...touches(document, edit)].some((touch) => isWithin(touch.path, path));
}

/** By which edit a part of a field or entity is changed. */
const ASPECTS: Partial<Record<RuleKind, SimpleEdit["type"]>> = {
  entity: "change-entity",
  title: "change-entity",
  "match-keys": "set-match-keys",
  "entity-rules": "change-entity",
  "field-order": "move-field",
  field: "change-field",
  type: "change-field",
  options: "change-field",
  group: "change-field",
  note: "change-field",
  ownership: "set-ownership",
  policy: "set-policy",
  validation: "set-validation",
  "binding-rules": "change-binding",
  scope: "change-binding",
};

/** Whether one path is the other or lies inside it; the empty path holds everything. */
function isWithin(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short === "" || short === long || long.startsWith(`${short}/`);
}

function* touches(document: MapDocument, edit: Edit): Generator<Touch> {
  if (edit.type === "batch") {
    for (const part of edit.edits) yield* touches(document, part);
    return;
  }
  yield { path: writtenPath(edit), writes: true };
  for (const place of readPlaces(document, edit)) yield { path: placePath(place), writes: false };
  // What a removal takes with it is removed too.
  for (const part of removalOf(document, edit) ?? []) {
    if (part.type !== "batch") yield { path: writtenPath(part), writes: true };
  }
}

function removalOf(document: MapDocument, edit: SimpleEdit): Edit[] | null {
  switch (edit.type) {
    case "remove-system":
      return removalOfSystem(document, edit.system);
    case "remove-entity":
      return removalOfEntity(document, edit.entity);
    case "remove-field":
      return removalOfField(document, edit);
    default:
      return null;
  }
}

function writtenPath(edit: SimpleEdit): string {
  switch (edit.type) {
    case "replace-document":
      return "";
    case "add-system":
      return placePath({ system: edit.system.id });
    case "add-entity":
      return placePath({ entity: edit.entity.id });
    case "add-field":
      return placePath({ entity: edit.entity, field: edit.field.id });
    case "add-binding":
      return placePath({ binding: edit.binding.id });
    case "connect":
      return placePath({ binding: edit.binding, edge: edit.edge.id });
    case "change-entity":
    case "set-match-keys":
      return `${placePath({ entity: edit.entity })}/${edit.type}`;
    case "change-binding":
      return `${placePath({ binding: edit.binding })}/${edit.type}`;
    case "set-group":
      return placePath({ entity: edit.entity, group: edit.group });
    case "set-dimension":
      return placePath({ dimension: edit.dimension });
    case "set-split":
      return placePath({ entity: edit.entity, split: edit.split });
    default:
      return aspectPath(edit);
  }
}

/** Two aspects of one field (its owner, its name) may be edited by two people at once. */
function aspectPath(edit: { type: string } & Place): string {
  const { type, system, entity, field, binding, edge } = edit;
  const place = placePath({
    ...(system === undefined ? {} : { system }),
    ...(entity === undefined ? {} : { entity }),
    ...(field === undefined ? {} : { field }),
    ...(binding === undefined ? {} : { binding }),
    ...(edge === undefined ? {} : { edge }),
  });
  const isPart = type.startsWith("set-") || type === "move-field" || type === "change-field";
  return isPart ? `${place}/${type}` : place;
}

function readPlaces(document: MapDocument, edit: SimpleEdit): Place[] {
  switch (edit.type) {
    case "connect":
      return edgeReads(document, edit.binding, edit.edge.fields);
    case "change-edge":
      return edgeReads(document, edit.binding, edit.changes.fields ?? []);
    case "add-binding":
      return [{ entity: edit.binding.entity }, { system: edit.binding.system }];
    case "set-match-keys":
      return edit.matchKeys.flat().map((field) => ({ entity: edit.entity, field }));
    case "change-entity":
      return [
        ...titleReads(edit.entity, edit.changes.title),
        ...ruleReads(edit.entity, edit.changes.rules ?? []),
      ];
    case "set-ownership":
      return ownershipReads(edit.entity, edit.ownership);
    case "add-field":
      return [...ownershipReads(edit.entity, edit.field.ownership), ...splitReads(edit)];
    case "change-field":
      return splitReads({ entity: edit.entity, field: edit.changes });
    case "set-split":
      return setSplitReads(edit.entity, edit.split, edit.to);
    case "set-group":
      return groupReads(edit.entity, edit.to);
    case "add-entity":
      return entityReads(edit.entity);
    default:
      return [];
  }
}

function edgeReads(document: MapDocument, binding: string, fields: readonly string[]): Place[] {
  const entity = document.bindings.find((one) => one.id === binding)?.entity;
  return entity === undefined ? [] : fields.map((field) => ({ entity, field }));
}

function titleReads(entity: string, title: string | undefined): Place[] {
  return title === undefined ? [] : [{ entity, field: title }];
}

function ruleReads(entity: string, rules: readonly EntityRule[]): Place[] {
  return rules.flatMap(fieldsOfRule).map((field) => ({ entity, field }));
}

/** What its fields are decided by of their own would stand beside it. */
function groupReads(entity: string, group: Omit<FieldGroup, "id"> | null): Place[] {
  const fields = group?.fields.map((field) => ({ entity, field })) ?? [];
  return [...fields, ...ownershipReads(entity, group?.ownership)];
}

/** A field of a split is what the split says, for one of the members. */
function splitReads(edit: {
  readonly entity: string;
  readonly field: { readonly split?: Field["split"] | null | undefined };
}): Place[] {
  const { split } = edit.field;
  return split === undefined || split === null ? [] : [{ entity: edit.entity, split: split.of }];
}

/** Its own id is no other field's. */
function setSplitReads(entity: string, id: string, split: Split | null): Place[] {
  const dimension = split === null ? [] : [{ dimension: split.per }];
  return [{ entity, field: id }, ...dimension, ...ownershipReads(entity, split?.ownership)];
}

function entityReads(entity: Entity): Place[] {
  const splits = Object.values(entity.splits ?? {});
  return [
    ...splits.map(({ per }) => ({ dimension: per })),
    ...[...entity.fields, ...(entity.groups ?? []), ...splits].flatMap(({ ownership }) =>
      ownershipReads(entity.id, ownership),
    ),
  ];
}

function ownershipReads(entity: string, rule: OwnershipRule | null | undefined): Place[] {
  const systems = ownersOf(rule).map((system) => ({ system }));
  return [...systems, ...conditionFieldsOf(rule).map((field) => ({ entity, field }))];
}
