import type { AuditEntry, Loser } from "../audit/audit-entry.ts";
import type { LinkId } from "../ids.ts";
import type { Refer } from "../mapping/refer.ts";
import type { FieldRules } from "../ownership/field-rules.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import type { FieldValue } from "../values/field-value.ts";
import type { FieldDecision } from "./decide-field.ts";
import { partDecisions } from "./part-decisions.ts";
import type { Attempt, HubValue, LinkState, MappedObservation, RecordState } from "./state.ts";
import { linkOf, recordOf, type Working } from "./world.ts";

/** What was decided about one field, with all that its audit line names. */
export type DecidedField = {
  readonly rules: FieldRules;
  readonly value: FieldValue;
  readonly decision: FieldDecision;
  readonly observation: MappedObservation;
  readonly attempt: Attempt | undefined;
  readonly by: HubValue["by"];
  readonly binding: BindingRules;
  readonly refer: Refer;
  /** The link had a candidate in the field's open question. */
  readonly contends: boolean;
};

/**
 * The audit line of a decision. Derived from the decision itself, so that no value can change
 * without its line. Linking equal values and yielding change nothing and leave none.
 */
export function lineOf(record: RecordState, link: LinkState, decided: DecidedField): AuditEntry[] {
  if (decided.rules.parts !== null) {
    return partDecisions(record, link, decided).flatMap((part) => lineOf(record, link, part));
  }
  switch (decided.decision.kind) {
    case "accepted":
      return [acceptedLine(record, link, decided, decided.decision)];
    case "rejected":
      return [rejectedLine(record, link, decided, decided.decision)];
    case "converged":
      return convergedLine(record, link, decided);
    case "own-write":
      return decided.attempt?.operation === "update"
        ? [storedLine(record, link, decided, decided.decision.adjusted)]
        : [];
    default:
      return [];
  }
}

type Kind<Name> = Extract<FieldDecision, { kind: Name }>;

function acceptedLine(
  record: RecordState,
  link: LinkState,
  decided: DecidedField,
  { beaten, value, rule }: Kind<"accepted">,
): AuditEntry {
  const hub = record.values[decided.rules.field];
  return {
    ...common(record, link, decided),
    kind: "accepted",
    ...(hub === undefined ? {} : { before: hub.v }),
    after: value,
    ...(beaten === undefined
      ? {}
      : { losers: [{ from: beaten.by, value: beaten.v, at: beaten.at }] }),
    rule,
  };
}

function rejectedLine(
  record: RecordState,
  link: LinkState,
  decided: DecidedField,
  { end, rule }: Kind<"rejected">,
): AuditEntry {
  const hub = record.values[decided.rules.field];
  return {
    ...common(record, link, decided),
    kind: end === "revert" ? "rejected" : "kept-apart",
    ...(hub === undefined ? {} : { before: hub.v, after: hub.v }),
    losers: [{ from: decided.by, value: decided.value, at: decided.observation.at }],
    rule,
  };
}

/**
 * Silent at first contact: nothing changed and nobody decided anything. Whoever has shown another
 * value before makes an edit, also where that was never accounted for.
 */
function convergedLine(record: RecordState, link: LinkState, decided: DecidedField): AuditEntry[] {
  const base = link.bases[decided.rules.field];
  if (base === undefined && !decided.contends) return [];
  const line = common(record, link, decided);
  const before = base === undefined ? {} : { before: base.s };
  return [{ ...line, kind: "converged", ...before, after: decided.value, rule: "equal" }];
}

function storedLine(
  record: RecordState,
  link: LinkState,
  decided: DecidedField,
  adjusted: boolean,
): AuditEntry {
  const sent = decided.attempt?.sent[decided.rules.field] ?? null;
  const { before, lost } = replaced(link, decided);
  const losers = [...(adjusted ? [{ from: "hub", value: sent }] : []), ...lost];
  const told = common(record, link, decided);
  const over = wentOver(record, link, decided, sent) ? { detail: WENT_OVER } : {};
  return {
    ...told,
    cause: { ...told.cause, ...over },
    actor: "engine",
    kind: adjusted ? "adjusted" : "stored",
    ...(before === undefined ? {} : { before }),
    after: decided.value,
    ...(losers.length === 0 ? {} : { losers }),
    rule: adjusted ? "adjusted" : "delivery",
  };
}

