import type { LinkId, QuarantineId, RecordId } from "../ids.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import { nextIncarnation } from "./incarnation.ts";
import { heirOf } from "./keys.ts";
import { missingInKeys } from "./refer.ts";
import type { Attempt, LinkState, MappedObservation, RecordState } from "./state.ts";
import {
  beginWaiting,
  holdersOf,
  linkOf,
  linksOf,
  matchKey,
  putLink,
  putRecord,
  type QuarantineItem,
  recordOf,
  rowKey,
  type Working,
} from "./world.ts";

/**
 * Finds out which record an unknown row is: the one that we made it for, the one that alone has
 * its match key, or a new one. Nothing is created before it was matched; an ambiguous row waits
 * for a person, and no third record is made meanwhile. One whose match key has a reference to a row
 * that is no record yet waits for that row.
 * @returns the row's live link, or undefined when the row waits or is not for us
 */
export function identify(
  work: Working,
  observation: MappedObservation,
  attempt: Attempt | undefined,
): LinkState | undefined {
  const rules = work.world.map.bindings.get(observation.binding);
  if (rules === undefined) return undefined;
  const place = attempt === undefined ? undefined : linkOf(work, attempt.link);
  if (place !== undefined && place.state === "pending") return join(work, place, observation);

  const match = findMatch(work, rules, observation);
  if (match.kind === "ambiguous") {
    const { message } = match;
    setAside(work, observation, { field: null, code: "ambiguous-match", message, value: null });
    return undefined;
  }
  if (match.kind === "one") return linkTo(work, match.record, rules, observation);
  const missing = missingInKeys(rules.entity.matchKeys, observation);
  if (missing !== undefined) {
    setAside(work, observation, { ...missing, field: null });
    return undefined;
  }
  if (rules.binding.createsRecords) return createRecord(work, rules, observation);
  waitForRecord(work, observation);
  return undefined;
}

/** The row is nobody's, and its binding makes no records: it waits for one that has its key. */
export function waitForRecord(work: Working, observation: MappedObservation): void {
  const { binding, externalId } = observation;
  beginWaiting(work, binding, externalId);
  work.changes.unmatched.set(rowKey(binding, externalId), observation);
}

type Match =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly record: RecordId }
  | { readonly kind: "ambiguous"; readonly message: string };

function findMatch(work: Working, rules: BindingRules, observation: MappedObservation): Match {
  const entity = rules.binding.entity;
  for (const key of rules.entity.matchKeys) {
    const value = key.valueOf((field) => observation.fields[field]);
    if (value === null) continue;
    const found = holdersOf(work, matchKey(entity, key.name, value));
    const holders = [...new Set(found.map((id) => heirOf(work, id)))].filter(
      (id) => recordOf(work, id)?.deletedAt === null && !wasParted(work, id, observation),
    );
    const [only, ...more] = holders;
    if (only === undefined) continue;
    const place = `${rules.binding.object} ${observation.externalId}`;
    if (more.length > 0) {
      const message = `${place} matches ${holders.length} records by ${key.name}. Link it by hand.`;
      return { kind: "ambiguous", message };
    }
    const other = rowIn(work, only, rules);
    if (other !== undefined && other !== observation.externalId) {
      const message =
        `${place} matches by ${key.name} a record that ${rules.binding.object} ` +
        `${other} is linked to. Are they one? Link it by hand or change one of them.`;
      return { kind: "ambiguous", message };
    }
    return { kind: "one", record: only };
  }
  return { kind: "none" };
}

/** The row that the record has there already, or is getting. */
function rowIn(work: Working, record: RecordId, rules: BindingRules): string | undefined {
  const taken = placeIn(work, record, rules.binding.id) ?? putAwayIn(work, record, rules);
  return taken?.state === "pending" ? made(work, taken) : (taken?.externalId ?? undefined);
}

/** The row that our own call has made for a pending place: its event is on its way. */
function made(work: Working, place: LinkState | undefined): string | undefined {
  return place === undefined ? undefined : (work.world.making?.get(place.id) ?? undefined);
}

