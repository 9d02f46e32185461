import type { BindingId } from "../core/ids.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import type { World } from "../core/reconcile/world.ts";
import type { StoredScene } from "../storage/scene.ts";

/** What every decision sees beside its records, in the map's words. */
export function sceneOf(
  map: CompiledMap,
  { loaded: objects, clocks, forgotten }: StoredScene,
): Required<Pick<World, "loaded" | "clocks" | "forgotten">> {
  const loaded = new Set<BindingId>();
  for (const [id, { binding }] of map.bindings) {
    if (objects.get(binding.system)?.has(binding.object)) loaded.add(id);
  }
  return { loaded, clocks, forgotten };
}
