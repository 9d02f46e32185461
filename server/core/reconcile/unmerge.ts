import type { LinkId, RecordId } from "../ids.ts";
import { NOBODY } from "../mapping/refer.ts";
import { type FieldRules, systemOf } from "../ownership/field-rules.ts";
import { asPosition } from "../position.ts";
import { addCandidate } from "./candidates.ts";
import { observe } from "./decide-again.ts";
import { decideFields } from "./decide-fields.ts";
import { findDue } from "./find-due.ts";
import { fitQuestions } from "./fit-questions.ts";
import { newLink, placeIn } from "./identify.ts";
import { refreshKeys } from "./keys.ts";
import { tellMoved } from "./merge-lines.ts";
import { endContests, moveLink, showHubs, takeContests } from "./move-link.ts";
import { type PlannedWrite, plannedWrites } from "./planned-writes.ts";
import { referIn } from "./refer.ts";
import { hubOf } from "./sides.ts";
import type { Base, Candidate, HubValue, LinkState, Merged, RecordState, Source } from "./state.ts";
import { toldOf } from "./told.ts";
import {
  type Changes,
  linkOf,
  linksOf,
  putLink,
  putRecord,
  recordOf,
  startWork,
  type Working,
  type World,
} from "./world.ts";

export type UnmergeAct = {
  /** The record that was merged into another one. */
  readonly record: RecordId;
  readonly person: Source;
  readonly command: string;
};

/** A field of which one of the two gets another value by parting them. */
export type PartedField = {
  readonly field: string;
  readonly of: "winner" | "loser";
  readonly before: HubValue | undefined;
  readonly after: HubValue;
};

export type UnmergeOutcome =
  | {
      readonly kind: "unmerged";
      readonly from: RecordId;
      readonly fields: readonly PartedField[];
      /** The links that go back. */
      readonly links: readonly LinkId[];
      readonly writes: readonly PlannedWrite[];
      readonly changes: Changes;
    }
  | { readonly kind: "not-merged" }
  /** The other record was merged into a third one since: those two are parted first. */
  | { readonly kind: "merged-again"; readonly into: RecordId }
  /** A row of the record is being deleted at this moment. */
  | { readonly kind: "busy" };

/**
 * Parts two records that were merged: both are as they were, with their links, and with what has
 * happened since. A value that was set since by a row that goes back goes back with it; any other
 * stays with the record that has it now.
 * @param world holds the record and the one that it was merged into
 * @param underWay links to which a write is on its way
 */
export function unmergeRecord(
  world: World,
  act: UnmergeAct,
  underWay: ReadonlySet<LinkId>,
  newId: () => string,
): UnmergeOutcome {
  const work = startWork(world, newId);
  const loser = recordOf(work, act.record);
  const merged = loser?.merged;
  if (merged != null) fitQuestions(work, merged.into);
  const winner = merged == null ? undefined : recordOf(work, merged.into);
  if (loser === undefined || merged == null || winner === undefined) return { kind: "not-merged" };
  if (winner.merged != null) return { kind: "merged-again", into: winner.merged.into };
  if (merged.deleted.some((id) => underWay.has(id))) return { kind: "busy" };
  const links = merged.moved.filter((id) => isStillTheirs(linkOf(work, id), winner.id));
  const fields = partedFields(work, { winner, loser, merged }, links);
  const heir = withValues(winner, fields, "winner");
  const back = { ...withValues(loser, fields, "loser"), deletedAt: null, merged: null };
  putRecord(work, back);
  tell(work, { winner, loser }, fields, act);
  for (const id of links) {
    goBack(work, id, { from: winner, to: back }, act);
    keepApart(work, id, merged.apart[id] ?? []);
  }
  // When those have left: what they keep apart meets nothing that the other record has.
  if (heir !== winner) putRecord(work, heir);
  for (const id of linksOf(work, winner.id)) standApart(work, id, merged.apart[id] ?? [], winner);
  takeContests(work, new Set(links), winner.id, loser.id);
  endContests(work, new Set(links), winner.id);
  const changed = fields.filter(({ of }) => of === "winner").map(({ field }) => field);
  showHubs(work, winner.id, changed);
  askAgain(work, loser.id, merged);
  decideLeft(work, loser.id, new Set(links));
  makePlaces(work, merged);
  for (const id of [winner.id, loser.id]) {
    refreshKeys(work, id);
    findDue(work, id);
  }
  const writes = plannedWrites(work);
  return { kind: "unmerged", from: winner.id, fields, links, writes, changes: work.changes };
}

