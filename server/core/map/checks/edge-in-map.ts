import type { Binding, Edge, Entity, MapDocument } from "../document.ts";
import type { ObjectSchema } from "../object-schema.ts";
import { bindingWords } from "../place.ts";
import { namesByKey } from "../references.ts";

/** One edge with what is known around it. */
export type EdgeInMap = {
  readonly document: MapDocument;
  readonly binding: Binding;
  readonly edge: Edge;
  /** Undefined where the map names an entity or object that there is not. */
  readonly entity: Entity | undefined;
  readonly schema: ObjectSchema | undefined;
};

export function placeOf({ binding, edge }: EdgeInMap) {
  return { binding: binding.id, edge: edge.id };
}

export function wordsOf({ document, binding, edge }: EdgeInMap): string {
  return `${bindingWords(document, binding.id)}, edge ${edge.id}`;
}

/** Do its columns name one row together? */
export function isNamedByKey({ edge, entity }: EdgeInMap): boolean {
  return namesByKey(edge, (id) => entity?.fields.find((field) => field.id === id));
}