/** The record's present place in a binding: live or pending. */
export function placeIn(work: Working, record: RecordId, binding: string): LinkState | undefined {
  return linksOf(work, record)
    .map((id) => linkOf(work, id))
    .find(
      (link) => link?.binding === binding && (link.state === "live" || link.state === "pending"),
    );
}

/** The record's row there that we put away and are about to bring back. */
function putAwayIn(
  work: Working,
  record: RecordId,
  { binding, archive }: BindingRules,
): LinkState | undefined {
  if (archive === null) return undefined;
  return linksOf(work, record)
    .map((id) => linkOf(work, id))
    .find((link) => link?.binding === binding.id && link.state === "archived");
}

/** A pair that a person has parted never joins again by rule. */
function wasParted(work: Working, record: RecordId, observation: MappedObservation): boolean {
  return linksOf(work, record).some((id) => {
    const link = linkOf(work, id);
    return (
      link?.state === "unlinked" &&
      link.binding === observation.binding &&
      link.externalId === observation.externalId
    );
  });
}

function linkTo(
  work: Working,
  record: RecordId,
  rules: BindingRules,
  observation: MappedObservation,
): LinkState | undefined {
  const place = placeIn(work, record, rules.binding.id) ?? newLink(work, record, rules);
  const link = join(work, place, observation);
  // The row that a call of unknown outcome seemed to have made: nothing more will be told of it.
  if (made(work, place) !== undefined) {
    work.changes.foundLinks.add(place.id);
    work.changes.explainedLinks.add(place.id);
  }
  const state = recordOf(work, record);
  if (state !== undefined) {
    work.changes.audit.push({
      kind: "linked",
      actor: "engine",
      entity: state.entity,
      record,
      link: link.id,
      system: link.system,
      field: null,
      rule: "matched",
      cause: causeOf(observation),
    });
  }
  return link;
}

/** Makes a link live: this row is the record. */
function join(work: Working, link: LinkState, observation: MappedObservation): LinkState {
  const { binding, externalId } = observation;
  const incarnation = nextIncarnation(work, binding, externalId);
  const live: LinkState = { ...link, state: "live", externalId, incarnation, letBe: null };
  putLink(work, live);
  return live;
}

function createRecord(
  work: Working,
  rules: BindingRules,
  observation: MappedObservation,
): LinkState {
  const id = work.newId() as RecordId;
  const record: RecordState = {
    id,
    entity: rules.entity.entity.id as never,
    values: {},
    deletedAt: null,
  };
  putRecord(work, record);
  work.created.add(id);
  const link = join(work, newLink(work, id, rules), observation);
  addPlaces(work, record, rules.binding.id);
  return link;
}

/** A record has a pending place in every binding that makes rows of its entity. */
export function addPlaces(work: Working, record: RecordState, except: string | null): void {
  for (const sibling of work.world.map.bindingsOf.get(record.entity) ?? []) {
    if (sibling.binding.id === except || !sibling.binding.createsRows) continue;
    if (placeIn(work, record.id, sibling.binding.id) !== undefined) continue;
    putLink(work, newLink(work, record.id, sibling));
  }
}

/** A pending place of a record in a binding. */
export function newLink(work: Working, record: RecordId, rules: BindingRules): LinkState {
  return {
    id: work.newId() as LinkId,
    record,
    binding: rules.binding.id as LinkState["binding"],
    system: rules.binding.system as LinkState["system"],
    externalId: null,
    incarnation: 0,
    state: "pending",
    columns: {},
    bases: {},
    position: null,
  };
}

/** The whole row waits in quarantine. */
export function setAside(
  work: Working,
  observation: MappedObservation,
  problem: QuarantineItem["problem"],
): void {
  const rules = work.world.map.bindings.get(observation.binding);
  if (rules === undefined) return;
  beginWaiting(work, observation.binding, observation.externalId);
  work.changes.quarantined.push({
    id: work.newId() as QuarantineId,
    kind: "row",
    entity: rules.binding.entity,
    record: null,
    link: null,
    observation,
    problem,
  });
}

const causeOf = (observation: MappedObservation) => ({
  position: observation.position,
  transaction: observation.transaction,
  at: observation.at,
});