/** A row that somebody has given to another record since stays there. */
const isStillTheirs = (link: LinkState | undefined, winner: RecordId): boolean =>
  link?.record === winner && link.state !== "unlinked";

type Pair = { readonly winner: RecordState; readonly loser: RecordState; readonly merged: Merged };

/** Which values each of the two has after it, where they are others than now. */
function partedFields(
  work: Working,
  { winner, loser, merged }: Pair,
  links: readonly LinkId[],
): PartedField[] {
  const goes = systemsOnlyOf(work, winner.id, new Set(links));
  const parted: PartedField[] = [];
  for (const field of Object.keys(winner.values)) {
    const now = decided(work, winner, winner.values, field);
    if (now !== undefined)
      parted.push(...partedField(work, { winner, loser, merged }, field, { now, goes }));
  }
  return parted;
}

function partedField(
  work: Working,
  { winner, loser, merged }: Pair,
  field: string,
  { now, goes }: { readonly now: HubValue; readonly goes: ReadonlySet<string> },
): PartedField[] {
  const then = decided(work, winner, merged.before, field);
  const own = decided(work, loser, loser.values, field);
  const atMerge = merged.taken.includes(field) ? own : then;
  const isSince = atMerge === undefined || now.by !== atMerge.by || now.at !== atMerge.at;
  const system = systemOf(now.by);
  const goesBack = isSince && system !== null && goes.has(system);
  const isBack = goesBack || (!isSince && merged.taken.includes(field));
  return [
    ...(goesBack ? [{ field, of: "loser" as const, before: own, after: now }] : []),
    // Where there was none before, nobody knows what its systems had: the value stays.
    ...(isBack && then !== undefined
      ? [{ field, of: "winner" as const, before: now, after: then }]
      : []),
  ];
}

/** A value with its source; of a field that is decided with others the source that all have. */
function decided(
  work: Working,
  { entity }: RecordState,
  values: RecordState["values"],
  field: string,
): HubValue | undefined {
  const rules = work.world.map.entities.get(entity)?.deciders.get(field);
  const value = values[field];
  if (rules === undefined || rules.parts === null) return value;
  const whole = hubOf(values, rules);
  return whole && { ...whole, v: value?.v ?? null };
}

/** Systems of which all the winner's rows go back: what they said was said about the loser. */
function systemsOnlyOf(
  work: Working,
  winner: RecordId,
  links: ReadonlySet<LinkId>,
): ReadonlySet<string> {
  const stay = new Set<string>();
  const go = new Set<string>();
  for (const id of linksOf(work, winner)) {
    const link = linkOf(work, id);
    if (link === undefined) continue;
    if (links.has(id)) go.add(link.system);
    else if (link.state === "live") stay.add(link.system);
  }
  return new Set([...go].filter((system) => !stay.has(system)));
}

function withValues(
  record: RecordState,
  fields: readonly PartedField[],
  of: PartedField["of"],
): RecordState {
  const own = fields.filter((one) => one.of === of).map(({ field, after }) => [field, after]);
  if (own.length === 0) return record;
  return { ...record, values: { ...record.values, ...Object.fromEntries(own) } };
}

function goBack(
  work: Working,
  id: LinkId,
  records: { readonly from: RecordState; readonly to: RecordState },
  act: UnmergeAct,
): void {
  const link = linkOf(work, id);
  if (link === undefined) return;
  moveLink(work, link, records);
  if (link.state === "live") tellMoved(work, link, records, act);
}

/** What stood beside the record's own value does so again. */
function keepApart(work: Working, id: LinkId, fields: readonly string[]): void {
  for (const field of fields) {
    const link = linkOf(work, id);
    const base = link?.bases[field];
    if (link === undefined || base?.void !== true) continue;
    putLink(work, { ...link, bases: { ...link.bases, [field]: { ...base, apart: true } } });
  }
}

