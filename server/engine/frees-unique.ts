import type { CompiledMap } from "../core/plan/compile-map.ts";
import type { MappedObservation } from "../core/reconcile/state.ts";

/** Does a row give up a value that must be unique in its object, by what it tells or by its end? */
export function freesUnique(
  { bindings }: CompiledMap,
  { binding, kind, columns }: MappedObservation,
): boolean {
  const uniques = bindings.get(binding)?.schema?.uniques ?? [];
  if (uniques.length === 0) return false;
  return kind === "gone" || uniques.some((names) => names.some((name) => name in columns));
}
