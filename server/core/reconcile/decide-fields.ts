import type { LinkId } from "../ids.ts";
import type { Refer } from "../mapping/refer.ts";
import { type FieldRules, rulesFor } from "../ownership/field-rules.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import { type FieldValue, partsOf } from "../values/field-value.ts";
import { backHub, noteChance } from "./by-chance.ts";
import {
  addCandidate,
  isAskedAbout,
  openQuestion,
  showHub,
  withdrawReturned,
} from "./candidates.ts";
import { decideField, type FieldDecision, type FieldQuestion } from "./decide-field.ts";
import { heldFields } from "./due.ts";
import { fitQuestions } from "./fit-questions.ts";
import { holdProblems } from "./hold-problems.ts";
import { lineOf, rowCreatedLine } from "./lines.ts";
import { endDoubt, explain, unknownOf } from "./own-write.ts";
import { referIn } from "./refer.ts";
import { baseOf, hubOf, withBase, withHub, withoutStood, withStood } from "./sides.ts";
import type {
  Attempt,
  Base,
  Candidate,
  HubValue,
  LinkState,
  MappedObservation,
  RecordState,
} from "./state.ts";
import { newPartBases, sentOf, sentPart, toldOf, withSent } from "./told.ts";
import { comesBackTooOften, setBackTooOften } from "./war.ts";
import {
  conflictsOf,
  heldOf,
  linkOf,
  putLink,
  putRecord,
  recordOf,
  type Working,
} from "./world.ts";
import { accountRest, endCandidate } from "./written-over.ts";

/** Decides every field that the observation told, in the map's order, and keeps what follows. */
export function decideFields(
  work: Working,
  linkId: LinkId,
  mapped: MappedObservation,
  attempt: Attempt | undefined,
): void {
  const observation = attempt === undefined ? mapped : withSent(mapped, attempt);
  const rules = work.world.map.bindings.get(observation.binding);
  if (rules === undefined) return;
  const link = linkOf(work, linkId);
  if (link !== undefined) fitQuestions(work, link.record);
  holdProblems(work, linkId, observation);
  const refer = referIn(work, rules);
  const told = { observation, by: rules.source, binding: rules, refer };
  const row: Row = { ...told, ...writesBehind(work, linkId, observation, attempt) };
  for (const decider of rules.inDeciders) {
    if (decider.parts !== null) {
      decideGroup(work, linkId, decider, row);
      continue;
    }
    const value = observation.fields[decider.field];
    if (value !== undefined) decideOne(work, linkId, decider, value, row);
  }
  decideWriteOnly(work, linkId, { ...row, attempt });
  if (attempt?.operation === "create") rowCreatedLine(work, linkId, observation, attempt);
}

/**
 * Our own writes that a row may show. One that was read back some time after our write may show
 * somebody's edit as well: for its values the write is one of unknown outcome.
 */
function writesBehind(
  work: Working,
  link: LinkId,
  { readBack }: MappedObservation,
  attempt: Attempt | undefined,
): Pick<Row, "attempt" | "unknown"> {
  const unknown = unknownOf(work, link);
  if (readBack !== true || attempt === undefined) return { attempt, unknown };
  return { attempt: undefined, unknown: [...unknown, attempt] };
}

type Row = {
  readonly observation: MappedObservation;
  readonly attempt: Attempt | undefined;
  /** Intents to the link of which nobody knows the outcome. */
  readonly unknown: readonly Attempt[];
  readonly by: HubValue["by"];
  readonly binding: BindingRules;
  readonly refer: Refer;
};

/**
 * Fields that are decided together. What of them our own write carried comes first, by itself;
 * what the same event tells of the others is somebody's edit of the whole.
 */
function decideGroup(work: Working, linkId: LinkId, group: FieldRules, row: Row): void {
  const link = linkOf(work, linkId);
  const record = link === undefined ? undefined : recordOf(work, link.record);
  const told = link && toldOf(group, row.observation.fields, link);
  if (link === undefined || record === undefined || told === undefined) return;
  const found = newPartBases(group, partsOf(told, group.field), link, record);
  if (Object.keys(found).length > 0) putLink(work, { ...link, bases: { ...link.bases, ...found } });
  const own = row.attempt === undefined ? undefined : sentOf(group, row.attempt.sent);
  if (row.attempt === undefined || own === undefined) {
    decideOne(work, linkId, group, told, row);
    return;
  }
  const sent = sentPart(group, row.attempt.sent);
  const carried = toldOf(sent, partsOf(told, group.field), link);
  if (carried !== undefined) decideOne(work, linkId, sent, carried, row);
  if (sent === group || accountRest(work, linkId, group, { told, sent: row.attempt.sent })) return;
  decideOne(work, linkId, group, told, { ...row, attempt: undefined });
}

