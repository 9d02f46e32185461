import type { Binding, Entity, Field, MapDocument } from "../../server/core/map/document.ts";
import { groupOf } from "../../server/core/map/groups.ts";
import type { Selection } from "./selection.ts";

/** What of a map is looked at. A lens hides and folds; nothing of the map changes by it. */
export type Lens = {
  /** Only fields that some bound object does not have, and columns that lead to no field. */
  readonly unmappedOnly: boolean;
  /** Groups of fields that are decided together, by id, that are one row now. */
  readonly folded: readonly string[];
};

export const WHOLE: Lens = { unmappedOnly: false, folded: [] };

type Bound = { readonly document: MapDocument; readonly entity: Entity };

export function bindingsOf({ document, entity }: Bound): Binding[] {
  return document.bindings.filter((binding) => binding.entity === entity.id);
}

/** The fields that every bound object has: nothing is left to be joined with them. */
export function completeFields(bound: Bound): ReadonlySet<string> {
  const [first, ...others] = bindingsOf(bound).map(
    ({ edges }) => new Set(edges.flatMap(({ fields }) => fields)),
  );
  return new Set([...(first ?? [])].filter((id) => others.every((fields) => fields.has(id))));
}

/** The columns of an object that lead to some field. */
export function mappedColumns({ edges }: Binding): ReadonlySet<string> {
  return new Set(edges.flatMap(({ columns }) => columns));
}

/** How much "unmapped only" hides of the fields, and of the columns of all objects. */
export function hiddenCounts(bound: Bound): { readonly fields: number; readonly columns: number } {
  return {
    fields: completeFields(bound).size,
    columns: bindingsOf(bound).reduce((sum, binding) => sum + mappedColumns(binding).size, 0),
  };
}

/** The lens with a group folded, or unfolded where it was. */
export function withFold(lens: Lens, group: string): Lens {
  const rest = lens.folded.filter((id) => id !== group);
  const isFolded = rest.length < lens.folded.length;
  return { ...lens, folded: isFolded ? rest : [...rest, group] };
}

/** The lens under which a selection can be seen, as near as can be to the one that there is. */
export function lensThatShows(bound: Bound, lens: Lens, selection: Selection): Lens {
  const fields = fieldsOf(bound, selection);
  const hides =
    selection.kind === "edge" || fields.some((field) => completeFields(bound).has(field));
  const groups = fields.map((field) => groupOf(bound.entity, field)?.id);
  return {
    unmappedOnly: lens.unmappedOnly && !hides,
    folded: lens.folded.filter((id) => !groups.includes(id)),
  };
}

function fieldsOf({ document }: Bound, selection: Selection): readonly string[] {
  if (selection.kind === "field") return [selection.field];
  if (selection.kind !== "edge") return [];
  const binding = document.bindings.find(({ id }) => id === selection.binding);
  return binding?.edges.find(({ id }) => id === selection.edge)?.fields ?? [];
}

/** The field whose place all fields have that are decided together: the first of them. */
export function leaderOf(entity: Entity, field: Field): Field {
  const together = groupOf(entity, field.id)?.fields ?? [];
  return entity.fields.find(({ id }) => together.includes(id)) ?? field;
}
