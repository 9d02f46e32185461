import type { Entity, MapDocument } from "../../server/core/map/document.ts";
import { BOX_GAP, COLUMN_GAP, ENTITY_WIDTH, SYSTEM_WIDTH } from "./geometry.ts";

export type Side = "left" | "right";

/** On which side each binding's box stands, from top to bottom, and where each column begins. */
export type Arrangement = Readonly<Record<Side, readonly string[]>> & {
  readonly top: Readonly<Record<Side, number>>;
};

export type Point = { readonly x: number; readonly y: number };

/**
 * Puts the boxes of an entity into two columns, by turns, so that a box keeps its side from day to
 * day; each column is ordered by where its lines lead (barycentre), so that few of them cross, and
 * has its middle beside the entity's.
 * @param heights of the boxes, by binding
 * @param entityHeight of the box in the middle
 */
export function arrange(
  document: MapDocument,
  entity: Entity,
  heights: ReadonlyMap<string, number>,
  entityHeight: number,
): Arrangement {
  const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
  const sides: Record<Side, string[]> = { left: [], right: [] };
  for (const [at, { id }] of bindings.entries()) sides[at % 2 === 0 ? "left" : "right"].push(id);
  const order = new Map(bindings.map((binding) => [binding.id, barycentre(entity, binding)]));
  const byOrder = (a: string, b: string) => (order.get(a) ?? 0) - (order.get(b) ?? 0);
  const [left, right] = [sides.left.toSorted(byOrder), sides.right.toSorted(byOrder)];
  const top = (ids: readonly string[]) =>
    Math.round((entityHeight - Math.max(0, heightOf(ids, heights) - BOX_GAP)) / 2);
  return { left, right, top: { left: top(left), right: top(right) } };
}

/**
 * The arrangement for a map that has changed since: boxes stay on their side and in their order,
 * new ones come last in the shorter column. A person's picture of the canvas must not jump.
 */
export function keepArranged(
  before: Arrangement,
  document: MapDocument,
  entity: Entity,
  heights: ReadonlyMap<string, number>,
): Arrangement {
  const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
  const ids = new Set(bindings.map(({ id }) => id));
  const left = before.left.filter((id) => ids.has(id));
  const right = before.right.filter((id) => ids.has(id));
  for (const { id } of bindings) {
    if (left.includes(id) || right.includes(id)) continue;
    const isLeftShorter = heightOf(left, heights) <= heightOf(right, heights);
    (isLeftShorter ? left : right).push(id);
  }
  return { left, right, top: before.top };
}

function heightOf(ids: readonly string[], heights: ReadonlyMap<string, number>): number {
  return ids.reduce((sum, id) => sum + (heights.get(id) ?? 0) + BOX_GAP, 0);
}

/** The mean place of the fields that a binding's edges lead to. */
function barycentre(entity: Entity, binding: MapDocument["bindings"][number]): number {
  const places = binding.edges
    .flatMap(({ fields }) => fields.map((id) => entity.fields.findIndex((one) => one.id === id)))
    .filter((place) => place >= 0);
  if (places.length === 0) return entity.fields.length;
  return places.reduce((sum, place) => sum + place, 0) / places.length;
}

/** The upper left corner of every box; the entity's is at the origin. */
export function placeBoxes(
  arrangement: Arrangement,
  heights: ReadonlyMap<string, number>,
): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  const columns: Record<Side, number> = {
    left: -(SYSTEM_WIDTH + COLUMN_GAP),
    right: ENTITY_WIDTH + COLUMN_GAP,
  };
  for (const side of ["left", "right"] as const) {
    let y = arrangement.top[side];
    for (const id of arrangement[side]) {
      places.set(id, { x: columns[side], y });
      y += (heights.get(id) ?? 0) + BOX_GAP;
    }
  }
  return places;
}