/** What stood beside the winner's own value, and met the other record's, does so again. */
function standApart(work: Working, id: LinkId, fields: readonly string[], was: RecordState): void {
  const link = linkOf(work, id);
  const rules = link === undefined ? undefined : work.world.map.bindings.get(link.binding);
  if (link === undefined || rules === undefined) return;
  const bases: Record<string, Base> = { ...link.bases };
  for (const field of fields) {
    const { s, void: isVoid } = link.bases[field] ?? {};
    const equals = rules.fields.get(field)?.equals;
    const [met, now] = [was.values[field]?.v, recordOf(work, was.id)?.values[field]?.v];
    if (s === undefined || isVoid === true || met === undefined || now === undefined) continue;
    if (equals?.(s, met) === true && !equals(s, now)) bases[field] = { s, void: true, apart: true };
  }
  putLink(work, { ...link, bases });
}

/**
 * What was asked about the record is asked again, as far as its systems still hold what contended:
 * agreement with the other record's value was no answer about this one.
 */
function askAgain(work: Working, loser: RecordId, { asked }: Merged): void {
  for (const { field, reason, candidates } of asked) {
    for (const candidate of candidates) {
      const record = recordOf(work, loser);
      const rules = fieldStillHeld(work, loser, field, candidate);
      if (record === undefined || rules === undefined) continue;
      const agreed = hubOf(record.values, rules)?.v;
      addCandidate(work, record, rules, candidate, { reason, agreed });
    }
  }
}

/** The field's rules, where the candidate's row is the record's and holds the very value still. */
function fieldStillHeld(
  work: Working,
  record: RecordId,
  field: string | null,
  { link: id, value }: Candidate,
): FieldRules | undefined {
  const link = id === null ? undefined : linkOf(work, id);
  if (link?.record !== record || link.state !== "live" || field === null) return undefined;
  const binding = work.world.map.bindings.get(link.binding);
  const rules = binding?.entity.deciders.get(field);
  const refer = binding === undefined ? NOBODY : referIn(work, binding);
  const told = binding?.mapping.forward(link.columns, null, refer).fields;
  const holds = rules && told && toldOf(rules, told, { bases: {} });
  return holds !== undefined && rules?.equals(holds, value) === true ? rules : undefined;
}

/** Rows that stayed with the record told their news to nobody: it is decided now. */
function decideLeft(work: Working, loser: RecordId, links: ReadonlySet<LinkId>): void {
  for (const id of linksOf(work, loser)) {
    const link = linkOf(work, id);
    const rules = link === undefined ? undefined : work.world.map.bindings.get(link.binding);
    if (link?.state !== "live" || links.has(id) || rules === undefined) continue;
    const { externalId, columns, position } = link;
    const place = position ?? asPosition("");
    decideFields(
      work,
      id,
      observe(rules, { externalId: externalId ?? "", columns, place }, referIn(work, rules)),
      undefined,
    );
  }
}

/** Rows that were not made, or were deleted, because the two were one, are made for both again. */
function makePlaces(work: Working, merged: Merged): void {
  for (const id of [...merged.dropped, ...merged.deleted]) {
    const link = linkOf(work, id);
    const rules = link === undefined ? undefined : work.world.map.bindings.get(link.binding);
    if (link === undefined || rules === undefined || isPlace(link)) continue;
    if (!rules.binding.createsRows) continue;
    if (placeIn(work, link.record, link.binding) !== undefined) continue;
    putLink(work, newLink(work, link.record, rules));
  }
}

/** One that was put away comes back by itself. */
const isPlace = ({ state }: LinkState): boolean =>
  state === "live" || state === "pending" || state === "archived";

/** One line in each record's history, and one for each value that is another one by it. */
function tell(
  work: Working,
  { winner, loser }: Pick<Pair, "winner" | "loser">,
  fields: readonly PartedField[],
  { person, command }: UnmergeAct,
): void {
  const common = {
    actor: person as string,
    entity: winner.entity as string,
    link: null,
    system: null,
    rule: "person",
  } as const;
  const causes = { winner: { command, other: loser.id }, loser: { command, other: winner.id } };
  const ids = { winner: winner.id, loser: loser.id };
  work.changes.audit.push(
    { ...common, record: loser.id, field: null, kind: "restored", cause: causes.loser },
    { ...common, record: winner.id, field: null, kind: "unmerged", cause: causes.winner },
  );
  for (const { field, of, before, after } of fields) {
    work.changes.audit.push({
      ...common,
      kind: "unmerged",
      record: ids[of],
      field,
      ...(before === undefined ? {} : { before: before.v }),
      after: after.v,
      ...(before === undefined
        ? {}
        : { losers: [{ from: before.by, value: before.v, at: before.at }] }),
      cause: causes[of],
    });
  }
}
