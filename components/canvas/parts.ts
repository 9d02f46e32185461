import type { Field, MapDocument } from "../../server/core/map/document.ts";
import { deciderOf } from "../../server/core/map/field-words.ts";
import { ownersOf } from "../../server/core/map/owners.ts";
import type { BulletRole } from "../values/line-bullet.tsx";

/** What a system is to a field: it owns it, it contributes, or it decides nothing. */
export type Part = "owner" | "contributor" | "none";

/** Systems that tell a value of these fields, in the order of the map. */
export function tellers(
  document: MapDocument,
  entity: string,
  fields: readonly string[],
): string[] {
  const telling = document.bindings.filter(
    (binding) =>
      binding.entity === entity &&
      binding.edges.some(
        (edge) => edge.direction !== "out" && edge.fields.some((id) => fields.includes(id)),
      ),
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
  const { ownership, fields } = deciderOf(document, entity, field);
  if (ownership === undefined) {
    const systems = tellers(document, entity, fields);
    const part = systems.length === 1 ? "owner" : "contributor";
    return new Map(systems.map((system) => [system, part]));
  }
  const ranked = ownership.tiers.flatMap((tier, rank) => {
    const part: Part = rank === 0 && tier.when === "always" ? "owner" : "contributor";
    return tier.systems.map((system): [string, Part] => [system, part]);
  });
  // Who decides under a condition only is never the one owner.
  for (const system of ownersOf({ ...ownership, clear: [] })) {
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
