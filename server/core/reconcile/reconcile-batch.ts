import { bringBack, putAway, staysAway } from "./archive.ts";
import { decideFields } from "./decide-fields.ts";
import { editOfDeleted, ownPart } from "./edit-of-deleted.ts";
import { findDue } from "./find-due.ts";
import { followKeys } from "./follow-keys.ts";
import { identify, setAside } from "./identify.ts";
import { isMerged, refreshKeys } from "./keys.ts";
import { isLate } from "./late.ts";
import { staysLetBe } from "./let-be.ts";
import { holdGone, isGoneWithMany, withoutMany } from "./mass-held.ts";
import { tellEditOfMerged } from "./merge-lines.ts";
import { noteMisnamed } from "./old-names.ts";
import { attemptOf, endGuess, explain, explainApart, isOf } from "./own-write.ts";
import { withLateReferences } from "./refer.ts";
import { doubtedLink, holdReused, stillDoubted } from "./reused-id.ts";
import { type GoneBy, rowGone } from "./row-gone.ts";
import {
  comeBack,
  forgetOutside,
  goneOutside,
  isLateOutside,
  leaveScope,
  stayOutside,
} from "./scope.ts";
import { type Attempt, type LinkState, type MappedObservation, rowOf } from "./state.ts";
import { strayWritten } from "./stray-write.ts";
import { blockerOf, validated, warn } from "./validate.ts";
import { wakeWanting } from "./wake-wanting.ts";
import { heldAsOne } from "./whole-groups.ts";
import {
  type Changes,
  endWaiting,
  heldOf,
  leftLink,
  linkOf,
  liveLink,
  putLink,
  recordOf,
  rowKey,
  startWork,
  type Working,
  type World,
} from "./world.ts";

/**
 * Decides a batch of observations against the hub: pure, one by one, in their order. The engine
 * loads the world, calls this, and commits what comes out in one transaction with the position.
 * Only deliveries are folded, so that the size of a batch never changes a decision.
 *
 * @param newId makes the ids of new records, links and conflicts
 */
export function reconcileBatch(
  world: World,
  observations: readonly MappedObservation[],
  newId: () => string,
): Changes {
  const work = startWork(world, newId);
  for (const [index, observation] of observations.entries()) {
    if (observation.previousExternalId !== undefined) followKeys(work, observations, index);
    observe(work, observation);
    endGuess(work, observation);
    wakeWanting(work);
  }
  for (const record of work.touched) findDue(work, record);
  return work.changes;
}

function observe(work: Working, mapped: MappedObservation): void {
  const observation = withLateReferences(work, mapped);
  const { binding, externalId } = observation;
  const link = liveLink(work, binding, externalId);
  const attempt = attemptOf(work, observation);
  // The row is another record's by now: the intent is over, and its link is looked at again.
  const isStray = attempt !== undefined && link !== undefined && !isOf(work, attempt, link);
  if (isStray) explainApart(work, attempt);
  if (link === undefined ? isOver(work, observation) : isLate(link, observation)) return;
  if (observation.kind === "gone") {
    gone(work, link, observation, { attempt, isStray });
    return;
  }
  if (isStray && attempt.operation === "update") strayWritten(work, link.id, observation, attempt);
  const known = link === undefined ? undefined : linkOf(work, link.id);
  if (known !== undefined && attempt === undefined && holdReused(work, known, observation)) return;
  const told = known ?? linkFor(work, observation, attempt);
  decideTold(work, told, observation, { attempt, wasAway: known === undefined });
}

function decideTold(
  work: Working,
  known: LinkState | undefined,
  observation: MappedObservation,
  { attempt, wasAway }: { readonly attempt: Attempt | undefined; readonly wasAway: boolean },
): void {
  const isOwn = attempt !== undefined && known !== undefined && isOf(work, attempt, known);
  const own = isOwn ? attempt : undefined;
  // Another row took the place that we made this one for: the call is over all the same.
  if (attempt !== undefined && own === undefined) explainApart(work, attempt);
  if (known === undefined) return;
  endWaiting(work, observation.binding, observation.externalId);
  take(work, known, observation, own);
  // Only a row that was not away before can be put away by it.
  if (own !== undefined && !wasAway) putAway(work, known, observation, own);
  // One that was meant for another record's row is ours all the same.
  leave(work, known, observation, attempt !== undefined);
}

/** What we wrote ourselves is accounted for; of anybody's edit outside nothing is read any more. */
function take(
  work: Working,
  link: LinkState,
  observation: MappedObservation,
  own: Attempt | undefined,
): void {
  if (observation.outside !== undefined && own === undefined) return;
  decideRow(work, link, observation, own);
}

/** What we have put away is ours to bring back, wherever it lies. */
function leave(work: Working, link: LinkState, observation: MappedObservation, own: boolean): void {
  if (observation.outside === undefined || linkOf(work, link.id)?.state !== "live") return;
  leaveScope(work, link, observation, own);
}

function gone(
  work: Working,
  link: LinkState | undefined,
  observation: MappedObservation,
  by: GoneBy,
): void {
  const { binding, externalId } = observation;
  // Whichever of the two it was: the record's row is gone.
  const linked = link ?? doubtedLink(work, binding, externalId);
  if (linked === undefined) goneOutside(work, observation, by.attempt);
  else if (isGoneWithMany(work, linked, observation, by.attempt))
    holdGone(work, linked, observation);
  else rowGone(work, linked, observation, link === undefined ? { ...by, asked: DOUBT_OVER } : by);
  endWaiting(work, binding, externalId);
}

