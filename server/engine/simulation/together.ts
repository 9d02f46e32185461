import { MapDocument } from "../../core/map/document.ts";
import type { Dice } from "./dice.ts";
import { rightsOf, type Scenario } from "./scenario.ts";
import type { FieldName, Shape } from "./shapes.ts";

/** The two names of a thing, which are decided as one where a theme says so. */
export const TOGETHER = ["given", "family"] as const satisfies readonly FieldName[];

export const isTogether = (field: string): boolean => TOGETHER.some((one) => one === field);

/**
 * Names are decided together, and every system that tells them tells both: then no record and no
 * row may ever hold two that nobody has put together.
 */
export function withTogether(scenario: Scenario, dice: Dice): Scenario {
  const { document, shapes } = scenario;
  const systems = shapes.map(({ system }) => system);
  const entities = document.entities.map((entity) => ({
    ...entity,
    groups: [{ id: "name", name: "Name", fields: [...TOGETHER], ...rightsOf(dice, systems) }],
    fields: entity.fields.map(({ ownership, ...field }) => {
      if (isTogether(field.id)) return { ...field, policy: { kind: "review" } };
      return ownership === undefined ? field : { ...field, ownership };
    }),
  }));
  const bindings = document.bindings.map((binding) => {
    const shape = shapes.find(({ system }) => system === binding.system);
    const others = binding.edges.filter(({ fields }) => !fields.some(isTogether));
    return { ...binding, edges: [...others, ...nameEdges(shape)] };
  });
  return { ...scenario, document: MapDocument.parse({ ...document, entities, bindings }) };
}

/** A system that has only one of the two tells neither: what it knows would be a part alone. */
function nameEdges(shape: Shape | undefined): object[] {
  const edges = (shape?.edges ?? []).filter(({ fields }) => fields.some(isTogether));
  const told = edges.flatMap(({ fields }) => fields);
  return TOGETHER.every((field) => told.includes(field)) ? edges : [];
}
