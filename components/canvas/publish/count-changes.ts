import { diffMaps } from "../../../server/core/map/diff.ts";
import { EMPTY_MAP, type MapDocument } from "../../../server/core/map/document.ts";

/** How many rules the draft changes of what is live. */
export function countChanges(live: MapDocument | null, draft: MapDocument): number {
  return diffMaps(live ?? EMPTY_MAP, draft).changed;
}