function decideOne(
  work: Working,
  linkId: LinkId,
  whole: FieldRules,
  value: FieldValue,
  row: Row,
): void {
  const link = linkOf(work, linkId);
  const record = link === undefined ? undefined : recordOf(work, link.record);
  if (link === undefined || record === undefined) return;
  const base = baseOf(link.bases, whole, value);
  // The common case by far: a field of a changed row that did not change itself.
  const sent = row.attempt === undefined ? undefined : sentOf(whole, row.attempt.sent);
  if (base !== undefined && sent === undefined && whole.equals(value, base.s)) {
    if (base.w !== undefined) putLink(work, { ...link, bases: withoutStood(link.bases, whole) });
    withdrawReturned(work, record, whole, { from: row.by, value });
    return;
  }
  const rules = rulesFor(whole, record.values);
  const doubt = sent === undefined ? doubtOf(row, rules, value) : NO_DOUBT;
  const asked = { value, base, sent, row, doubt, link: linkId };
  const question = questionOf(work, record, rules, asked);
  const { contends, own } = question;
  const decision = decideField(question);
  const decided = { rules, value, decision, contends, isEvent: own?.isEvent === true };
  const { shown } = doubt;
  apply(work, record, link, { ...decided, row: shown === null ? row : { ...row, attempt: shown } });
  if (sent !== undefined) noteStood(work, link, rules, row.observation);
  endDoubts(work, link, doubt);
}

/** Until the system shows it, its answer alone says that what we sent is stored. */
function noteStood(
  work: Working,
  before: LinkState,
  rules: FieldRules,
  { answered }: MappedObservation,
): void {
  const link = linkOf(work, before.id);
  if (answered !== true || link === undefined) return;
  putLink(work, { ...link, bases: withStood(link.bases, rules, before.bases, work.world.now) });
}

function endDoubts(work: Working, link: LinkState, { attempts, shown }: Doubt): void {
  if (shown !== null) explain(work, link, shown);
  for (const attempt of attempts) if (attempt !== shown) endDoubt(work, link, attempt);
}

type Doubt = {
  /** Intents of unknown outcome that carried the field. */
  readonly attempts: readonly Attempt[];
  /** The last of them that carried the very value. */
  readonly shown: Attempt | null;
};

const NO_DOUBT: Doubt = { attempts: [], shown: null };

function doubtOf({ unknown }: Row, rules: FieldRules, value: FieldValue): Doubt {
  if (unknown.length === 0) return NO_DOUBT;
  const attempts = unknown.filter(({ sent }) => sentOf(rules, sent) !== undefined);
  const shown = attempts.findLast(({ sent }) => rules.equals(sentOf(rules, sent) ?? null, value));
  return { attempts, shown: shown ?? null };
}

type Asked = {
  readonly value: FieldValue;
  readonly base: Base | undefined;
  readonly sent: FieldValue | undefined;
  readonly row: Row;
  readonly doubt: Doubt;
  readonly link: LinkId;
};

function questionOf(work: Working, record: RecordState, rules: FieldRules, asked: Asked) {
  const { clocks, now, forgotten } = work.world;
  const { observation, by } = asked.row;
  const clockOf = (source: HubValue["by"]) =>
    source.startsWith("person:") ? HUB_CLOCK : clocks.get(source.slice("system:".length));
  const isOf = ({ link }: Candidate) => link === asked.link;
  const { entity } = asked.row.binding;
  const held = heldFields(entity, conflictsOf(work, record.id), heldOf(work, record.id));
  const open = openQuestion(work, record, rules);
  return {
    rules,
    edit: { v: asked.value, by, at: observation.at ?? now },
    system: observation.system,
    timeless: observation.at === null,
    hub: hubOf(record.values, rules),
    base: asked.base,
    own: ownOf(asked, rules),
    unknownOutcome: asked.doubt.attempts.length > 0,
    enumerated: observation.enumerated === true,
    forgotten: forgotten?.has(observation.system) ?? false,
    held: held.has(rules.field),
    asked: open !== undefined,
    contends: open?.candidates.some(isOf) ?? false,
    isKnown: open !== undefined && isAskedAbout(open, rules, asked),
    record: record.values,
    errorMs: (source: HubValue["by"]) => clockOf(source)?.errorMs ?? null,
    offsetMs: (source: HubValue["by"]) => clockOf(source)?.offsetMs ?? null,
  };
}

