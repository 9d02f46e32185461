import type { Binding, Entity, MapDocument } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import type { CopiedLine } from "../../../server/core/map/edits/paste-lines.ts";
import { decidedOf } from "../../../server/core/map/groups.ts";
import { isSamePlace, type RowPlace } from "../canvas-state.ts";
import { bindingOfNode, ENTITY_NODE, systemNode } from "../flow-types.ts";
import { HEADER_ANCHOR } from "../geometry.ts";

/** Rows and boxes that something is done with together, in the order in which they were picked. */
export type Picks = readonly RowPlace[];

/** How a picked row is drawn: by a bar too, for it is known by more than its colour. */
export const PICKED = "bg-add-bg shadow-[inset_3px_0_0_var(--focus)]";

export function isPicked(picks: Picks, place: RowPlace): boolean {
  return picks.some((one) => isSamePlace(one, place));
}

/** Picks a place, or lets it go where it was picked. */
export function toggled(picks: Picks, place: RowPlace): Picks {
  const rest = picks.filter((one) => !isSamePlace(one, place));
  return rest.length < picks.length ? rest : [...picks, place];
}

/** Picks more places, each once. */
export function withPicks(picks: Picks, places: readonly RowPlace[]): Picks {
  return [...picks, ...places.filter((place) => !isPicked(picks, place))];
}

/** The rows of one box from one to another, both among them; only `to` where they are of two. */
export function rowsBetween(rows: readonly string[], from: RowPlace | null, to: RowPlace): Picks {
  const start = from?.node === to.node ? rows.indexOf(from.row) : -1;
  const end = rows.indexOf(to.row);
  if (start < 0 || end < 0) return [to];
  const [first, last] = start < end ? [start, end] : [end, start];
  return rows.slice(first, last + 1).map((row) => ({ node: to.node, row }));
}

/** Places that a document still has: what was removed meanwhile cannot be meant. */
export function standingPicks(document: MapDocument, entity: Entity, picks: Picks): Picks {
  return picks.filter(({ node, row }) => {
    if (node === ENTITY_NODE) {
      return row === HEADER_ANCHOR || entity.fields.some(({ id }) => id === row);
    }
    return document.bindings.some(({ id }) => id === bindingOfNode(node));
  });
}

/**
 * The lines that lead to or come from picked rows, each once, in the order of the map. A system's
 * box stands for all of its lines.
 */
export function pickedLines(document: MapDocument, entity: Entity, picks: Picks): CopiedLine[] {
  return document.bindings
    .filter((binding) => binding.entity === entity.id)
    .flatMap((binding) =>
      binding.edges
        .filter((edge) => isOfPicks(picks, binding, edge))
        .map((edge) => ({ binding: binding.id, edge })),
    );
}

function isOfPicks(picks: Picks, { id }: Binding, edge: Binding["edges"][number]): boolean {
  return picks.some(({ node, row }) => {
    if (node === ENTITY_NODE) return edge.fields.includes(row);
    return node === systemNode(id) && (row === HEADER_ANCHOR || edge.columns.includes(row));
  });
}

/** The fields that were picked, or that picked columns lead to, in the order of the entity. */
export function pickedFields(document: MapDocument, entity: Entity, picks: Picks): string[] {
  const own = picks.filter(({ node }) => node === ENTITY_NODE).map(({ row }) => row);
  const columns = picks.filter(({ node }) => node !== ENTITY_NODE);
  const led = pickedLines(document, entity, columns).flatMap(({ edge }) => edge.fields);
  const all = new Set([...own, ...led]);
  return entity.fields.filter(({ id }) => all.has(id)).map(({ id }) => id);
}

/** What says who decides the picked fields: each by itself, or its group. */
export function pickedDecided(entity: Entity, fields: readonly string[]) {
  return decidedOf(entity).filter((decided) => decided.fields.some((id) => fields.includes(id)));
}

/** Takes lines away as one edit; null where there is none. */
export function unmapping(lines: readonly CopiedLine[]): Edit | null {
  if (lines.length === 0) return null;
  const label = `Unmap ${lines.length === 1 ? "1 line" : `${lines.length} lines`}`;
  const edits = lines.map(
    ({ binding, edge }): Edit => ({ type: "disconnect", binding, edge: edge.id }),
  );
  return { type: "batch", label, edits };
}

/** "3 rows", "2 boxes and 1 row" */
export function picksWords(picks: Picks): string {
  const boxes = picks.filter(({ row }) => row === HEADER_ANCHOR).length;
  const rows = picks.length - boxes;
  const parts = [
    ...(boxes === 0 ? [] : [boxes === 1 ? "1 box" : `${boxes} boxes`]),
    ...(rows === 0 ? [] : [rows === 1 ? "1 row" : `${rows} rows`]),
  ];
  return parts.join(" and ");
}
