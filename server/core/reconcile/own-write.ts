import type { LinkId } from "../ids.ts";
import type { Attempt, LinkState, MappedObservation } from "./state.ts";
import { attemptKey, linkOf, liveLink, rowKey, type Working } from "./world.ts";

/**
 * Our own attempt whose event this observation is: the same transaction of the target, the same
 * row. One attempt explains one observation. Whose the row is by now is another question.
 */
export function attemptOf(work: Working, observation: MappedObservation): Attempt | undefined {
  if (observation.transaction === null) return undefined;
  const { transaction, binding, externalId, previousExternalId = externalId } = observation;
  const { attempts } = work.world;
  const attempt =
    // Our write changed the row's key: the intent names the one before. Another of the same
    // transaction may have given up the one that it has now.
    attempts.get(attemptKey(transaction, binding, previousExternalId)) ??
    attempts.get(attemptKey(transaction, binding, externalId));
  return attempt === undefined || work.changes.explained.has(attempt.id) ? undefined : attempt;
}

/**
 * Was it written for this link, or for the row's place before? A row that was made again alike
 * between our call and its event took what was written for the one before it.
 */
export function isOf(work: Working, attempt: Attempt, link: LinkState): boolean {
  return attempt.link === link.id || linkOf(work, attempt.link)?.record === link.record;
}

/** The attempt's event was told: it explains nothing more, and its delivery waits no longer. */
export function explain(work: Working, link: LinkState, attempt: Attempt): void {
  work.changes.explained.add(attempt.id);
  work.changes.explainedLinks.add(link.id).add(attempt.link);
  work.touched.add(link.record);
  // An earlier one of the same link whose event has not come by now will never have one.
  const unknown = work.world.unknown?.get(link.id) ?? [];
  const at = unknown.findIndex(({ id }) => id === attempt.id);
  for (const { id } of at < 0 ? unknown : unknown.slice(0, at)) work.ended.add(id);
}

/** Intents to a link of which nobody knows the outcome, and of which nothing has been seen yet. */
export function unknownOf(work: Working, link: LinkId): readonly Attempt[] {
  const unknown = work.world.unknown?.get(link);
  if (unknown === undefined) return NONE;
  return unknown.filter(({ id }) => !work.changes.explained.has(id) && !work.ended.has(id));
}

const NONE: readonly Attempt[] = [];

/**
 * The system has moved to something else than the intent carried: whatever became of the intent,
 * it explains nothing that comes later.
 */
export function endDoubt(work: Working, link: LinkState, attempt: Attempt): void {
  work.ended.add(attempt.id);
  work.changes.ended.add(attempt.id);
  work.touched.add(link.record);
}

/**
 * A call of unknown outcome seemed to have made this row, and by now it is another place's, or it
 * waits for a record that has its key: of the call there is no row that anybody knows, so that its
 * own place is looked at again.
 */
export function endGuess(work: Working, { binding, externalId }: MappedObservation): void {
  const key = rowKey(binding, externalId);
  const attempt = work.world.guessed?.get(key);
  if (attempt === undefined || work.ended.has(attempt.id)) return;
  const owner = liveLink(work, binding, externalId);
  const place = linkOf(work, attempt.link);
  const isOthers = owner === undefined ? work.changes.unmatched.has(key) : owner.id !== place?.id;
  if (place === undefined || !isOthers) return;
  endDoubt(work, place, attempt);
  work.changes.explainedLinks.add(place.id);
}

/**
 * The event was told of a row that is not the attempt's link's: its link waits no longer either.
 */
export function explainApart(work: Working, attempt: Attempt): void {
  const link = linkOf(work, attempt.link);
  if (link === undefined) work.changes.explained.add(attempt.id);
  else explain(work, link, attempt);
}