/** The line of a row's end also says that what was asked of it is over. */
const DOUBT_OVER = {
  detail: "Nobody had said yet whether it was still the same row under its id.",
};

/** Whose a row without a link is; undefined where it waits, or is nobody's. */
function linkFor(
  work: Working,
  observation: MappedObservation,
  attempt: Attempt | undefined,
): LinkState | undefined {
  const place = attempt === undefined ? undefined : linkOf(work, attempt.link);
  if (place?.state === "pending") {
    forgetOutside(work, observation);
    return identify(work, observation, attempt);
  }
  if (place?.state === "archived" && attempt !== undefined) {
    const back = bringBack(work, place, observation, attempt);
    if (back !== undefined) return back;
  }
  if (attempt === undefined && staysLetBe(work, observation)) return undefined;
  const doubted = doubtedLink(work, observation.binding, observation.externalId);
  if (doubted !== undefined) return stillDoubted(work, doubted, observation);
  if (observation.outside === undefined && !staysAway(work, observation)) {
    return linkInside(work, observation, attempt);
  }
  // A row that is there was not deleted, wherever it lies now.
  const isThere = leftLink(work, observation.binding, observation.externalId)?.state === "missing";
  if (isThere) return comeBack(work, observation);
  stayOutside(work, observation);
  endWaiting(work, observation.binding, observation.externalId);
  return undefined;
}

/** A row that is not the one under its id by a person's word: it is matched as nobody's. */
export function decideStranger(work: Working, observation: MappedObservation): void {
  const link = linkInside(work, observation, undefined);
  decideTold(work, link, observation, { attempt: undefined, wasAway: true });
}

function linkInside(
  work: Working,
  observation: MappedObservation,
  attempt: Attempt | undefined,
): LinkState | undefined {
  const back = comeBack(work, observation);
  if (back !== undefined) return back;
  const blocker = blockerOf(work, observation);
  if (blocker === null) return identify(work, observation, attempt);
  setAside(work, observation, blocker);
  return undefined;
}

/** Was it told before, or is what it tells of gone? */
function isOver(work: Working, observation: MappedObservation): boolean {
  return isBuried(work, observation) || isLateOutside(work, observation);
}

/** A row of this id was deleted after this was observed. */
function isBuried({ goneAt, world }: Working, observation: MappedObservation): boolean {
  const key = rowKey(observation.binding, observation.externalId);
  const gone = goneAt.get(key) ?? world.goneAt?.get(key);
  return gone !== undefined && observation.position <= gone;
}

function decideRow(
  work: Working,
  link: LinkState,
  observation: MappedObservation,
  attempt: Attempt | undefined,
): void {
  const record = recordOf(work, link.record);
  if (record === undefined) return;
  if (attempt !== undefined) explain(work, link, attempt);
  const seen = isMerged(record)
    ? ownPart(observation, attempt)
    : wholeNews(work, link.id, observation, attempt);
  noteMisnamed(work, link, seen);
  decideFields(work, link.id, seen, attempt);
  const decided = linkOf(work, link.id);
  if (decided === undefined) return;
  putLink(work, {
    ...decided,
    columns: { ...decided.columns, ...observation.columns },
    position: observation.position,
  });
  if (work.created.has(record.id)) finishCreation(work, link, observation);
  if (seen.warnings !== undefined) warn(work, { before: record, link, observation: seen });
  refreshKeys(work, record.id);
  if (record.deletedAt !== null && attempt === undefined) editOfDeleted(work, link, observation);
  if (isMerged(record) && attempt === undefined) tellEditOfMerged(work, link, observation);
  tryWaiting(work, link);
}

/** What of the row's news is taken: nothing that breaks a rule, nor a part of a group alone. */
function wholeNews(
  work: Working,
  link: LinkState["id"],
  observation: MappedObservation,
  attempt: Attempt | undefined,
): MappedObservation {
  const valid = validated(work, link, observation, attempt);
  const few = withoutMany(work, link, valid, attempt);
  return few === valid ? valid : heldAsOne(work, link, few, attempt);
}

/** What waits in other rows of the record may meet its rules by what this one brought. */
function tryWaiting(work: Working, { id, record }: LinkState): void {
  const { entity, deletedAt } = recordOf(work, record) ?? {};
  if (entity === undefined || deletedAt !== null) return;
  const { rules = [], unique = [] } = work.world.map.entities.get(entity) ?? {};
  if (rules.length + unique.length === 0) return;
  const others = new Set(heldOf(work, record).map(({ link }) => link));
  others.delete(id);
  for (const other of others) {
    const link = linkOf(work, other);
    if (link === undefined) continue;
    decideFields(work, other, validated(work, other, rowOf(link, {}), undefined), undefined);
  }
}

/** One line for a new record, with all its first values. Later observations are edits of it. */
function finishCreation(work: Working, link: LinkState, observation: MappedObservation): void {
  work.created.delete(link.record);
  const record = recordOf(work, link.record);
  if (record === undefined) return;
  work.changes.audit.push({
    kind: "created",
    actor: `system:${observation.system}`,
    entity: record.entity,
    record: record.id,
    link: link.id,
    system: observation.system,
    field: null,
    after: Object.fromEntries(Object.entries(record.values).map(([field, { v }]) => [field, v])),
    rule: "first-value",
    cause: {
      position: observation.position,
      transaction: observation.transaction,
      at: observation.at,
    },
  });
}
