import type { LinkId, RecordId } from "../ids.ts";
import type { EntityRules } from "../plan/compile-map.ts";
import { heldFields, isDue } from "./due.ts";
import type { Conflict } from "./state.ts";
import {
  conflictsOf,
  type HeldValue,
  heldOf,
  linkOf,
  linksOf,
  recordOf,
  type Working,
} from "./world.ts";

/** Notes which links of a record have work now, and which have none left. */
export function findDue(work: Working, id: RecordId): void {
  const record = recordOf(work, id);
  if (record === undefined) return;
  const entity = work.world.map.entities.get(record.entity);
  const now = contextOf(entity, conflictsOf(work, id), heldOf(work, id));
  for (const linkId of linksOf(work, id)) {
    const link = linkOf(work, linkId);
    const rules = link === undefined ? undefined : work.world.map.bindings.get(link.binding);
    if (link === undefined || rules === undefined) continue;
    const loaded = work.world.loaded.has(link.binding);
    if (isDue(rules, record, link, { ...now, loaded })) work.changes.due.add(linkId);
    else if (mayHaveBeenDue(work, linkId, loaded)) work.changes.settled.add(linkId);
  }
}

/** Had the link work before this batch, or an attempt whose event came in it? */
function mayHaveBeenDue(work: Working, linkId: LinkId, loaded: boolean): boolean {
  const { world, changes } = work;
  if (changes.explainedLinks.has(linkId)) return true;
  const link = world.links.get(linkId);
  // By another map than this batch's, or before its rows were to be read once more.
  if (link?.state === "pending") return true;
  // It may have been another record's then.
  const record = link === undefined ? undefined : world.records.get(link.record);
  const rules = link === undefined ? undefined : world.map.bindings.get(link.binding);
  if (record === undefined || link === undefined || rules === undefined) return false;
  const { id } = record;
  const then = contextOf(rules.entity, world.conflicts.get(id) ?? [], world.held.get(id) ?? []);
  return isDue(rules, record, link, { ...then, loaded });
}

function contextOf(
  entity: EntityRules | undefined,
  conflicts: readonly Conflict[],
  held: readonly HeldValue[],
) {
  return {
    held: heldFields(entity, conflicts, held),
    deleteAsked: conflicts.some(({ kind }) => kind === "delete"),
  };
}
