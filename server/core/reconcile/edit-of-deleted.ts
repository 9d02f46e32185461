import { isMerged } from "./keys.ts";
import { deleteAsked } from "./row-gone.ts";
import type { Attempt, LinkState, MappedObservation } from "./state.ts";
import { recordOf, type Working } from "./world.ts";

/**
 * A row that stayed with a merged record decides nothing while it is merged; what it tells is kept,
 * and decided when the two are parted again. Only what we wrote ourselves is accounted for.
 */
export function ownPart(
  observation: MappedObservation,
  attempt: Attempt | undefined,
): MappedObservation {
  const sent = Object.keys(attempt?.sent ?? {});
  const own = Object.entries(observation.fields).filter(([field]) => sent.includes(field));
  return { ...observation, fields: Object.fromEntries(own), problems: [] };
}

/** A row whose record is no more was edited by somebody who did not know it. */
export function editOfDeleted(
  work: Working,
  link: LinkState,
  observation: MappedObservation,
): void {
  const changed = Object.entries(observation.fields).some(([field, value]) => {
    const base = link.bases[field];
    const rules = work.world.map.bindings.get(link.binding)?.fields.get(field);
    return base !== undefined && rules?.equals(base.s, value) === false;
  });
  const record = recordOf(work, link.record);
  // A row that was left with a merged record is edited as its people please.
  if (record === undefined || isMerged(record)) return;
  if (changed) deleteAsked(work, link, "row-gone-with-edits");
}
