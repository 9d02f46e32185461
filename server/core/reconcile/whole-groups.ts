import type { LinkId } from "../ids.ts";
import type { FieldValues } from "../values/field-value.ts";
import { unsaid } from "./let-be.ts";
import { isMassCode } from "./mass-held.ts";
import { isNews, type Told, toldOfLink, withWaiting } from "./news.ts";
import { referIn } from "./refer.ts";
import type { Attempt, FieldProblem, MappedObservation } from "./state.ts";
import { heldOf, type Working } from "./world.ts";

/**
 * A row's part of a group is taken with all its parts or not at all: where one does not fit, the
 * others that are news wait with it, and are told with it again when it does.
 */
export function heldAsOne(
  work: Working,
  linkId: LinkId,
  observation: MappedObservation,
  attempt: Attempt | undefined,
): MappedObservation {
  const told = toldOfLink(work, linkId, observation, attempt);
  if (told === undefined || told.rules.entity.groups.length === 0) return observation;
  return wholeGroups(told);
}

/** The same, of a row of which all is known. */
export function wholeGroups(told: Told): MappedObservation {
  const { work, rules, record, link, observation } = told;
  const isWaiting = heldOf(work, record.id).some((held) => held.link === link.id);
  // By far the most rows.
  if (observation.problems.length === 0 && !isWaiting) return observation;
  const columns = { ...link.columns, ...observation.columns };
  const whole = rules.mapping.forward(columns, null, referIn(work, rules));
  const fields = isWaiting ? withWaiting(told, whole.fields) : observation.fields;
  const broken = unsaid(link, whole.problems);
  const stops = [...observation.problems, ...broken, ...withMany(told, fields)];
  const waiting: FieldProblem[] = [];
  for (const group of rules.entity.groups) {
    const stop = stops.find(({ field }) => group.includes(field));
    if (stop !== undefined) waiting.push(...withIt(told, group, fields, stop));
  }
  const waits = new Set([...observation.problems, ...waiting].map(({ field }) => field));
  const kept = Object.entries(fields).filter(([field]) => !waits.has(field));
  const problems = [...observation.problems, ...waiting];
  return { ...observation, fields: Object.fromEntries(kept), problems };
}

/** What waits with many others is not told again by itself: it stops the rest of its group. */
function withMany({ work, record, link }: Told, fields: FieldValues): FieldProblem[] {
  return heldOf(work, record.id).flatMap((held) => {
    const waits = held.link === link.id && isMassCode(held.code) && !(held.field in fields);
    const message = "It was changed in many rows at once.";
    return waits ? [{ field: held.field, code: held.code ?? "", message, value: null }] : [];
  });
}

function withIt(
  told: Told,
  group: readonly string[],
  fields: MappedObservation["fields"],
  stop: FieldProblem,
): FieldProblem[] {
  const has = new Set(told.observation.problems.map(({ field }) => field));
  const name = told.rules.entity.entity.fields.find(({ id }) => id === stop.field)?.name;
  const message = `It waits with ${name ?? stop.field}: ${stop.message}`;
  return group.flatMap((field) => {
    const value = fields[field];
    const isOther = value !== undefined && field !== stop.field && !has.has(field);
    return isOther && isNews(told, field, value)
      ? [{ field, code: "blocked", message, value }]
      : [];
  });
}
