import type {
  Binding,
  Edge,
  Entity,
  Field,
  FieldGroup,
  MapDocument,
} from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { isGroupPolicy } from "../../../server/core/map/groups.ts";
import type { ColumnSchema, ObjectSchema } from "../../../server/core/map/object-schema.ts";
import { mostAlike } from "../../../server/core/suggest/likeness.ts";
import type { FieldType } from "../../../server/core/values/field-value.ts";
import { freeId, nameOfColumn } from "./free-id.ts";

/** A field as it begins: nothing is demanded of it, and a person decides its conflicts. */
export function newField(
  entity: Pick<Entity, "fields"> | null,
  name: string,
  type: FieldType,
): Field {
  const taken = entity?.fields.map(({ id }) => id) ?? [];
  return { id: freeId(name, taken), name, type, policy: { kind: "review" }, validation: [] };
}

/** A binding as it begins: rows and records are made, and deletes are asked about. */
export function newBinding(
  document: MapDocument,
  entity: string,
  to: { readonly system: string; readonly object: string },
): Binding {
  const taken = document.bindings.map(({ id }) => id);
  return {
    id: freeId(`${to.system}-${entity}`, taken),
    ...{ system: to.system, object: to.object, entity, createsRecords: true, createsRows: true },
    ...{ whenRowGone: "review", whenRecordDeleted: "review", staleSecondsMax: 5, edges: [] },
  };
}

/** An entity with one field that names it. */
export function emptyEntity(document: MapDocument, name: string): Entity {
  const id = freeId(
    name,
    document.entities.map((one) => one.id),
  );
  const field = newField(null, "Name", "text");
  return { id, name, title: field.id, matchKeys: [], fields: [field] };
}

/**
 * An entity that looks like an object of a system, bound to it: a field for each of its columns,
 * matched by its key.
 */
export function entityLike(
  document: MapDocument,
  name: string,
  system: string,
  object: ObjectSchema,
): { readonly entity: Entity; readonly edit: Edit } {
  const id = freeId(
    name,
    document.entities.map((one) => one.id),
  );
  const fields: Field[] = [];
  const edges: Edge[] = [];
  for (const column of object.columns) {
    const field = fieldLike(fields, column);
    fields.push(field);
    const direction = column.readOnly ? "in" : "both";
    edges.push({ id: field.id, columns: [column.name], fields: [field.id], direction, steps: [] });
  }
  const keyFields = object.key.map((key) => edges.find(({ columns }) => columns[0] === key)?.id);
  const key = keyFields.filter((one) => one !== undefined);
  const title = titleAmong(fields)?.id ?? fields[0]?.id ?? "";
  const entity: Entity = { id, name, title, matchKeys: key.length > 0 ? [key] : [], fields };
  const binding = { ...newBinding(document, id, { system, object: object.name }), edges };
  const edits: Edit[] = [
    { type: "add-entity", entity },
    { type: "add-binding", binding },
  ];
  return { entity, edit: { type: "batch", label: `Add entity ${name}`, edits } };
}

function fieldLike(before: readonly Field[], column: ColumnSchema): Field {
  const field = newField({ fields: [...before] }, nameOfColumn(column.name), column.type);
  const required = column.nullable || column.hasDefault ? [] : [{ kind: "required" as const }];
  return {
    ...field,
    ...(column.values === undefined ? {} : { options: { values: column.values } }),
    validation: required,
  };
}

function titleAmong(fields: readonly Field[]): Field | undefined {
  const texts = fields.filter(({ type }) => type === "text");
  return mostAlike("name", texts, ({ name }) => [name])[0]?.one ?? texts[0];
}

/** A group that is made decides as the first of its fields that had an owner. */
export function newGroup({ fields }: Entity, id: string, chosen: readonly string[]): FieldGroup {
  const parts = fields.filter((field) => chosen.includes(field.id));
  const { ownership, policy } = parts.find((field) => field.ownership !== undefined) ?? {};
  const kind = policy !== undefined && isGroupPolicy(policy.kind) ? policy.kind : "review";
  return {
    ...{ id, name: id, fields: [], policy: { kind } },
    ...(ownership === undefined ? {} : { ownership }),
  };
}
