import type { BindingRules } from "../plan/compile-map.ts";
import type { FieldValue } from "../values/field-value.ts";
import { unsaid } from "./let-be.ts";
import { isMassCode } from "./mass-held.ts";
import { unknownOf } from "./own-write.ts";
import type { Attempt, LinkState, MappedObservation, RecordState } from "./state.ts";
import { heldOf, linkOf, recordOf, type Working } from "./world.ts";

/** The record as a whole, what its row tells, and whose event it is. */
export type Told = {
  readonly work: Working;
  readonly rules: BindingRules;
  readonly record: RecordState;
  readonly link: LinkState;
  readonly observation: MappedObservation;
  readonly attempt: Attempt | undefined;
};

/** All of it about a row's link; undefined where its link, record or binding is not there. */
export function toldOfLink(
  work: Working,
  id: LinkState["id"],
  observation: MappedObservation,
  attempt: Attempt | undefined,
): Told | undefined {
  const link = linkOf(work, id);
  const record = link === undefined ? undefined : recordOf(work, link.record);
  const rules = work.world.map.bindings.get(observation.binding);
  if (rules === undefined || link === undefined || record === undefined) return undefined;
  const { problems } = observation;
  const open = unsaid(link, problems);
  const told = open === problems ? observation : { ...observation, problems: open };
  return { work, rules, record, link, observation: told, attempt };
}

/** What the row tells, and what of it waits and would be read now. */
export function withWaiting(
  { work, record, link, observation }: Told,
  whole: Readonly<Record<string, FieldValue>>,
): Readonly<Record<string, FieldValue>> {
  const fields: Record<string, FieldValue> = { ...observation.fields };
  for (const held of heldOf(work, record.id)) {
    if (isMassCode(held.code)) continue;
    const value = held.link === link.id ? whole[held.field] : undefined;
    if (value !== undefined) fields[held.field] ??= value;
  }
  return fields;
}

/** Told now, not known before, and not what we wrote ourselves. */
export function isNews(told: Told, field: string, value: FieldValue | undefined): boolean {
  const { work, rules, link, attempt } = told;
  const equals = rules.fields.get(field)?.equals;
  if (value === undefined || equals === undefined) return false;
  const base = link.bases[field];
  if (base !== undefined && equals(base.s, value)) return false;
  const ours = [...(attempt === undefined ? [] : [attempt]), ...unknownOf(work, link.id)];
  return !ours.some(({ sent }) => sent[field] !== undefined && equals(sent[field], value));
}
