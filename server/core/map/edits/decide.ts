import type { Entity, MapDocument, OwnershipRule, Policy } from "../document.ts";
import type { Decided } from "../groups.ts";
import type { Edit } from "./edit.ts";
import { ownershipEdit, policyEdit } from "./groups.ts";
import { saidForAll } from "./splits.ts";

/**
 * Sets who decides: of a field, of a group, or of all fields of a split that follow it. Null leaves
 * it to every bound system.
 */
export function ownerEdit(
  document: MapDocument,
  entity: Entity,
  decided: Decided,
  ownership: OwnershipRule | null,
): Edit {
  const said = { ownership: ownership ?? undefined };
  const all = decided.forAll ? saidForAll(document, entity, decided.id, said) : null;
  return all ?? ownershipEdit(entity, decided, ownership);
}

/** Sets what happens when two edits meet, of the same. */
export function meetingEdit(
  document: MapDocument,
  entity: Entity,
  decided: Decided,
  policy: Policy,
): Edit {
  const all = decided.forAll ? saidForAll(document, entity, decided.id, { policy }) : null;
  return all ?? policyEdit(entity, decided, policy);
}
