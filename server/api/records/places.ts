import type { MapDocument } from "../../core/map/document.ts";

/** Where ids and keys of records are looked up. */
export function placesOf(document: MapDocument) {
  return {
    bindings: document.bindings.map(({ id }) => id),
    keys: document.entities.flatMap(({ id, matchKeys }) =>
      matchKeys.map((fields) => ({ entity: id, key: fields.join("+") })),
    ),
  };
}
