import type { Entity, MapDocument } from "./document.ts";
import { dimensionById, splitById } from "./splits.ts";

/** Where in a map something is: what a sentence is about and what a screen can jump to. */
export type Place = {
  readonly system?: string;
  readonly dimension?: string;
  readonly entity?: string;
  readonly field?: string;
  /** Fields of the entity that are decided together. */
  readonly group?: string;
  /** A field that has a value per member of a dimension. */
  readonly split?: string;
  readonly binding?: string;
  readonly edge?: string;
  readonly column?: string;
  /** Which step of the edge, from 0. */
  readonly step?: number;
};

/**
 * The place as a path of ids that sorts and compares as text.
 *
 * { entity: "product", field: "price" } => "entity:product/field:price"
 */
export function placePath(place: Place): string {
  return PARTS.filter((part) => place[part] !== undefined)
    .map((part) => `${part}:${place[part]}`)
    .join("/");
}

const PARTS = [
  ...(["system", "dimension", "entity", "split", "field", "group"] as const),
  ...(["binding", "edge", "column", "step"] as const),
];

/**
 * The place in the words of the map, for the start of a sentence.
 *
 * { binding: "erp-product", edge: "price" } => "ERP public.products › price"
 */
export function placeWords(document: MapDocument, place: Place): string {
  const words = [...ownerWords(document, place)];
  if (place.edge !== undefined) words.push(`edge ${place.edge}`);
  if (place.column !== undefined) words.push(`column ${place.column}`);
  if (place.step !== undefined) words.push(`step ${place.step + 1}`);
  return words.length === 0 ? "The map" : words.join(" › ");
}

function* ownerWords(document: MapDocument, place: Place): Generator<string> {
  if (place.binding !== undefined) yield bindingWords(document, place.binding);
  else if (place.system !== undefined) yield systemName(document, place.system);
  if (place.dimension !== undefined) {
    yield dimensionById(document, place.dimension)?.name ?? place.dimension;
  }
  const entity = document.entities.find((one) => one.id === place.entity);
  if (place.entity !== undefined) yield entity?.name ?? place.entity;
  yield* insideWords(entity, place);
}

function* insideWords(entity: Entity | undefined, place: Place): Generator<string> {
  const nameOf = (list: readonly { id: string; name: string }[] = [], id: string) =>
    list.find((one) => one.id === id)?.name ?? id;
  if (place.split !== undefined) {
    yield (entity && splitById(entity, place.split)?.name) ?? place.split;
  }
  if (place.group !== undefined) yield nameOf(entity?.groups, place.group);
  if (place.field !== undefined) yield nameOf(entity?.fields, place.field);
}

/** "ERP public.products"; the id where the map has no such binding. */
export function bindingWords(document: MapDocument, id: string): string {
  const binding = document.bindings.find((one) => one.id === id);
  if (binding === undefined) return `Binding ${id}`;
  return `${systemName(document, binding.system)} ${binding.object}`;
}

/** The name that people gave the system; its id where the map does not know it. */
export function systemName(document: Pick<MapDocument, "systems">, id: string): string {
  return document.systems.find((one) => one.id === id)?.name ?? id;
}

/** The name that people gave the field; its id where the map does not know it. */
export function fieldName(
  document: Pick<MapDocument, "entities">,
  entity: string,
  field: string,
): string {
  const found = document.entities.find((one) => one.id === entity);
  return found?.fields.find((one) => one.id === field)?.name ?? field;
}
