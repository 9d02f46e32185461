import type { AuditEntry, Rule } from "../audit/audit-entry.ts";
import type { RecordId } from "../ids.ts";
import {
  admits,
  type Claim,
  type FieldRules,
  rulesFor,
  systemOf,
} from "../ownership/field-rules.ts";
import type { FieldValue } from "../values/field-value.ts";
import type {
  Candidate,
  Conflict,
  ConflictReason,
  HubValue,
  RecordState,
  Source,
} from "./state.ts";
import {
  conflictsOf,
  linkOf,
  putConflict,
  putLink,
  putRecord,
  recordOf,
  type Working,
} from "./world.ts";

/** What the audit log names as the rule; everything else is review. */
const RULE_OF: Partial<Record<ConflictReason, Rule>> = { tie: "tie", war: "war" };

/** The open question about a field, if there is one. */
export function openQuestion(
  work: Working,
  record: RecordState,
  field: string,
): Conflict | undefined {
  return conflictsOf(work, record.id).find((c) => c.kind === "field" && c.field === field);
}

/**
 * Adds or replaces one system's candidate, opening the question where there is none. The hub's own
 * value is a contender too, unless its source has a newer candidate.
 */
export function addCandidate(
  work: Working,
  record: RecordState,
  rules: FieldRules,
  candidate: Candidate,
  question: { readonly reason: ConflictReason; readonly agreed: FieldValue | undefined },
): void {
  const { reason } = question;
  const open = openQuestion(work, record, rules.field);
  const hub = record.values[rules.field];
  const others = (open?.candidates ?? []).filter(
    ({ from, link }) => link !== null && from !== candidate.from,
  );
  const same = open?.candidates.find(({ from, link }) => link !== null && from === candidate.from);
  if (same !== undefined && rules.equals(same.value, candidate.value)) return;
  const next: Conflict = {
    ...(open ?? newQuestion(work, record, rules.field, question)),
    candidates: withHub([...others, candidate], hub),
    revision: (open?.revision ?? 0) + 1,
  };
  putConflict(work, next);
  work.changes.audit.push({
    kind: "held",
    actor: candidate.from,
    entity: record.entity,
    record: record.id,
    link: candidate.link,
    system: candidate.from.replace(/^system:/, ""),
    field: rules.field,
    ...(hub === undefined ? {} : { before: hub.v, after: hub.v }),
    losers: [{ from: candidate.from, value: candidate.value, at: candidate.at }],
    rule: RULE_OF[reason] ?? "review",
    cause: { conflict: next.id, position: candidate.position ?? null, at: candidate.at },
  });
  if (next.candidates.length > 1) closeIfAgreed(work, next, rules);
}

/**
 * A system has what was last accounted for: it contends no longer. One that contends with this very
 * value, because the answer about it was taken back, is told again and did not return to it.
 */
export function withdrawReturned(
  work: Working,
  record: RecordState,
  rules: FieldRules,
  { from, value }: Pick<Candidate, "from" | "value">,
): void {
  const stands = openQuestion(work, record, rules.field)?.candidates.some(
    (one) => one.link !== null && one.from === from && rules.equals(one.value, value),
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

/** Several contend no longer, all at once: what is left is looked at when all are gone. */
export function withdrawCandidates(
  work: Working,
  record: RecordState,
  rules: FieldRules,
  isOver: (candidate: Candidate) => boolean,
): void {
  const open = openQuestion(work, record, rules.field);
  if (open === undefined) return;
  const left = open.candidates.filter((c) => c.link !== null && !isOver(c));
  if (left.length === open.candidates.filter((c) => c.link !== null).length) return;
  const next: Conflict = {
    ...open,
    candidates: withHub(left, record.values[rules.field]),
    revision: open.revision + 1,
  };
  putConflict(work, next);
  closeIfAgreed(work, next, rules);
}

/** The hub has got a value while its field was asked: the question shows it, or is over by it. */
export function showHub(work: Working, id: RecordId, rules: FieldRules): void {
  const record = recordOf(work, id);
  const open = record === undefined ? undefined : openQuestion(work, record, rules.field);
  if (record === undefined || open === undefined) return;
  const others = open.candidates.filter(({ link }) => link !== null);
  const candidates = withHub(others, record.values[rules.field]);
  const next: Conflict = { ...open, candidates, revision: open.revision + 1 };
  putConflict(work, next);
  closeIfAgreed(work, next, rules);
}

/**
 * When all contenders left are equal the hub takes that value and the question closes by itself.
 */
function closeIfAgreed(work: Working, conflict: Conflict, rules: FieldRules): void {
  const { candidates, record } = conflict;
  const [first, ...rest] = candidates;
  if (rest.some(({ value }) => first === undefined || !rules.equals(value, first.value))) return;
  const values = recordOf(work, record)?.values ?? {};
  const hub = values[rules.field];
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
  const hub = record.values[rules.field];
  const winner = end.winner ?? hub;
  if (winner !== undefined && winner !== hub) {
    putRecord(work, { ...record, values: { ...record.values, [rules.field]: winner } });
  }
  for (const candidate of conflict.candidates) account(work, candidate, rules, winner);
  putConflict(work, { ...conflict, state: end.state });
  work.changes.audit.push(settledLine(record, conflict, rules, { ...end, winner }));
}

/** The person saw this value: it is the system's from now on, and another winner is due to it. */
function account(
  work: Working,
  { link: id, value }: Candidate,
  rules: FieldRules,
  winner: HubValue | undefined,
): void {
  const link = id === null ? undefined : linkOf(work, id);
  if (link === undefined) return;
  const agrees = winner !== undefined && rules.equals(value, winner.v);
  const base = agrees ? { s: value } : { s: value, void: true as const };
  putLink(work, { ...link, bases: { ...link.bases, [rules.field]: base } });
}

function settledLine(
  record: RecordState,
  conflict: Conflict,
  rules: FieldRules,
  { winner, actor, command }: Settlement,
): AuditEntry {
  const hub = record.values[rules.field];
  const beaten = conflict.candidates.filter(
    ({ value }) => winner === undefined || !rules.equals(value, winner.v),
  );
  return {
    kind: "resolved",
    actor,
    entity: record.entity,
    record: record.id,
    link: null,
    system: null,
    field: rules.field,
    ...(hub === undefined ? {} : { before: hub.v }),
    ...(winner === undefined ? {} : { after: winner.v }),
    losers: beaten.map(({ from, value, at }) => ({ from, value, at })),
    rule: actor === "engine" ? "equal" : "person",
    cause: { conflict: conflict.id, ...(command === undefined ? {} : { command }) },
  };
}

function newQuestion(
  work: Working,
  record: RecordState,
  field: string,
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

function withHub(candidates: Candidate[], hub: HubValue | undefined): Candidate[] {
  if (hub === undefined || candidates.some(({ from }) => from === hub.by)) return candidates;
  return [{ from: hub.by, link: null, value: hub.v, at: hub.at }, ...candidates];
}
