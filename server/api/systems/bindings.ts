import type { MapDocument } from "../../core/map/document.ts";

export type BindingLine = {
  readonly binding: string;
  readonly entity: string;
  readonly entityName: string;
  readonly object: string;
  readonly edges: number;
};

/** What of a system a map binds, and to which entities. */
export function bindingsOf(document: MapDocument, system: string): BindingLine[] {
  return document.bindings
    .filter((binding) => binding.system === system)
    .map(({ id, entity, object, edges }) => ({
      binding: id,
      entity,
      entityName: document.entities.find((one) => one.id === entity)?.name ?? entity,
      object,
      edges: edges.length,
    }));
}
