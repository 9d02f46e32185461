import type { Field, MapDocument } from "../../server/core/map/document.ts";
import { ownersOf } from "../../server/core/map/owners.ts";
import type { BulletRole } from "../values/line-bullet.tsx";

/** What a system is to a field: it owns it, it contributes, or it decides nothing. */
export type Part = "owner" | "contributor" | "none";

/** Systems that tell the field's value, in the order of the map. */
export function tellers(document: MapDocument, entity: string, field: string): string[] {
  const telling = document.bindings.filter(
    (binding) =>
      binding.entity === entity &&
      binding.edges.some((edge) => edge.direction !== "out" && edge.fields.includes(field)),
  );
  return [...new Set(telling.map(({ system }) => system))];
}

/**
 * The part of every system that may decide the field, highest first; the others have none.
 * Without a rule all that tell it decide with equal rank, and one alone owns it.
 */
export function partsOf(
  document: MapDocument,
  entity: string,
  field: Field,
): ReadonlyMap<string, Part> {
  if (field.ownership === undefined) {
    const systems = tellers(document, entity, field.id);
    const part = systems.length === 1 ? "owner" : "contributor";
    return new Map(systems.map((system) => [system, part]));
  }
  const ranked = field.ownership.tiers.flatMap((tier, rank) => {
    const part: Part = rank === 0 && tier.when === "always" ? "owner" : "contributor";
    return tier.systems.map((system): [string, Part] => [system, part]);
  });
  // Who decides under a condition only is never the one owner.
  for (const system of ownersOf({ ...field.ownership, clear: [] })) {
    if (!ranked.some(([known]) => known === system)) ranked.push([system, "contributor"]);
  }
  // Only the first place of a system counts.
  const isFirst = ([system]: [string, Part], at: number) =>
    ranked.findIndex(([other]) => other === system) === at;
  return new Map(ranked.filter(isFirst));
}

/** How a bullet shows a part. */
export function bulletRole(part: Part): BulletRole {
  return part === "none" ? "reader" : part;
}
