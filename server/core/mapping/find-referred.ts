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
};

/**
 * Whose rows a reference names in the binding's system: those of the one object there that is
 * bound to the field's entity; of several, the one that the columns' foreign key leads to. Null
 * for a field that refers to no entity.
 */
export function findReferred({ document, binding, edge, field, schema }: ReferringEdge): Found {
  const entity = referredEntity(field);
  if (entity === null) return { ok: true, referred: null };
  const there = document.bindings.filter(
    (one) => one.system === binding.system && one.entity === entity,
  );
  const key = schema?.references.find(({ columns }) => isSameSet(columns, edge.columns));
  const led = there.filter(({ object }) => object === key?.object);
  const [only, ...others] = led.length > 0 ? led : there;
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
  return { ok: true, referred: { binding: only.id, object: only.object } };
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
