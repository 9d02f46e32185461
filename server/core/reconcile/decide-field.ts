import type { Rule } from "../audit/audit-entry.ts";
import type { Contest } from "../conflicts/policies/policy.ts";
import { POLICIES } from "../conflicts/policies/registry.ts";
import {
  admits,
  type Bar,
  barOf,
  compareRank,
  type FieldRules,
  mayClear,
  systemOf,
} from "../ownership/field-rules.ts";
import type { FieldValue } from "../values/field-value.ts";
import type { Base, ConflictReason, HubValue } from "./state.ts";

/** One field of one observation, with the three states and what else a decision may see. */
export type FieldQuestion = {
  readonly rules: FieldRules;
  /** The observed value and where it came from. `at` falls back to the hub's clock. */
  readonly edit: HubValue;
  readonly system: string;
  /** The source told no time of the edit: `newest` must not use `edit.at`. */
  readonly timeless: boolean;
  readonly hub: HubValue | undefined;
  readonly base: Base | undefined;
  /**
   * What our own attempt carried for this field: when this observation is that attempt's event, or
   * shows the very value of one whose outcome nobody knows.
   */
  readonly own: { readonly sent: FieldValue; readonly isEvent: boolean } | undefined;
  /** An attempt whose outcome nobody knows may have touched the field since s was seen. */
  readonly unknownOutcome: boolean;
  /** A whole read found it: no event says that anybody did anything. */
  readonly enumerated: boolean;
  /** The hub was restored: the value may be a write of ours that it has forgotten. */
  readonly forgotten: boolean;
  /** The field is under review or has a value in quarantine. */
  readonly held: boolean;
  /** A question about the field is open: whoever it is new to becomes a candidate too. */
  readonly asked: boolean;
  /** A value of this very link is a candidate of the field's open question. */
  readonly contends: boolean;
  /** It is this very value. */
  readonly isKnown?: boolean;
  /** The hub's record as this event has left it so far. */
  readonly record: Contest["record"];
  readonly errorMs: Contest["errorMs"];
  readonly offsetMs: (by: HubValue["by"]) => number | null;
};

export type FieldDecision =
  | { readonly kind: "no-news" }
  /** `stronger`: the edit backs the hub's value with a better rank or a later time than it had. */
  | { readonly kind: "converged"; readonly base: Base; readonly stronger: boolean }
  | { readonly kind: "own-write"; readonly base: Base; readonly adjusted: boolean }
  /** The hub takes `value`; `beaten` is what lost, where it was an edit of its own. */
  | {
      readonly kind: "accepted";
      readonly base: Base;
      readonly value: FieldValue;
      readonly rule: Rule;
      readonly beaten: HubValue | undefined;
    }
  /** The hub's value stands. `revert`: it is due to this system. */
  | {
      readonly kind: "rejected";
      readonly base: Base;
      readonly rule: Rule;
      readonly end: "revert" | "keep-apart";
    }
  /** A person must decide; the base stays, so that a return to it withdraws the candidate. */
  | { readonly kind: "ask"; readonly reason: ConflictReason }
  /** The system's value is blank and the hub's is not: the hub's is due. */
  | { readonly kind: "yields"; readonly base: Base };

/**
 * Decides one field: the table of DESIGN.md §2, first line that holds. Pure.
 *
 * Our own event comes before "no news": a target that stores what it held before (it truncates
 * both values to one) must still move g, or the write would be due for ever.
 */
export function decideField(question: FieldQuestion): FieldDecision {
  const { rules, edit, hub, base, own } = question;
  const isHubs = hub !== undefined && rules.equals(edit.v, hub.v);
  if (own?.isEvent === true) return ownWrite(rules, edit.v, own.sent);
  if (base !== undefined && rules.equals(edit.v, base.s)) return { kind: "no-news" };
  if (isHubs && !countsToo(question)) {
    const stronger = isStronger(question, hub);
    return { kind: "converged", base: metAt(question, hub, stronger), stronger };
  }
  if (own !== undefined) return ownWrite(rules, edit.v, own.sent);
  const decision = base === undefined ? first(question) : edited(question, base);
  // What a person sees already stays asked, whatever another version says of it.
  return decision.kind === "rejected" && question.isKnown ? { kind: "no-news" } : decision;
}

