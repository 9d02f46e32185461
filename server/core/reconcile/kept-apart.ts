import type { LinkId } from "../ids.ts";
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
 * allowed to keep, the two have met, and the link receives the field again; a row that somebody has
 * let be that it is not made is another row by then.
 * @returns null where nothing follows from it
 */
export function afterMove(
  link: LinkState,
  record: RecordState,
  moved: readonly string[],
  { fields, outFields }: Pick<BindingRules, "fields" | "outFields">,
): LinkState | null {
  const isOther = link.letBe != null && moved.some((field) => outFields.includes(field));
  const met = metIn(link, record, moved, fields);
  if (met === null) return isOther ? { ...link, letBe: null } : null;
  return { ...link, bases: { ...link.bases, ...met } };
}

function metIn(
  { bases }: LinkState,
  { values }: RecordState,
  moved: readonly string[],
  rules: BindingRules["fields"],
): Record<string, Base> | null {
  const met: Record<string, Base> = {};
  for (const field of moved) {
    const base = bases[field];
    const hub = values[field];
    if (base?.apart !== true || hub === undefined) continue;
    if (rules.get(field)?.equals(base.s, hub.v) === true) met[field] = { s: base.s };
  }
  return Object.keys(met).length === 0 ? null : met;
}

/** A value that a system was allowed to keep, until the hub came to it. */
export type Met = { readonly link: LinkId; readonly field: string };

/** What a decision ended so. @param after the links that it changed */
export function metBy(
  before: ReadonlyMap<LinkId, LinkState>,
  after: ReadonlyMap<LinkId, LinkState>,
): Met[] {
  return [...after.values()].flatMap(({ id: link, bases }) =>
    Object.entries(before.get(link)?.bases ?? {})
      .filter(([field, base]) => base.apart === true && bases[field]?.apart !== true)
      .map(([field]) => ({ link, field })),
  );
}
