import type { Binding, Edge, Field, MapDocument } from "../map/document.ts";
import type { ObjectSchema } from "../map/object-schema.ts";
import { systemName } from "../map/place.ts";
import { referredEntity } from "../map/references.ts";
import type { Referred } from "./refer.ts";
import { nameRows } from "./row-naming.ts";

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
  readonly schemaOf: SchemaOf;
};

/** An object of the same system; null while it is not known. */
export type SchemaOf = (object: string) => ObjectSchema | null;

/**
 * Whose rows a reference names in the binding's system: those of the one object there that is
 * bound to the field's entity; of several, the one that the columns' foreign key leads to. Null
 * for a field that refers to no entity.
 */
export function findReferred(referring: ReferringEdge): Found {
  const { document, binding, edge, field, schema, schemaOf } = referring;
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
  const { id, object } = only;
  const known = schemaOf(object);
  const by = namesOf(edge, known);
  const parts = partsOf(edge, foreignKeyTo(object, edge, schema), by ?? known?.key ?? null);
  const naming = by === null ? null : nameRows({ binding: id, object, columns: by }, known);
  return { ok: true, referred: { binding: id, object, parts, naming } };
}

/** The columns by which an edge refers to rows; null: those of their key. */
function namesOf({ refersBy }: Edge, known: ObjectSchema | null): readonly string[] | null {
  if (refersBy === undefined) return null;
  return known !== null && isSameSet(refersBy, known.key) ? null : refersBy;
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

export type Unfit = { readonly severity: "error" | "warning"; readonly why: string };

/**
 * Why the columns of a reference do not name rows as it says, or may name several, as the end of a
 * sentence; null where they do, where steps make the name, or where nobody knows the rows.
 */
export function whyUnfit(referring: ReferringEdge, to: Referred): Unfit | null {
  const known = referring.schemaOf(to.object);
  if (known === null) return null;
  const names = to.naming?.columns ?? known.key;
  const strange = names.find((name) => !known.columns.some((one) => one.name === name));
  if (to.naming !== null && strange !== undefined) {
    return wrong(`refers by ${strange}, and ${to.object} has no such column. Choose another.`);
  }
  const why = whyLedElsewhere(referring, to, names) ?? whyTooFew(referring, to, names);
  if (why !== null) return wrong(why);
  if (to.naming === null || isUnique(known, names)) return null;
  const shared = `refers by ${names.join(", ")}, which several rows of ${to.object} may share: what \
refers to such rows waits. Give them a unique index, or refer by other columns.`;
  return { severity: "warning", why: shared };
}

function whyLedElsewhere(
  { edge, schema }: ReferringEdge,
  { object, naming }: Referred,
  names: readonly string[],
): string | null {
  const led = foreignKeyTo(object, edge, schema);
  if (edge.steps.length > 0 || led === undefined) return null;
  if (isWhole(placesIn(edge.columns, led, names), edge.columns)) return null;
  const list = names.join(", ");
  const said = naming === null ? `the key of its rows (${list})` : list;
  return `leads to ${led.targets.join(", ")} of ${led.object}, which is not ${said}. Say in the edge \
that it refers by ${led.targets.join(", ")}.`;
}

function whyTooFew(
  { edge }: ReferringEdge,
  { object, naming }: Referred,
  names: readonly string[],
): string | null {
  const hasSteps = edge.steps.length > 0;
  if (hasSteps && naming === null) return null;
  if (names.length === (hasSteps ? 1 : edge.columns.length)) return null;
  const by = naming === null ? "whose key is" : "by";
  return `refers to rows of ${object}, ${by} ${names.join(", ")}. Draw the edge from as many \
columns, in this order.`;
}

const wrong = (why: string): Unfit => ({ severity: "error", why });

/** No two rows share the names where they share no part of them. */
function isUnique({ key, uniques }: ObjectSchema, names: readonly string[]): boolean {
  const isPart = (one: readonly string[]) => one.every((name) => names.includes(name));
  return [key, ...uniques].some((one) => one.length > 0 && isPart(one));
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
