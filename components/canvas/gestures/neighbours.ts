import type { RowPlace } from "../canvas-state.ts";
import { type CanvasNode, ENTITY_NODE, systemNode } from "../flow-types.ts";
import { HEADER_ANCHOR } from "../geometry.ts";

export const MOVES = [
  ...(["up", "down", "left", "right", "first", "last", "box-before", "box-after"] as const),
] as const;
export type Move = (typeof MOVES)[number];

/** Which rows an edge joins: boxes and rows at its two ends. */
export type Wire = { readonly node: string; readonly column: string; readonly field: string };

/** A box with the rows that the keyboard can stand on, from top to bottom. */
type Stop = { readonly id: string; readonly x: number; readonly rows: readonly RowStop[] };
type RowStop = { readonly id: string; readonly y: number; readonly names: readonly string[] };

/**
 * Where a key leads from a row: up and down inside the box, left and right along an edge to its
 * other end (or to the row beside), box by box. Null: nowhere.
 */
export function neighbour(
  nodes: readonly CanvasNode[],
  wires: readonly Wire[],
  at: RowPlace,
  move: Move,
): RowPlace | null {
  const stops = stopsOf(nodes);
  const box = stops.find(({ id }) => id === at.node);
  if (box === undefined) return null;
  const index = box.rows.findIndex(({ id }) => id === at.row);
  const inBox = (to: number) => placeIn(box, to);
  switch (move) {
    case "up":
      return inBox(index - 1);
    case "down":
      return inBox(index + 1);
    case "first":
      return inBox(0);
    case "last":
      return inBox(box.rows.length - 1);
    case "box-before":
      return nextBox(stops, box, -1);
    case "box-after":
      return nextBox(stops, box, 1);
    default:
      return across(stops, box, wires, at, move);
  }
}

/** The first row, or the first that `text` begins, seen from after `at` round to it again. */
export function findRow(nodes: readonly CanvasNode[], at: RowPlace, text: string): RowPlace | null {
  const box = stopsOf(nodes).find(({ id }) => id === at.node);
  if (box === undefined) return null;
  const start = box.rows.findIndex(({ id }) => id === at.row);
  const order = box.rows.map(
    (_, turn) => (start + turn + (text.length > 1 ? 0 : 1)) % box.rows.length,
  );
  const wanted = text.toLowerCase();
  const found = order.find((place) =>
    box.rows[place]?.names.some((name) => name.toLowerCase().startsWith(wanted)),
  );
  return found === undefined ? null : placeIn(box, found);
}

/** Whether a place is a row that opens or closes others. */
export function isFold({ row }: RowPlace): boolean {
  return row.startsWith("toggle:");
}

/** The rows that a box shows, from top to bottom, without its head and its folds. */
export function rowsOfBox(nodes: readonly CanvasNode[], node: string): string[] {
  const box = nodes.find(({ id }) => id === node);
  return box?.data.items.flatMap(({ kind, id }) => (kind === "row" ? [id] : [])) ?? [];
}

/** The place itself where it is drawn; else the fold that hides it, or the head of its box. */
export function standing(nodes: readonly CanvasNode[], at: RowPlace): RowPlace | null {
  const box = nodes.find(({ id }) => id === at.node);
  if (box === undefined) return null;
  const { items } = box.data;
  if (at.row === HEADER_ANCHOR || items.some(({ id }) => id === at.row)) return at;
  const fold = items.find((item) => item.kind === "toggle" && item.hides.includes(at.row));
  return { node: at.node, row: fold?.id ?? HEADER_ANCHOR };
}

/** Where the keyboard begins: at the first field of the entity. */
export function firstPlace(nodes: readonly CanvasNode[]): RowPlace | null {
  const entity = stopsOf(nodes).find(({ id }) => id === ENTITY_NODE);
  return entity === undefined ? null : (placeIn(entity, 1) ?? placeIn(entity, 0));
}

function stopsOf(nodes: readonly CanvasNode[]): Stop[] {
  return nodes
    .map((node) => ({ id: node.id, x: node.position.x, rows: rowStops(node) }))
    .toSorted((a, b) => a.x - b.x || firstY(a) - firstY(b));
}

/** The header counts as a row: on it the box as a whole is opened. */
function rowStops(node: CanvasNode): RowStop[] {
  const top = node.position.y;
  const name = node.type === "system" ? node.data.system.name : node.data.name;
  const rows = node.data.items.flatMap((item): RowStop[] => {
    if (item.kind === "group") return [];
    const names = item.kind === "row" ? namesOf(item.id, item.row) : [item.label];
    return [{ id: item.id, y: top + item.top, names }];
  });
  return [{ id: HEADER_ANCHOR, y: top, names: [name] }, ...rows];
}

function firstY({ rows }: Stop): number {
  return rows[0]?.y ?? 0;
}

function namesOf(id: string, row: object): string[] {
  return "field" in row ? [(row.field as { name: string }).name, id] : [id];
}

function placeIn(box: Stop, index: number): RowPlace | null {
  const row = box.rows[index];
  return row === undefined ? null : { node: box.id, row: row.id };
}

function nextBox(stops: readonly Stop[], box: Stop, step: 1 | -1): RowPlace | null {
  const next = stops[stops.indexOf(box) + step];
  return next === undefined ? null : placeIn(next, 0);
}

function across(
  stops: readonly Stop[],
  box: Stop,
  wires: readonly Wire[],
  at: RowPlace,
  move: "left" | "right",
): RowPlace | null {
  const beyond = stops.filter(({ x }) => (move === "left" ? x < box.x : x > box.x));
  const ends = otherEnds(wires, at).filter(({ node }) => beyond.some(({ id }) => id === node));
  const [end] = ends;
  if (end !== undefined) return end;
  const here = box.rows.find(({ id }) => id === at.row)?.y ?? 0;
  const nearest = beyond
    .filter(({ rows }) => rows.length > 0)
    .toSorted((a, b) => Math.abs(a.x - box.x) - Math.abs(b.x - box.x));
  const column = nearest.filter(({ x }) => x === nearest[0]?.x);
  const rows = column.flatMap(({ id, rows: own }) => own.map((row) => ({ node: id, row })));
  const [best] = rows.toSorted((a, b) => Math.abs(a.row.y - here) - Math.abs(b.row.y - here));
  return best === undefined ? null : { node: best.node, row: best.row.id };
}

/** The rows at the other ends of a row's edges. */
export function otherEnds(wires: readonly Wire[], at: RowPlace): RowPlace[] {
  if (at.node === ENTITY_NODE) {
    return wires
      .filter(({ field }) => field === at.row)
      .map(({ node, column }) => ({ node, row: column }));
  }
  return wires
    .filter(({ node, column }) => node === at.node && column === at.row)
    .map(({ field }) => ({ node: ENTITY_NODE, row: field }));
}

/** Every pair of rows that an edge of the entity's bindings joins. */
export function wiresOf(
  bindings: readonly {
    readonly id: string;
    readonly edges: readonly {
      readonly columns: readonly string[];
      readonly fields: readonly string[];
    }[];
  }[],
): Wire[] {
  return bindings.flatMap(({ id, edges }) =>
    edges.flatMap(({ columns, fields }) =>
      columns.flatMap((column) => fields.map((field) => ({ node: systemNode(id), column, field }))),
    ),
  );
}