/**
 * Would the edit win over the hub's value, were it another one? Then what comes later must meet
 * its rank and its time, or the end would depend on the order of arrival. What is no edit for sure
 * (a first contact, a first read, perhaps our own write) backs nothing.
 */
function isStronger(question: FieldQuestion, hub: HubValue): boolean {
  const { rules, base, edit, held, timeless, unknownOutcome, system } = question;
  if (base === undefined || held || timeless || unknownOutcome) return false;
  if (rules.policy === "sum-of-deltas") return false;
  if (!admits(rules, { system, hub, value: edit.v })) return false;
  return contest(question, hub).kind === "accepted";
}

/**
 * The base of a system that came to the hub's value by itself, at a time of its own: not the
 * hub's, where its edit loses against the one that the hub's value is of.
 */
function metAt(question: FieldQuestion, hub: HubValue, stronger: boolean): Base {
  const { base, edit, timeless, unknownOutcome, forgotten } = question;
  const mayBeOurs = base === undefined || timeless || unknownOutcome || forgotten;
  const isByChance = !stronger && !mayBeOurs && hub.by !== edit.by;
  return isByChance ? { s: edit.v, byChance: true } : { s: edit.v };
}

/**
 * Two counts of one thing that came to the same are two changes: one sold here and one there is
 * two sold. An observation that is no event may show our own write, and counts nothing.
 */
function countsToo(question: FieldQuestion): boolean {
  const { rules, hub, base, held, timeless, unknownOutcome, forgotten, system } = question;
  if (rules.policy !== "sum-of-deltas" || base === undefined || hub === undefined) return false;
  if (held || timeless || unknownOutcome || forgotten) return false;
  if (!admits(rules, { system, hub })) return false;
  // Of what was blank nobody can tell by how much it has changed.
  return !rules.isBlank(base.s) && !standsFor(rules, base, hub.v);
}

/** The system's value is not its base, nor what it came to by the hub: an edit. */
function edited(question: FieldQuestion, base: Base): FieldDecision {
  const { rules, edit, hub } = question;
  const bar = barOf(rules, { system: question.system, hub, value: edit.v });
  if (bar !== null) return refuse(rules, edit.v, bar);
  if (question.held) return { kind: "ask", reason: "policy-review" };
  if (mayBeKnown(question, base)) {
    return { kind: "ask", reason: "unknown-outcome" };
  }
  if (isUndone(question, base)) return { kind: "ask", reason: "drift" };
  if (hub === undefined) return accept(edit.v, "first-value", undefined);
  const hasMoved = !standsFor(rules, base, hub.v) || precedesHub(question, base, hub);
  const concurrent = question.unknownOutcome || hasMoved;
  return concurrent ? contest(question, hub) : accept(edit.v, cleanRule(question), undefined);
}

/**
 * The system answered that it had stored another value, and shows the one from before, of which
 * nothing says that somebody has set it back since.
 */
function isUndone(question: FieldQuestion, { w }: Base): boolean {
  const { rules, edit, timeless, enumerated } = question;
  if (w === undefined || !rules.equals(edit.v, w.v)) return false;
  if (timeless) return enumerated;
  const edited = corrected(question, edit);
  const error = question.errorMs(edit.by);
  return edited === null || error === null || edited - error * 1_000 <= toMicroseconds(w.at);
}

/**
 * Is it open whether the change is in the hub's value already? It may be our own write; after the
 * hub was restored another system may have told it, and added it would count twice.
 */
function mayBeKnown({ rules, hub, unknownOutcome, forgotten }: FieldQuestion, base: Base) {
  const countsFromBase = rules.expression?.readsBase === true;
  if (unknownOutcome) return countsFromBase || POLICIES[rules.policy].readsChange === true;
  const counts = countsFromBase || rules.policy === "sum-of-deltas";
  if (!forgotten || !counts || hub === undefined) return false;
  return !standsFor(rules, base, hub.v);
}

