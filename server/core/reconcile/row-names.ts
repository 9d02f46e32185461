import type { BindingId, LinkId, RecordId } from "../ids.ts";
import type { RowNaming } from "../mapping/row-naming.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import type { LinkState } from "./state.ts";

/** Whose row has a name; without a link where it is the row's own key, which no two have. */
export type NameHolder = { readonly link: LinkId | null; readonly record: RecordId };

/** A name of a row, as it is looked for. */
export type RowName = { readonly space: string; readonly name: string };

/** The names of a link's row by which others may refer to it; none, where it is nobody's now. */
export function namesOf(
  { namings }: Pick<BindingRules, "namings">,
  { state, columns }: Pick<LinkState, "state" | "columns">,
): RowName[] {
  if (state !== "live") return [];
  return namings.flatMap((naming) => {
    const name = nameOf(naming, columns);
    return name === null ? [] : [{ space: naming.space, name }];
  });
}

function nameOf(naming: RowNaming, columns: LinkState["columns"]): string | null {
  const name = naming.nameOf(columns) ?? null;
  return name === null ? null : naming.keyOf(name);
}

/** The names that a row has given up, and those that it has got. */
export function namesMoved(
  rules: Pick<BindingRules, "namings">,
  before: LinkState | undefined,
  link: LinkState,
): { readonly left: readonly RowName[]; readonly got: readonly RowName[] } {
  if (rules.namings.length === 0) return NOTHING;
  const was = before === undefined ? [] : namesOf(rules, before);
  const is = namesOf(rules, link);
  const isIn = (all: readonly RowName[]) => (one: RowName) =>
    all.some(({ space, name }) => space === one.space && name === one.name);
  return {
    left: was.filter((one) => !isIn(is)(one)),
    got: is.filter((one) => !isIn(was)(one)),
  };
}

const NOTHING = { left: [], got: [] };

/** By `rowKey` of space and name: notes what a link has got and given up, for who looks next. */
export function followNames(
  named: Map<string, Map<LinkId, boolean>>,
  { bindings }: { readonly bindings: ReadonlyMap<BindingId, Pick<BindingRules, "namings">> },
  before: LinkState | undefined,
  link: LinkState,
): void {
  const rules = bindings.get(link.binding);
  if (rules === undefined || rules.namings.length === 0) return;
  const { left, got } = namesMoved(rules, before, link);
  const note = ({ space, name }: RowName, has: boolean) => {
    const key = `${space}\n${name}`;
    const moved = named.get(key) ?? new Map<LinkId, boolean>();
    named.set(key, moved.set(link.id, has));
  };
  for (const name of left) note(name, false);
  for (const name of got) note(name, true);
}
