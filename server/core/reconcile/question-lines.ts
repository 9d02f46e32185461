import type { AuditEntry, Rule } from "../audit/audit-entry.ts";
import type { FieldRules } from "../ownership/field-rules.ts";
import { type FieldValue, partsOf } from "../values/field-value.ts";
import { whyWords } from "./lines.ts";
import { hubOf } from "./sides.ts";
import type { Candidate, Conflict, ConflictReason, HubValue, RecordState } from "./state.ts";

/** What the audit log names as the rule; everything else is review. */
const RULE_OF: Partial<Record<ConflictReason, Rule>> = { tie: "tie", war: "war" };

type Asked = {
  readonly hub: HubValue | undefined;
  readonly reason: ConflictReason;
  readonly of: Conflict;
};

/** A contender waits: of a group a line for each part in which it differs from the hub. */
export function heldLines(
  record: RecordState,
  rules: FieldRules,
  candidate: Candidate,
  { hub, reason, of }: Asked,
): AuditEntry[] {
  const { from, link, at, position = null } = candidate;
  const detail = rules.parts === null ? null : whyWords({ ...rules, caseWords: null });
  const cause = {
    ...{ conflict: of.id, position, at },
    ...(detail === null ? {} : { detail }),
  };
  return differing(rules, [candidate.value, hub?.v]).map(({ field, partOf }) => {
    const stands = partOf(hub?.v);
    return {
      ...{ kind: "held", actor: from, entity: record.entity, record: record.id, link, field },
      system: from.replace(/^system:/, ""),
      ...(stands === undefined ? {} : { before: stands, after: stands }),
      losers: [{ from, value: partOf(candidate.value) ?? null, at }],
      rule: RULE_OF[reason] ?? "review",
      cause,
    } as const;
  });
}

type Settled = {
  /** The hub's value from now on. */
  readonly winner: HubValue | undefined;
  readonly actor: string;
  readonly command?: string;
};

/** A question is over: of a group a line for each part in which its contenders differed. */
export function settledLines(
  record: RecordState,
  conflict: Conflict,
  rules: FieldRules,
  { winner, actor, command }: Settled,
): AuditEntry[] {
  const hub = hubOf(record.values, rules);
  const told = conflict.candidates.map(({ value }) => value);
  const cause = { conflict: conflict.id, ...(command === undefined ? {} : { command }) };
  return differing(rules, [winner?.v, hub?.v, ...told]).map(({ field, equals, partOf }) => {
    const [before, after] = [partOf(hub?.v), partOf(winner?.v)];
    const losers = conflict.candidates.flatMap(({ from, value, at }) => {
      const own = partOf(value) ?? null;
      return after === undefined || !equals(own, after) ? [{ from, value: own, at }] : [];
    });
    return {
      ...{ kind: "resolved", actor, entity: record.entity, record: record.id, link: null, field },
      system: null,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      losers,
      rule: actor === "engine" ? "equal" : "person",
      cause,
    } as const;
  });
}

type Part = Pick<FieldRules, "field" | "equals"> & {
  readonly partOf: (value: FieldValue | undefined) => FieldValue | undefined;
};

/** The parts in which these values differ, the first one where none does; a field is its own. */
function differing(rules: FieldRules, values: readonly (FieldValue | undefined)[]): Part[] {
  const parts = (rules.parts ?? [rules]).map(({ field, equals }) => ({
    field,
    equals,
    partOf: (value: FieldValue | undefined) =>
      value === undefined ? undefined : partsOf(value, rules.field)[field],
  }));
  const those = parts.filter(({ equals, partOf }) => {
    const [first, ...rest] = values.map(partOf);
    return rest.some((one) => one === undefined || first === undefined || !equals(one, first));
  });
  return those.length > 0 && rules.parts !== null ? those : parts.slice(0, 1);
}