/** Is the hub's value the one that the system's value stands for (h = g)? */
export function standsFor(rules: FieldRules, base: Base, hub: FieldValue): boolean {
  if (base.void === true) return false;
  return rules.equals(base.g === undefined ? base.s : base.g, hub);
}

function ownWrite(rules: FieldRules, seen: FieldValue, sent: FieldValue): FieldDecision {
  const adjusted = !rules.equals(seen, sent);
  return { kind: "own-write", base: adjusted ? { s: seen, g: sent } : { s: seen }, adjusted };
}

/** First contact: no base. Equal values were linked before this. */
function first(question: FieldQuestion): FieldDecision {
  const { rules, edit, hub, system, contends } = question;
  const bar = barOf(rules, { system, hub, value: edit.v });
  // Whoever has shown a value and clears it makes an edit like another.
  const yields = rules.isBlank(edit.v) && !contends;
  if (hub === undefined || rules.isBlank(hub.v)) return firstOfAll(question, { bar, yields });
  if (yields) return { kind: "yields", base: { s: edit.v, void: true } };
  if (bar !== null) return refuse(rules, edit.v, bar);
  if (question.held) return { kind: "ask", reason: "first-contact" };
  const decision = contest(question, hub);
  return decision.kind === "ask" ? { kind: "ask", reason: "first-contact" } : decision;
}

/**
 * A blank hub value takes what comes, unless others ask for the field already. Whoever may not
 * decide it may keep a value apart, and a blank is none: whatever the hub gets is due there.
 */
function firstOfAll(
  { rules, edit, hub, asked }: FieldQuestion,
  { bar, yields }: { readonly bar: Bar | null; readonly yields: boolean },
): FieldDecision {
  if (yields && hub !== undefined) return { kind: "yields", base: { s: edit.v } };
  if (bar !== null) {
    const refused = refuse(rules, edit.v, bar);
    const keepsBlank = yields && refused.kind === "rejected";
    return keepsBlank ? { ...refused, base: { s: edit.v, void: true } } : refused;
  }
  if (asked) return { kind: "ask", reason: "first-contact" };
  return accept(edit.v, hub === undefined ? "first-value" : "empty-yields", undefined);
}

/** Two edits: rank where it can, else the field's policy. */
function contest(question: FieldQuestion, hub: HubValue): FieldDecision {
  const { rules, edit, system } = question;
  const rank =
    systemOf(hub.by) === null ? againstPerson(question, hub) : compareRank(rules, system, hub.by);
  if (rank > 0) return reject(edit.v, systemOf(hub.by) === null ? "person" : "rank");
  const won = rank < 0 ? accept(edit.v, "rank", hub) : byPolicy(question, hub);
  // Beside what another side made of the other parts it would be a mix that nobody ever had.
  const mixes = won.kind === "accepted" && rules.whole !== null;
  return mixes ? { kind: "ask", reason: "part-of-group" } : won;
}

/** A person's value ends by a newer edit of an owner, never by an older one. */
function againstPerson(question: FieldQuestion, hub: HubValue): number {
  const edited = corrected(question, question.edit);
  const stood = corrected(question, hub);
  const error = question.errorMs(question.edit.by);
  if (edited === null || stood === null || error === null) return 1;
  return edited - error * 1_000 > stood ? -1 : 1;
}

/**
 * A person has confirmed the very value that the system still had, after this edit and without
 * having seen it: the edit knew the value, and not the word.
 */
function precedesWord(question: FieldQuestion, hub: HubValue): boolean {
  const { rules, edit, base } = question;
  // What was counted before the word is counted all the same; who clears has counted nothing.
  const isBlank = rules.isBlank(edit.v) || base === undefined || rules.isBlank(base.s);
  const isWord = systemOf(hub.by) === null && (rules.policy !== "sum-of-deltas" || isBlank);
  if (!isWord || corrected(question, edit) === null) return false;
  if (corrected(question, hub) === null || question.errorMs(question.edit.by) === null)
    return false;
  return againstPerson(question, hub) > 0;
}

