import type { EntityId } from "../core/ids.ts";
import { referredEntity } from "../core/map/references.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";

/**
 * Objects of a system that the map's bindings read or write: those to which others refer first, so
 * that rows mostly find whom they refer to.
 */
export function boundObjects(map: CompiledMap, system: string): string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const visit = (entity: string) => {
    if (seen.has(entity)) return;
    seen.add(entity);
    for (const to of referredBy(map, entity)) visit(to);
    for (const { binding } of map.bindings.values()) {
      if (binding.system === system && binding.entity === entity) names.add(binding.object);
    }
  };
  for (const { binding } of map.bindings.values()) visit(binding.entity);
  return [...names];
}

function referredBy(map: CompiledMap, entity: string): string[] {
  const fields = map.entities.get(entity as EntityId)?.entity.fields ?? [];
  return fields.flatMap((field) => referredEntity(field) ?? []);
}

/** Those of them that are read: all but what stands still as a whole ("system\nobject"). */
export function readObjects(
  map: CompiledMap,
  system: string,
  drifted: ReadonlySet<string>,
): string[] {
  return boundObjects(map, system).filter((name) => !drifted.has(`${system}\n${name}`));
}
