import type { Position } from "../core/position.ts";
import type { CaptureStart } from "./connector.ts";

/**
 * Where a hub's reading goes on. One that has committed a first load and no change yet goes on
 * at that load's moment; null: it has read nothing, so nothing can be missing.
 */
export function placeOf(start: CaptureStart): Position | null {
  if (start.from !== null) return start.from;
  // The empty place stands before everything: such an object is told all that the source has.
  const loaded = start.objects.flatMap(({ loadedAt }) => (loadedAt ? [loadedAt] : []));
  return loaded.sort()[0] ?? null;
}
