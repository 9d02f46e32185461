import type { CompiledMap } from "../core/plan/compile-map.ts";

/** Objects of a system that the map's bindings read or write. */
export function boundObjects(map: CompiledMap, system: string): string[] {
  const names = new Set<string>();
  for (const { binding } of map.bindings.values()) {
    if (binding.system === system) names.add(binding.object);
  }
  return [...names];
}

/** Those of them that are read: all but what stands still as a whole ("system\nobject"). */
export function readObjects(
  map: CompiledMap,
  system: string,
  drifted: ReadonlySet<string>,
): string[] {
  return boundObjects(map, system).filter((name) => !drifted.has(`${system}\n${name}`));
}
