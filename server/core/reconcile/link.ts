import type { LinkId, RecordId } from "../ids.ts";
import { decideFields } from "./decide-fields.ts";
import { findDue } from "./find-due.ts";
import { addPlaces, newLink, placeIn, waitForRecord } from "./identify.ts";
import { nextIncarnation } from "./incarnation.ts";
import { refreshKeys } from "./keys.ts";
import { letDeliveriesGo } from "./let-go.ts";
import { decideStranger } from "./reconcile-batch.ts";
import { doubtedLink } from "./reused-id.ts";
import { deleteRecord, leaveContests, rowGone } from "./row-gone.ts";
import {
  type LinkState,
  type MappedObservation,
  type RecordState,
  rowOf,
  type Source,
} from "./state.ts";
import {
  type Changes,
  endWaiting,
  linkOf,
  linksOf,
  liveLink,
  putLink,
  putRecord,
  recordOf,
  release,
  startWork,
  type Working,
  type World,
} from "./world.ts";

/** Who parts or joins, and the command that asked for it. */
export type LinkAct = { readonly person: Source; readonly command: string };

export type Linked =
  | { readonly kind: "linked"; readonly link: LinkId; readonly changes: Changes }
  /** The row is this record's already. */
  | { readonly kind: "already" }
  /** The record has another row in this binding: one place per record. */
  | { readonly kind: "taken"; readonly externalId: string | null }
  /** There is no such living record, or it is of another entity. */
  | { readonly kind: "no-record" };

/**
 * Makes a row the row of a record, as first contact: equal values link silently, a blank side
 * yields, rank or policy decides the rest, or a person is asked. A record that loses its last row
 * by it was never one of its own and is deleted.
 * @param world holds both records, and the row's link where it has one
 */
export function linkRow(
  world: World,
  row: MappedObservation,
  to: RecordId,
  act: LinkAct,
  newId: () => string,
): Linked {
  const work = startWork(world, newId);
  const rules = world.map.bindings.get(row.binding);
  const record = recordOf(work, to);
  if (rules === undefined || record === undefined || record.deletedAt !== null) {
    return { kind: "no-record" };
  }
  if (record.entity !== rules.binding.entity) return { kind: "no-record" };
  const old = liveLink(work, row.binding, row.externalId);
  if (old?.record === to) return { kind: "already" };
  const place = placeIn(work, to, rules.binding.id);
  if (place?.state === "live") return { kind: "taken", externalId: place.externalId };
  const doubted = doubtedLink(work, row.binding, row.externalId);
  if (doubted?.record === to) return sameRow(work, doubted, row, act);
  if (doubted !== undefined) endDoubted(work, doubted);
  if (old !== undefined) part(work, old, act);
  // The pending place is not reused: its row and the one that joins would swap ids in one write.
  if (place !== undefined) {
    putLink(work, { ...place, state: "unlinked" });
    letDeliveriesGo(work, place.id, { actor: act.person, note: REPLACED });
  }
  const link = join(work, newLink(work, to, rules), row);
  tell(work, record, link, { kind: "linked", act });
  decide(work, link, row);
  if (old !== undefined) leave(work, old, act);
  finish(work, to);
  return { kind: "linked", link: link.id, changes: work.changes };
}

/** A person says that it is the row that it was: what it has now is an edit of it. */
function sameRow(work: Working, link: LinkState, row: MappedObservation, act: LinkAct): Linked {
  putLink(work, { ...link, state: "live" });
  const record = recordOf(work, link.record);
  if (record !== undefined) tell(work, record, link, { kind: "linked", act });
  decide(work, link, row);
  finish(work, link.record);
  return { kind: "linked", link: link.id, changes: work.changes };
}

/** The row that had the id before is gone, as its binding says; nobody had told so. */
function endDoubted(work: Working, link: LinkState): void {
  const told = { ...rowOf(link, {}), kind: "gone" as const };
  rowGone(work, link, told, { attempt: undefined, isStray: false });
  finish(work, link.record);
}

/** A person says that it is another row under an old id: it is matched like any unknown one. */
function anotherRow(work: Working, link: LinkState, row: MappedObservation): Unlinked {
  endDoubted(work, link);
  decideStranger(work, row);
  for (const record of work.touched) finish(work, record);
  const record = liveLink(work, row.binding, row.externalId)?.record ?? null;
  return { kind: "unlinked", record, changes: work.changes };
}

