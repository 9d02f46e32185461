import type { BindingRules } from "../plan/compile-map.ts";
import type { Base, LinkState, RecordState } from "./state.ts";

/** Fields in which the record has another value than before. */
export function movedFields(before: RecordState, after: RecordState): string[] {
  if (before.values === after.values) return [];
  return Object.keys(after.values).filter((field) => {
    const was = before.values[field];
    const is = after.values[field];
    return was !== is && was?.v !== is?.v;
  });
}

/**
 * The link as it is after the hub's values have moved: where one has come to what the system was
 * allowed to keep, the two have met, and the link receives the field again.
 * @returns null where nothing of it is kept apart that has been met
 */
export function metBy(
  { bases, ...link }: LinkState,
  { values }: RecordState,
  fields: readonly string[],
  { fields: rules }: Pick<BindingRules, "fields">,
): LinkState | null {
  const met: Record<string, Base> = {};
  for (const field of fields) {
    const base = bases[field];
    const hub = values[field];
    if (base?.apart !== true || hub === undefined) continue;
    if (rules.get(field)?.equals(base.s, hub.v) === true) met[field] = { s: base.s };
  }
  return Object.keys(met).length === 0 ? null : { ...link, bases: { ...bases, ...met } };
}