/** The base fits the hub's value, and the edit was made without the one that this is of. */
const precedesHub = (question: FieldQuestion, base: Base, hub: HubValue): boolean =>
  precedesWord(question, hub) || (base.byChance === true && mayPrecede(question, hub));

/**
 * The base and the hub's value are the same by chance: was this edit made before the one that the
 * hub's value is of, as far as the clocks can tell? Where they tell nothing it is a clean edit.
 */
function mayPrecede(question: FieldQuestion, hub: HubValue): boolean {
  const edited = corrected(question, question.edit);
  const stood = corrected(question, hub);
  const [error, other] = [question.errorMs(question.edit.by), question.errorMs(hub.by)];
  if (edited === null || stood === null || error === null || other === null) return false;
  return edited - stood <= (error + other) * 1_000;
}

function byPolicy(question: FieldQuestion, hub: HubValue): FieldDecision {
  const { rules, edit, base } = question;
  const policy = POLICIES[rules.policy];
  const verdict = policy.decide({
    rules,
    hub,
    base: base?.s,
    edit,
    record: question.record,
    errorMs: question.errorMs,
    corrected: (value) => corrected(question, value),
  });
  switch (verdict.kind) {
    case "edit":
      return accept(edit.v, policyRule(rules), hub);
    case "hub":
      return reject(edit.v, policyRule(rules));
    case "value":
      return merged(question, verdict.value);
    case "ask":
      return { kind: "ask", reason: verdict.reason };
  }
}

/** The hub takes a value that is made of both, where it meets the rules that an edit must meet. */
function merged({ rules, edit, system }: FieldQuestion, value: FieldValue): FieldDecision {
  const clears = rules.isBlank(value) && !mayClear(rules, system);
  if (clears || !rules.meetsRules(value)) return { kind: "ask", reason: "merge-breaks-rule" };
  // What a count came to says nothing beside the sum; a text or set of its own is named.
  const beaten = rules.policy === "sum-of-deltas" ? undefined : edit;
  return { ...accept(edit.v, policyRule(rules), beaten), value };
}

/** The policies that decide are named like the rules that the audit log shows. */
function policyRule(rules: FieldRules): Rule {
  return rules.policy;
}

/** A stamp on the hub's clock in microseconds; null where it has none or its clock is unknown. */
function corrected(question: FieldQuestion, value: HubValue): number | null {
  if (value === question.edit && question.timeless) return null;
  const offset = question.offsetMs(value.by);
  return offset === null ? null : toMicroseconds(value.at) - offset * 1_000;
}

/** "2026-11-23T13:02:00.123456Z" => microseconds since 1970. */
export function toMicroseconds(iso: string): number {
  const ms = Date.parse(iso);
  const fraction = /\.\d{3}(\d{1,3})/.exec(iso)?.[1] ?? "";
  return ms * 1_000 + Number(fraction.padEnd(3, "0"));
}

function cleanRule({ rules, system, hub }: FieldQuestion): Rule {
  if (rules.open) return "only-change";
  const fills = rules.tiers.get(system)?.whenBlank === true;
  return fills && hub !== undefined ? "fills-blank" : "owner";
}

type Accepted = Extract<FieldDecision, { kind: "accepted" }>;

function accept(value: FieldValue, rule: Rule, beaten: HubValue | undefined): Accepted {
  return { kind: "accepted", base: { s: value }, value, rule, beaten };
}

/** Lost a contest: the hub's value stands and is due. */
function reject(value: FieldValue, rule: Rule): FieldDecision {
  return { kind: "rejected", base: { s: value, void: true }, rule, end: "revert" };
}

/** The rule does not admit the edit: one of the three ends that the map states. */
function refuse(rules: FieldRules, value: FieldValue, bar: Bar): FieldDecision {
  switch (rules.refused) {
    case "revert":
      return {
        kind: "rejected",
        base: { s: value, void: true },
        rule: bar,
        end: "revert",
      };
    case "keep-apart":
      return {
        kind: "rejected",
        base: { s: value, void: true, apart: true },
        rule: bar,
        end: "keep-apart",
      };
    case "review":
      return { kind: "ask", reason: "refused-review" };
  }
}
