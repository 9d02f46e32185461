import type { MapDocument } from "../../core/map/document.ts";
import type { RandomPlace } from "../../platform/random.ts";
import type { Scenario } from "./scenario.ts";

/**
 * A part of a seed's run. What is left of it draws the numbers that it drew in the whole run, so
 * that leaving out one step does not make every later one another.
 */
export type Cut = {
  /** Steps of the storm that are taken, by their numbers; the others never happen. */
  readonly steps: readonly number[];
  /** Steps of those in which no engine stalls, dies or loses a connection. */
  readonly calm: readonly number[];
  /** Systems that take part. */
  readonly systems: readonly string[];
  /** Where the dice were at the beginning of each step of the whole run. */
  readonly places: readonly RandomPlace[];
};

/** The scenario with some of its systems only. */
export function withSystems(scenario: Scenario, systems: readonly string[]): Scenario {
  const has = (system: string) => systems.includes(system);
  return {
    ...scenario,
    shapes: scenario.shapes.filter(({ system }) => has(system)),
    document: mapOf(scenario.document, has),
    late: scenario.late.filter(has),
    automations: scenario.automations.filter(({ system }) => has(system)),
  };
}

function mapOf(document: MapDocument, has: (system: string) => boolean): MapDocument {
  const next: MapDocument = structuredClone(document);
  next.systems = next.systems.filter(({ id }) => has(id));
  next.bindings = next.bindings.filter(({ system }) => has(system));
  const decided = next.entities.flatMap(({ fields, groups = [] }) => [...fields, ...groups]);
  for (const field of decided) {
    if (field.ownership === undefined) continue;
    const cases = field.ownership.cases ?? [];
    for (const rights of [field.ownership, ...cases]) {
      for (const tier of rights.tiers) tier.systems = tier.systems.filter(has);
      rights.tiers = rights.tiers.filter(({ systems }) => systems.length > 0);
      if (rights.clear !== undefined) rights.clear = rights.clear.filter(has);
    }
    // Whose rights are all a missing system's, nobody can decide: then it is anybody's.
    if ([field.ownership, ...cases].some(({ tiers }) => tiers.length === 0)) delete field.ownership;
  }
  return next;
}
