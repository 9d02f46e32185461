import type { Binding, Edge, Field, MapDocument } from "../map/document.ts";
import type { ObjectSchema } from "../map/object-schema.ts";
import { systemName } from "../map/place.ts";
import { referredEntity } from "../map/references.ts";
import type { Referred } from "./refer.ts";

export type Found =
  | { readonly ok: true; readonly referred: Referred | null }
  | { readonly ok: false; readonly message: string };

export type ReferringEdge = {
  readonly document: MapDocument;
  readonly binding: Binding;
  readonly edge: Edge;
  readonly field: Field;
  /** Null while the object is not known. */
  readonly schema: ObjectSchema | null;
  /** The key of an object of the same system; null while it is not known. */
  readonly keyOf: KeyOf;
};

export type KeyOf = (object: string) => readonly string[] | null;

/**
 * Whose rows a reference names in the binding's system: those of the one object there that is
 * bound to the field's entity; of several, the one that the columns' foreign key leads to. Null
 * for a field that refers to no entity.
 */
export function findReferred(referring: ReferringEdge): Found {
  const { document, binding, edge, field, schema, keyOf } = referring;
  const entity = referredEntity(field);
  if (entity === null) return { ok: true, referred: null };
  const there = document.bindings.filter(
    (one) => one.system === binding.system && one.entity === entity,
  );
  const key = schema?.references.find(({ columns }) => isSameSet(columns, edge.columns));
  const meant = there.filter(({ object }) => object === key?.object);
  const [only, ...others] = meant.length > 0 ? meant : there;
  const system = systemName(document, binding.system);
  const name = document.entities.find(({ id }) => id === entity)?.name ?? entity;
  if (only === undefined) {
    const message = `${field.name} refers to ${name}, and no object of ${system} is bound to it: \
nobody can tell which record a row there is. Bind one, or remove the edge.`;
    return { ok: false, message };
  }
  if (others.length > 0) {
    const message = `${field.name} refers to ${name}, and ${there.length} objects of ${system} are \
bound to it. Give the column a foreign key to one of them, or remove the edge.`;
    return { ok: false, message };
  }
  const parts = partsOf(edge, foreignKeyTo(only.object, edge, schema), keyOf(only.object));
  return { ok: true, referred: { binding: only.id, object: only.object, parts } };
}

type ForeignKey = ObjectSchema["references"][number];

/** The foreign key of an edge's columns, where it leads to this object. */
function foreignKeyTo(
  object: string,
  { columns }: Edge,
  schema: ObjectSchema | null,
): ForeignKey | undefined {
  return schema?.references.find((one) => {
    return one.object === object && isSameSet(one.columns, columns);
  });
}

/**
 * Per part of the referred rows' key, the place of its column among the edge's: as the foreign key
 * says, else in the order in which both are drawn.
 */
function partsOf(
  { columns }: Edge,
  led: ForeignKey | undefined,
  key: readonly string[] | null,
): readonly number[] {
  const parts = led === undefined ? [] : placesIn(columns, led, key ?? led.targets);
  return isWhole(parts, columns) ? parts : columns.map((_, place) => place);
}

/** Per name of the key, where the column is that the foreign key joins to it; -1: nowhere. */
function placesIn(
  columns: readonly string[],
  led: ForeignKey,
  key: readonly string[],
): readonly number[] {
  return key.map((name) => columns.indexOf(led.columns[led.targets.indexOf(name)] ?? ""));
}

function isWhole(parts: readonly number[], columns: readonly string[]): boolean {
  return parts.length === columns.length && !parts.includes(-1);
}

/**
 * Why the columns of a reference do not name rows by their key, as the end of a sentence; null
 * where they do, where steps make the id of them, or where nobody knows the key.
 */
export function whyNoKey({ edge, schema, keyOf }: ReferringEdge, to: Referred): string | null {
  const { columns, steps } = edge;
  const key = keyOf(to.object);
  if (steps.length > 0 || key === null) return null;
  const led = foreignKeyTo(to.object, edge, schema);
  if (led !== undefined && !isWhole(placesIn(columns, led, key), columns)) {
    return `leads to ${led.targets.join(", ")} of ${led.object}, which is not the key of its rows \
(${key.join(", ")}): such a reference cannot be followed yet. Remove the edge, or read it into a text.`;
  }
  if (key.length === columns.length) return null;
  return `refers to rows of ${to.object}, whose key is ${key.join(", ")}. Draw the edge from as many \
columns, in this order.`;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
