import type { Binding, Edge, Entity, MapDocument } from "../../../server/core/map/document.ts";
import type { ObjectSchema } from "../../../server/core/map/object-schema.ts";
import { referredEntity } from "../../../server/core/map/references.ts";

export type SchemaOf = (binding: Binding) => ObjectSchema | null;

type Referring = {
  readonly document: MapDocument;
  readonly binding: Binding;
  readonly edge: Pick<Edge, "columns" | "fields">;
  readonly schemaOf: SchemaOf;
};

/** The object that an edge's reference leads to in its system; null where it leads to none. */
export function referredObject(referring: Referring): ObjectSchema | null {
  const { document, binding, edge, schemaOf } = referring;
  const entity = document.entities.find(({ id }) => id === binding.entity);
  const to = referredBy(entity, edge);
  const there = document.bindings.filter(
    (one) => one.system === binding.system && one.entity === to,
  );
  const led = foreignKeyOf(referring);
  const meant = there.find(({ object }) => object === led?.object) ?? there[0];
  return meant === undefined ? null : schemaOf(meant);
}

function referredBy(entity: Entity | undefined, { fields }: Referring["edge"]): string | null {
  const [only, ...others] = fields;
  const field = entity?.fields.find(({ id }) => id === only);
  return field === undefined || others.length > 0 ? null : referredEntity(field);
}

function foreignKeyOf({ binding, edge, schemaOf }: Referring) {
  return schemaOf(binding)?.references.find(({ columns }) => isSame(columns, edge.columns));
}

/** By which columns a new edge refers, as its foreign key says; undefined: by the key. */
export function proposedNames(referring: Referring): string[] | undefined {
  const object = referredObject(referring);
  const led = foreignKeyOf(referring);
  if (object === null || led === undefined || led.object !== object.name) return undefined;
  return isSame(led.targets, object.key) ? undefined : led.targets;
}

/** A set of columns by which rows may be named, and whether no two of them share it. */
export type NameWay = { readonly columns: readonly string[]; readonly isUnique: boolean };

/** The ways to name a row beside its key: unique columns first. */
export function waysToRefer(object: ObjectSchema, count: number): NameWay[] {
  const uniques = object.uniques.filter((columns) => columns.length === count);
  const others = object.columns
    .map(({ name }) => [name])
    .filter((one) => count === 1 && !isSame(one, object.key))
    .filter((one) => !uniques.some((columns) => isSame(columns, one)));
  return [
    ...uniques.map((columns) => ({ columns, isUnique: true })),
    ...others.map((columns) => ({ columns, isUnique: false })),
  ];
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}
