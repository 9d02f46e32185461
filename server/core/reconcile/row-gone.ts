import type { ConflictId } from "../ids.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import { withdrawCandidate } from "./candidates.ts";
import { dueFields, heldFields } from "./due.ts";
import { fitQuestions } from "./fit-questions.ts";
import { newLink } from "./identify.ts";
import { refreshKeys } from "./keys.ts";
import { letDeliveriesGo } from "./let-go.ts";
import { explain } from "./own-write.ts";
import type { Attempt, ConflictReason, LinkState, MappedObservation } from "./state.ts";
import {
  conflictsOf,
  heldOf,
  linkOf,
  linksOf,
  putConflict,
  putLink,
  putRecord,
  recordOf,
  release,
  rowKey,
  type Working,
} from "./world.ts";
import { noteDeleted } from "./written-over.ts";

/**
 * A row of a system is gone: its link becomes a tombstone, and the binding says what that means
 * for the record. A delete is clean when nothing was due to that link and nobody else contends;
 * otherwise it is asked.
 */
export function rowGone(
  work: Working,
  link: LinkState,
  observation: MappedObservation,
  { attempt, isStray, asked }: GoneBy,
): void {
  const record = recordOf(work, link.record);
  const rules = work.world.map.bindings.get(link.binding);
  if (record === undefined || rules === undefined) return;
  putLink(work, { ...link, state: "gone", position: observation.position });
  work.goneAt.set(rowKey(link.binding, observation.externalId), observation.position);
  leaveContests(work, link);
  // A bad value is gone with its row: it holds up nobody any more.
  release(work, record.id, (one) => one.link === link.id);
  // Only now: what its own candidate or bad value held back was due to the row all the same.
  const held = heldFields(rules.entity, conflictsOf(work, record.id), heldOf(work, record.id));
  const stands = recordOf(work, record.id) ?? record;
  const clean = dueFields(rules, stands, link, held).length === 0;
  letDeliveriesGo(work, link.id, { actor: "engine", note: "The row was deleted." });
  const own = attempt?.operation === "delete";
  if (attempt !== undefined && !isStray) explain(work, link, attempt);
  noteDeleted(work, link, attempt);
  work.changes.audit.push({
    kind: own ? "row-deleted" : "row-gone",
    actor: own ? "engine" : `system:${link.system}`,
    entity: record.entity,
    record: record.id,
    link: link.id,
    system: link.system,
    field: null,
    rule: own ? "delivery" : "row-gone",
    cause: {
      position: observation.position,
      transaction: observation.transaction,
      at: observation.at,
      ...asked,
    },
  });
  if (!own && record.deletedAt === null) endRecord(work, link, { rules, clean, why: "row-gone" });
  // We deleted what was not ours to delete: nobody wanted the row to go, and it is made again.
  if (own && isStray && record.deletedAt === null && rules.binding.createsRows) {
    putLink(work, newLink(work, record.id, rules));
  }
}

/** Our call that deleted the row; `isStray`: it was meant for another record's row of this id. */
export type GoneBy = {
  readonly attempt: Attempt | undefined;
  readonly isStray: boolean;
  /** What was asked of the row, and is over with it. */
  readonly asked?: { readonly detail: string };
};

export type RowEnd = {
  readonly rules: BindingRules;
  /** Nothing was due to the link. */
  readonly clean: boolean;
  readonly why: "row-gone" | "left-scope";
};

const END_RULES = { "row-gone": "row-gone", "left-scope": "scope" } as const;

/** What a row's end means for its record, by its binding. */
export function endRecord(work: Working, link: LinkState, { rules, clean, why }: RowEnd): void {
  const end = rules.binding.whenRowGone;
  if (end === "unlink") return;
  // What others still contend for would go with the record, undecided.
  const contested = conflictsOf(work, link.record).some(({ kind }) => kind === "field");
  if (end === "review") deleteAsked(work, link, why);
  else if (clean && !contested) deleteRecord(work, link, `system:${link.system}`, why);
  else deleteAsked(work, link, "row-gone-with-edits");
}

/** Deletes the hub record; its other rows follow as their bindings say. */
export function deleteRecord(
  work: Working,
  cause: LinkState,
  actor: string,
  why: RowEnd["why"] = "row-gone",
): void {
  const record = recordOf(work, cause.record);
  if (record === undefined || record.deletedAt !== null) return;
  putRecord(work, { ...record, deletedAt: work.world.now });
  refreshKeys(work, record.id);
  work.changes.audit.push({
    kind: "deleted",
    actor,
    entity: record.entity,
    record: record.id,
    link: cause.id,
    system: cause.system,
    field: null,
    rule: actor.startsWith("person:") ? "person" : END_RULES[why],
    cause: { position: cause.position },
  });
  for (const id of linksOf(work, record.id)) {
    letDeliveriesGo(work, id, { actor, note: "The record was deleted." });
  }
  const asks = linksOf(work, record.id)
    .map((id) => linkOf(work, id))
    .find((link) => link?.state === "live" && endOf(work, link) === "review");
  if (asks !== undefined && !actor.startsWith("person:")) deleteAsked(work, asks, "record-deleted");
}

function endOf(work: Working, link: LinkState): string | undefined {
  return work.world.map.bindings.get(link.binding)?.binding.whenRecordDeleted;
}

/** Opens the question whether the record is to go; while it is open nothing of it is deleted. */
export function deleteAsked(work: Working, link: LinkState, reason: ConflictReason): void {
  const record = recordOf(work, link.record);
  if (record === undefined) return;
  if (conflictsOf(work, record.id).some(({ kind }) => kind === "delete")) return;
  putConflict(work, {
    id: work.newId() as ConflictId,
    kind: "delete",
    entity: record.entity,
    record: record.id,
    field: null,
    reason,
    candidates: [{ from: `system:${link.system}`, link: link.id, value: null, at: work.world.now }],
    revision: 1,
    state: "open",
    openedAt: work.world.now,
  });
}

/** A row that is its record's no more contends for none of its fields. */
export function leaveContests(work: Working, link: LinkState): void {
  fitQuestions(work, link.record);
  for (const { field } of conflictsOf(work, link.record)) {
    const record = recordOf(work, link.record);
    const rules =
      field === null
        ? undefined
        : work.world.map.bindings.get(link.binding)?.entity.deciders.get(field);
    if (record !== undefined && rules !== undefined) {
      withdrawCandidate(work, record, rules, `system:${link.system}`);
    }
  }
}
