import type { FieldRules } from "../ownership/field-rules.ts";
import { type FieldValue, partsOf } from "../values/field-value.ts";
import type { FieldDecision } from "./decide-field.ts";
import type { DecidedField } from "./lines.ts";
import type { HubValue, LinkState, RecordState } from "./state.ts";

/**
 * What was decided about a group, as what it means for each of its parts: one line each is written
 * of it. A part that nobody changed has none.
 */
export function partDecisions(
  record: RecordState,
  link: LinkState,
  decided: DecidedField,
): DecidedField[] {
  const { rules, value: whole } = decided;
  return (rules.parts ?? []).flatMap((part) => {
    const value = partsOf(whole, rules.field)[part.field];
    if (value === undefined) return [];
    const state = { value, hub: record.values[part.field]?.v, s: link.bases[part.field]?.s };
    const decision = ofPart(part, decided, state);
    const named = { ...part, caseWords: rules.caseWords };
    return decision === null ? [] : [{ ...decided, rules: named, value, decision }];
  });
}

type PartState = {
  readonly value: FieldValue;
  readonly hub: FieldValue | undefined;
  readonly s: FieldValue | undefined;
};

function ofPart(part: FieldRules, decided: DecidedField, state: PartState): FieldDecision | null {
  const { rules, decision, attempt } = decided;
  const { value, hub, s } = state;
  const isHubs = hub !== undefined && part.equals(value, hub);
  const isNews = s === undefined || !part.equals(value, s);
  if (decision.kind === "accepted") {
    const beaten = partOfHub(decision.beaten, rules, part);
    return isHubs ? null : { ...decision, value, beaten };
  }
  if (decision.kind === "own-write") {
    const adjusted = !part.equals(value, attempt?.sent[part.field] ?? null);
    return isNews || adjusted ? { ...decision, adjusted } : null;
  }
  if (!isNews) return null;
  return decision.kind === "rejected" ? refused(decision, value, isHubs) : decision;
}

/** What came to the hub's value by itself was refused nothing. */
const refused = (decision: FieldDecision, value: FieldValue, isHubs: boolean): FieldDecision =>
  isHubs ? { kind: "converged", base: { s: value }, stronger: false } : decision;

function partOfHub(
  hub: HubValue | undefined,
  rules: FieldRules,
  { field }: FieldRules,
): HubValue | undefined {
  return hub === undefined ? undefined : { ...hub, v: partsOf(hub.v, rules.field)[field] ?? null };
}