export type Unlinked =
  | {
      readonly kind: "unlinked";
      /** The record that the row became; null where its binding makes no records. */
      readonly record: RecordId | null;
      readonly changes: Changes;
    }
  /** The record has no other row: nothing would be parted. */
  | { readonly kind: "only-row" }
  | { readonly kind: "no-link" };

/**
 * Parts a row from its record: the record keeps its other rows, and the row becomes a record of
 * its own. The two never join again by rule.
 * @param row the row as it is known now
 */
export function unlinkRow(
  world: World,
  row: MappedObservation,
  act: LinkAct,
  newId: () => string,
): Unlinked {
  const work = startWork(world, newId);
  const rules = world.map.bindings.get(row.binding);
  const old = liveLink(work, row.binding, row.externalId);
  const doubted = doubtedLink(work, row.binding, row.externalId);
  if (doubted !== undefined) return anotherRow(work, doubted, row);
  if (rules === undefined || old === undefined) return { kind: "no-link" };
  if (!hasOtherRow(work, old)) return { kind: "only-row" };
  part(work, old, act);
  const made = rules.binding.createsRecords ? makeRecord(work, row, act) : null;
  if (made === null) waitForRecord(work, row);
  finish(work, old.record);
  return { kind: "unlinked", record: made, changes: work.changes };
}

function makeRecord(work: Working, row: MappedObservation, act: LinkAct): RecordId | null {
  const rules = work.world.map.bindings.get(row.binding);
  if (rules === undefined) return null;
  const id = work.newId() as RecordId;
  const entity = rules.binding.entity as RecordState["entity"];
  putRecord(work, { id, entity, values: {}, deletedAt: null });
  work.created.add(id);
  const link = join(work, newLink(work, id, rules), row);
  decide(work, link, row);
  work.created.delete(id);
  const record = recordOf(work, id);
  if (record === undefined) return null;
  addPlaces(work, record, rules.binding.id);
  work.changes.audit.push({
    kind: "created",
    actor: act.person,
    entity: record.entity,
    record: id,
    link: link.id,
    system: link.system,
    field: null,
    after: Object.fromEntries(Object.entries(record.values).map(([field, { v }]) => [field, v])),
    rule: "person",
    cause: { command: act.command },
  });
  finish(work, id);
  return id;
}

function join(work: Working, place: LinkState, row: MappedObservation): LinkState {
  const { binding, externalId } = row;
  const incarnation = nextIncarnation(work, binding, externalId);
  const live: LinkState = { ...place, state: "live", externalId, incarnation };
  putLink(work, live);
  return live;
}

/** Decides the row's fields and notes its columns as accounted for. */
function decide(work: Working, { id }: LinkState, row: MappedObservation): void {
  decideFields(work, id, row, undefined);
  const link = linkOf(work, id);
  if (link === undefined) return;
  putLink(work, { ...link, columns: row.columns, position: row.position });
  endWaiting(work, row.binding, row.externalId);
}

/** Ends a link; what it contended for or held up is its record's concern no more. */
function part(work: Working, link: LinkState, act: LinkAct): void {
  putLink(work, { ...link, state: "unlinked" });
  leaveContests(work, link);
  release(work, link.record, (held) => held.link === link.id);
  letDeliveriesGo(work, link.id, { actor: act.person, note: PARTED });
  const record = recordOf(work, link.record);
  if (record !== undefined) tell(work, record, link, { kind: "unlinked", act });
}

const PARTED = "The row was parted from the record.";
const REPLACED = "Another row was linked to the record instead of the one that was to be made.";

/** What is left of a record after its row went to another one. */
function leave(work: Working, old: LinkState, act: LinkAct): void {
  if (!hasOtherRow(work, old)) deleteRecord(work, old, act.person);
  finish(work, old.record);
}

function hasOtherRow(work: Working, link: LinkState): boolean {
  return linksOf(work, link.record).some(
    (id) => id !== link.id && linkOf(work, id)?.state === "live",
  );
}

function finish(work: Working, record: RecordId): void {
  refreshKeys(work, record);
  findDue(work, record);
}

function tell(
  work: Working,
  record: RecordState,
  link: LinkState,
  told: { readonly kind: "linked" | "unlinked"; readonly act: LinkAct },
): void {
  work.changes.audit.push({
    kind: told.kind,
    actor: told.act.person,
    entity: record.entity,
    record: record.id,
    link: link.id,
    system: link.system,
    field: null,
    rule: "person",
    cause: { command: told.act.command, detail: `${link.binding} ${link.externalId}` },
  });
}
