import { MapDocument } from "../../core/map/document.ts";
import type { Scenario } from "./scenario.ts";

/** Whoever sells or gets something tells all others: what has changed is added up everywhere. */
export function withCounting(scenario: Scenario): Scenario {
  const { entities, bindings, ...rest } = structuredClone(scenario.document);
  const document = {
    ...rest,
    entities: entities.map((entity) => ({
      ...entity,
      fields: entity.fields.map((field) =>
        field.id === "stock" ? { ...field, policy: { kind: "sum-of-deltas" } } : field,
      ),
    })),
    bindings: bindings.map((binding) => ({
      ...binding,
      edges: binding.edges.map((edge) =>
        edge.id === "stock" ? { ...edge, direction: "both" } : edge,
      ),
    })),
  };
  return { ...scenario, document: MapDocument.parse(document) };
}