function ownOf({ sent, doubt }: Asked, rules: FieldRules): FieldQuestion["own"] {
  if (sent !== undefined) return { sent, isEvent: true };
  const shown = doubt.shown === null ? undefined : sentOf(rules, doubt.shown.sent);
  return shown === undefined ? undefined : { sent: shown, isEvent: false };
}

const HUB_CLOCK = { offsetMs: 0, errorMs: 0 };

type Decided = {
  readonly rules: FieldRules;
  readonly value: FieldValue;
  readonly decision: FieldDecision;
  readonly contends: boolean;
  /** Our own write's event. */
  readonly isEvent: boolean;
  readonly row: Row;
};

const WAR: FieldDecision = { kind: "ask", reason: "war" };

/** Carries a decision out: hub value, base, question, audit line. */
function apply(work: Working, record: RecordState, link: LinkState, decided: Decided): void {
  const { rules, value, decision, contends, row } = decided;
  switch (decision.kind) {
    case "no-news":
      return;
    case "ask": {
      ask(work, record, link, decided);
      return;
    }
    case "rejected":
      if (decision.end === "revert" && setBackTooOften(work, link, rules.field)) {
        ask(work, record, link, { ...decided, decision: WAR });
        return;
      }
      setBase(work, link, rules, decision.base, hubOf(record.values, rules));
      break;
    case "accepted": {
      const edit = { value: decided.value, by: row.by, hub: hubOf(record.values, rules) };
      if (comesBackTooOften(work, link, rules, edit)) {
        ask(work, record, link, { ...decided, decision: WAR });
        return;
      }
      const at = row.observation.at ?? work.world.now;
      const hub: HubValue = { v: decision.value, by: row.by, at };
      putRecord(work, { ...record, values: withHub(record.values, rules, hub) });
      setBase(work, link, rules, decision.base, hub);
      noteChance(work, link, rules, hub);
      break;
    }
    case "converged":
      if (decision.stronger) backHub(work, record, link, decided);
      setBase(work, link, rules, decision.base, undefined);
      break;
    case "own-write":
    case "yields":
      setBase(work, link, rules, decision.base, hubOf(record.values, rules));
      break;
  }
  // The first values of a new record are told in its one "created" line.
  if (!work.created.has(record.id) || decision.kind !== "accepted") {
    work.changes.audit.push(...lineOf(record, link, { ...row, rules, value, decision, contends }));
  }
  // What ends a question is told after what changed the hub's value.
  endCandidate(work, link, { ...decided, ...row });
  if (decision.kind === "accepted") showHub(work, record.id, rules);
}

function ask(work: Working, record: RecordState, link: LinkState, decided: Decided): void {
  const { rules, value, decision, row } = decided;
  if (decision.kind !== "ask") return;
  const base = baseOf(link.bases, rules, value);
  const agreed = base === undefined || base.void === true ? undefined : (base.g ?? base.s);
  const { at, position } = row.observation;
  const candidate = { from: row.by, link: link.id, value, at, position };
  addCandidate(work, record, rules, candidate, { reason: decision.reason, agreed });
}

function setBase(
  work: Working,
  link: LinkState,
  rules: FieldRules,
  base: Base,
  hub: HubValue | undefined,
): void {
  const present = linkOf(work, link.id) ?? link;
  putLink(work, { ...present, bases: withBase(present.bases, rules, base, hub) });
}

/**
 * A field that is only written is read from nobody: of its columns our own events alone are
 * decided, by what the edge would read of them.
 */
function decideWriteOnly(work: Working, linkId: LinkId, row: Row): void {
  const { inFields, outFields, fields } = row.binding;
  for (const field of outFields) {
    const rules = inFields.includes(field) ? undefined : fields.get(field);
    const link = linkOf(work, linkId);
    if (rules === undefined || link === undefined) continue;
    const stored = ownStored(link, field, row);
    if (stored !== undefined) decideOne(work, linkId, rules, stored, row);
    else if (link.bases[field] === undefined) {
      setBase(work, link, rules, { s: null, void: true }, undefined);
    }
  }
}

/** What the row has of a value that we sent; what was sent, where nobody can read it back. */
function ownStored(link: LinkState, field: string, row: Row): FieldValue | undefined {
  const sent = row.attempt?.sent[field];
  if (sent === undefined) return undefined;
  const columns = { ...link.columns, ...row.observation.columns };
  const stored = row.binding.mapping.readBack(columns, field, row.refer);
  return stored?.kind === "field" ? stored.value : sent;
}
