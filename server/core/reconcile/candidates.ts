import type { RecordId } from "../ids.ts";
import {
  admits,
  type Claim,
  type FieldRules,
  rulesFor,
  systemOf,
} from "../ownership/field-rules.ts";
import { type FieldValue, isTuple, partsOf } from "../values/field-value.ts";
import { heldLines, settledLines } from "./question-lines.ts";
import { hubOf, whole as inWhole, withBase, withHub as withHubOf } from "./sides.ts";
import type {
  Candidate,
  Conflict,
  ConflictReason,
  HubValue,
  RecordState,
  Source,
} from "./state.ts";
import { toldOf } from "./told.ts";
import {
  conflictsOf,
  linkOf,
  putConflict,
  putLink,
  putRecord,
  recordOf,
  type Working,
} from "./world.ts";

/** The open question about a field, or about a group as a whole, if there is one. */
export function openQuestion(
  work: Working,
  record: RecordState,
  rules: FieldRules,
): Conflict | undefined {
  const open = conflictsOf(work, record.id);
  // By far the most records.
  return open.length === 0 ? undefined : open.find((one) => isAbout(one, rules));
}

/** One that was opened before the map joined its field with others is not about the group. */
function isAbout({ kind, field, candidates }: Conflict, rules: FieldRules): boolean {
  if (kind !== "field" || field !== rules.field) return false;
  return candidates.some(({ value }) => isTuple(value)) === (rules.parts !== null);
}

/**
 * Does a person see this very value already? It stays so when it is told again, also where another
 * version of the map would refuse it today.
 */
export function isAskedAbout(
  { candidates }: Conflict,
  rules: FieldRules,
  { link, value }: Pick<Candidate, "link" | "value">,
): boolean {
  return candidates.some(
    (one) => one.link === link && one.writtenOver !== true && rules.equals(one.value, value),
  );
}

/**
 * Adds or replaces one system's candidate, opening the question where there is none. The hub's own
 * value is a contender too, unless its source has a newer candidate.
 */
export function addCandidate(
  work: Working,
  record: RecordState,
  of: FieldRules,
  told: Candidate,
  question: { readonly reason: ConflictReason; readonly agreed: FieldValue | undefined },
): void {
  const rules = of.whole ?? of;
  const { reason } = question;
  const open = openQuestion(work, record, rules);
  const hub = hubOf(record.values, rules);
  const candidate = { ...told, value: inWhole(toldBy(work, told, rules), rules, hub) };
  const others = (open?.candidates ?? []).filter(
    ({ from, link }) => link !== null && from !== candidate.from,
  );
  const same = open?.candidates.find(({ from, link }) => link !== null && from === candidate.from);
  const isKnown = same !== undefined && rules.equals(same.value, candidate.value);
  if (isKnown && same.writtenOver !== true) return;
  const next: Conflict = {
    ...(open ?? newQuestion(work, record, rules, question)),
    candidates: withHub([...others, candidate], hub),
    revision: (open?.revision ?? 0) + 1,
  };
  putConflict(work, next);
  work.changes.audit.push(...heldLines(record, rules, candidate, { hub, reason, of: next }));
  if (next.candidates.length > 1) closeIfAgreed(work, next, rules);
}

/**
 * A system has what was last accounted for: it contends no longer. One that contends with this very
 * value, because the answer about it was taken back, is told again and did not return to it. Nor
 * did one whose edit our own write went over: it shows what we wrote.
 */
export function withdrawReturned(
  work: Working,
  record: RecordState,
  rules: FieldRules,
  { from, value }: Pick<Candidate, "from" | "value">,
): void {
  const stands = openQuestion(work, record, rules)?.candidates.some(
    (one) =>
      one.link !== null &&
      one.from === from &&
      (one.writtenOver === true || rules.equals(one.value, value)),
  );
  if (stands !== true) withdrawCandidate(work, record, rules, from);
}

/** A system went back to what it had, or came to hold the hub's value: it no longer contends. */
export function withdrawCandidate(
  work: Working,
  record: RecordState,
  rules: FieldRules,
  from: Candidate["from"],
): void {
  withdrawCandidates(work, record, rules, (one) => one.from === from);
}

/**
 * Several contend no longer, all at once: what is left is looked at when all are gone.
 * @param isTaken they are taken away by a person, and have not given in: who is left alone by that
 *   is asked still
 */
export function withdrawCandidates(
  work: Working,
  record: RecordState,
  rules: FieldRules,
  isOver: (candidate: Candidate) => boolean,
  isTaken = false,
): void {
  const open = openQuestion(work, record, rules);
  if (open === undefined) return;
  const left = open.candidates.filter((c) => c.link !== null && !isOver(c));
  if (left.length === open.candidates.filter((c) => c.link !== null).length) return;
  const next: Conflict = {
    ...open,
    candidates: withHub(left, hubOf(record.values, rules.whole ?? rules)),
    revision: open.revision + 1,
  };
  putConflict(work, next);
  // One system alone, without the hub's value beside it.
  const isAlone = left.length === 1 && next.candidates.length === 1;
  if (!(isTaken && isAlone)) closeIfAgreed(work, next, rules);
}