const WENT_OVER = "It went over what was set there meanwhile: the system knows no conditions.";

/** Was there an edit that we had not seen when we wrote, and that has not lost by a rule? */
function wentOver(
  { values }: RecordState,
  { bases, system }: LinkState,
  { rules, contends }: DecidedField,
  sent: FieldValue,
): boolean {
  const { equals, field } = rules;
  const [base, hub] = [bases[field], values[field]];
  if (contends || base?.apart === true) return true;
  const isTheirs = base !== undefined && hub?.by === `system:${system}` && equals(base.s, hub.v);
  return isTheirs && !equals(base.s, sent);
}

type Replaced = { readonly before: FieldValue | undefined; readonly lost: readonly Loser[] };

/**
 * What stood where we wrote. What a person put into a column that was only written then was never
 * decided: it lost to this very write, and no other line would name it.
 */
function replaced(link: LinkState, { rules, binding, by, refer }: DecidedField): Replaced {
  const base = link.bases[rules.field];
  const stood = binding.mapping.readBack(link.columns, rules.field, refer);
  if (stood === null) return { before: base?.s, lost: [] };
  const { kind, value } = stood;
  const known = base === undefined ? [] : [base.s, base.g ?? base.s];
  if (kind === "one-way" || known.some((one) => rules.equals(one, value))) {
    return { before: value, lost: [] };
  }
  return { before: value, lost: [{ from: by, value }] };
}

function common(record: RecordState, link: LinkState, decided: DecidedField) {
  const { observation, attempt, decision, rules } = decided;
  const isRuled = decision.kind === "accepted" || decision.kind === "rejected";
  const detail = isRuled ? whyWords(rules) : null;
  return {
    actor: decided.by as string,
    entity: record.entity,
    record: record.id,
    link: link.id,
    system: observation.system,
    field: decided.rules.field,
    cause: {
      position: observation.position,
      transaction: observation.transaction,
      at: observation.at,
      ...(attempt === undefined ? {} : { attempt: attempt.id }),
      ...(detail === null ? {} : { detail }),
    },
  };
}

/** "While Region is EU. Decided as a part of Address." */
export function whyWords({ caseWords, group }: FieldRules): string | null {
  const words = [
    ...(caseWords === null ? [] : [`While ${caseWords}.`]),
    ...(group === null ? [] : [`Decided as a part of ${group}.`]),
  ];
  return words.length === 0 ? null : words.join(" ");
}

/** One line for a row that we made, with all its values as stored. */
export function rowCreatedLine(
  work: Working,
  linkId: LinkId,
  observation: MappedObservation,
  attempt: Attempt,
): void {
  const link = linkOf(work, linkId);
  const record = link === undefined ? undefined : recordOf(work, link.record);
  if (link === undefined || record === undefined) return;
  const after: Record<string, FieldValue> = {};
  for (const field of Object.keys(attempt.sent)) {
    const value = observation.fields[field] ?? attempt.sent[field];
    if (value !== undefined) after[field] = value;
  }
  work.changes.audit.push({
    kind: "row-created",
    actor: "engine",
    entity: record.entity,
    record: record.id,
    link: link.id,
    system: link.system,
    field: null,
    after,
    rule: "delivery",
    cause: {
      position: observation.position,
      transaction: observation.transaction,
      at: observation.at,
      attempt: attempt.id,
    },
  });
}

/** The audit line of what befell a row as a whole; its values have lines of their own. */
export function rowLine(
  record: RecordState,
  link: LinkState,
  told: Pick<AuditEntry, "kind" | "actor" | "rule" | "cause">,
): AuditEntry {
  const { entity, id } = record;
  return { ...told, entity, record: id, link: link.id, system: link.system, field: null };
}
