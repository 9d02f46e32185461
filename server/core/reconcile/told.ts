import type { FieldRules } from "../ownership/field-rules.ts";
import { groupOfParts } from "../ownership/group-rules.ts";
import type { FieldValue, FieldValues } from "../values/field-value.ts";
import type { Attempt, Base, LinkState, MappedObservation, RecordState } from "./state.ts";

/**
 * What a row says of fields that are decided together: of a part that it did not tell, what was
 * last accounted for. Undefined where it tells none of them.
 */
export function toldOf(
  rules: FieldRules,
  fields: FieldValues,
  { bases }: Pick<LinkState, "bases">,
): FieldValue | undefined {
  if (rules.parts === null) return fields[rules.field];
  const parts: Record<string, FieldValue> = {};
  let isTold = false;
  for (const { field } of rules.parts) {
    const value = fields[field];
    isTold ||= value !== undefined;
    const part = value === undefined ? bases[field]?.s : value;
    if (part !== undefined) parts[field] = part;
  }
  return isTold ? { parts } : undefined;
}

/** What an attempt carried of it; of a group the parts among these that it carried. */
export function sentOf(rules: FieldRules, sent: FieldValues): FieldValue | undefined {
  if (rules.parts === null) return sent[rules.field];
  const parts: Record<string, FieldValue> = {};
  for (const { field } of rules.parts) {
    const value = sent[field];
    if (value !== undefined) parts[field] = value;
  }
  return Object.keys(parts).length === 0 ? undefined : { parts };
}

/** The rules of what an attempt carried of a group, which need not be all of it. */
export function sentPart(rules: FieldRules, sent: FieldValues): FieldRules {
  return rules.parts === null ? rules : groupOfParts(rules, Object.keys(sent));
}

/**
 * The bases of parts that were never accounted for beside others that were, as when the map reads
 * a part anew: one that agrees with the hub's, or is blank, contends for nothing.
 */
export function newPartBases(
  rules: FieldRules,
  told: FieldValues,
  link: LinkState,
  record: RecordState,
): Record<string, Base> {
  const found: Record<string, Base> = {};
  const isNew = ({ field }: FieldRules) => link.bases[field] === undefined;
  if (rules.parts === null || rules.parts.every(isNew)) return found;
  for (const part of rules.parts.filter(isNew)) {
    const value = told[part.field];
    const hub = record.values[part.field]?.v ?? null;
    if (value === undefined) continue;
    if (part.equals(value, hub)) found[part.field] = { s: value };
    else if (part.isBlank(value)) found[part.field] = { s: value, void: true };
  }
  return found;
}

/** What we sent is no news, whatever rule it breaks: nobody there has put it. */
export function withSent(told: MappedObservation, { sent }: Attempt): MappedObservation {
  const isSent = ({ field, value }: MappedObservation["problems"][number]) =>
    field in sent && JSON.stringify(sent[field]) === JSON.stringify(value);
  const ours = told.problems.filter(isSent);
  if (ours.length === 0) return told;
  const fields = Object.fromEntries(ours.map(({ field, value }) => [field, value]));
  const problems = told.problems.filter((one) => !isSent(one));
  return { ...told, fields: { ...told.fields, ...fields }, problems };
}