/** The hub has got a value while its field was asked: the question shows it, or is over by it. */
export function showHub(work: Working, id: RecordId, rules: FieldRules): void {
  const record = recordOf(work, id);
  const open = record === undefined ? undefined : openQuestion(work, record, rules);
  if (record === undefined || open === undefined) return;
  const hub = hubOf(record.values, rules.whole ?? rules);
  const others = open.candidates
    .filter(({ link }) => link !== null)
    .map((one) => ({ ...one, value: inWhole(toldBy(work, one, rules), rules, hub) }));
  const candidates = withHub(others, hub);
  const next: Conflict = { ...open, candidates, revision: open.revision + 1 };
  putConflict(work, next);
  closeIfAgreed(work, next, rules);
}

/**
 * When all contenders left are equal the hub takes that value and the question closes by itself.
 */
export function closeIfAgreed(work: Working, conflict: Conflict, of: FieldRules): void {
  const rules = of.whole ?? of;
  const { candidates, record } = conflict;
  const [first, ...rest] = candidates;
  if (rest.some(({ value }) => first === undefined || !rules.equals(value, first.value))) return;
  const values = recordOf(work, record)?.values ?? {};
  const hub = hubOf(values, rules);
  const present = rulesFor(rules, values);
  // However many agree: a value that the field's rule admits from none of them is not the hub's.
  const taken = candidates.find(
    ({ from, link, value }) => link === null || mayDecide(present, from, { hub, value }),
  );
  if (first !== undefined && taken === undefined) return;
  const winner =
    taken === undefined
      ? undefined
      : { v: taken.value, by: taken.from, at: taken.at ?? work.world.now };
  settle(work, conflict, rules, { winner, actor: "engine", state: "withdrawn" });
}

function mayDecide(rules: FieldRules, from: Source, edit: Omit<Claim, "system">): boolean {
  const system = systemOf(from);
  return system === null || admits(rules, { system, ...edit });
}

export type Settlement = {
  /** The hub's value from now on; undefined: the hub's value stands. */
  readonly winner: HubValue | undefined;
  readonly actor: string;
  readonly state: "resolved" | "withdrawn";
  readonly command?: string;
};

/**
 * Ends a question with a value: the hub takes it, every candidate's value becomes its link's s,
 * and where it differs from the winner the winner is due.
 */
export function settle(
  work: Working,
  conflict: Conflict,
  rules: FieldRules,
  end: Settlement,
): void {
  const record = recordOf(work, conflict.record);
  if (record === undefined) return;
  const hub = hubOf(record.values, rules);
  const winner = end.winner ?? hub;
  if (winner !== undefined && winner !== hub) {
    putRecord(work, { ...record, values: withHubOf(record.values, rules, winner) });
  }
  for (const candidate of conflict.candidates) account(work, candidate, rules, winner);
  putConflict(work, { ...conflict, state: end.state });
  work.changes.audit.push(...settledLines(record, conflict, rules, { ...end, winner }));
}

/**
 * The person saw this value: it is the system's from now on, and another winner is due to it. One
 * that we have written over is its system's no more, and is due there where it wins.
 */
function account(
  work: Working,
  candidate: Candidate,
  rules: FieldRules,
  winner: HubValue | undefined,
): void {
  const link = candidate.link === null ? undefined : linkOf(work, candidate.link);
  if (link === undefined || candidate.writtenOver === true) return;
  const value = toldBy(work, candidate, rules);
  const agrees = winner !== undefined && rules.equals(value, winner.v);
  const base = agrees ? { s: value } : { s: value, void: true as const };
  putLink(work, { ...link, bases: withBase(link.bases, rules, base, winner) });
}

/** What of a candidate its own system has said: of a group the parts that its binding reads. */
export function toldBy(
  work: Working,
  { link: id, value }: Candidate,
  rules: FieldRules,
): FieldValue {
  const link = rules.parts === null || id === null ? undefined : linkOf(work, id);
  const binding = link === undefined ? undefined : work.world.map.bindings.get(link.binding);
  const read = binding?.inDeciders.find(({ field, parts }) => field === rules.field && parts);
  return read === undefined
    ? value
    : (toldOf(read, partsOf(value, rules.field), NO_BASES) ?? value);
}

const NO_BASES = { bases: {} };

function newQuestion(
  work: Working,
  record: RecordState,
  { field }: FieldRules,
  question: { readonly reason: ConflictReason; readonly agreed: FieldValue | undefined },
): Conflict {
  return {
    id: work.newId() as Conflict["id"],
    kind: "field",
    entity: record.entity,
    record: record.id,
    field,
    reason: question.reason,
    ...(question.agreed === undefined ? {} : { base: question.agreed }),
    candidates: [],
    revision: 0,
    state: "open",
    openedAt: work.world.now,
  };
}

export function withHub(candidates: Candidate[], hub: HubValue | undefined): Candidate[] {
  if (hub === undefined || candidates.some(({ from }) => from === hub.by)) return candidates;
  return [{ from: hub.by, link: null, value: hub.v, at: hub.at }, ...candidates];
}
