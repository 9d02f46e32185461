import type { Binding } from "../../../server/core/map/document.ts";
import { ENTITY_NODE, systemNode } from "../flow-types.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import type { GridRow } from "../grid/grid-rows.ts";
import type { At } from "../grid/use-grid-keys.ts";
import { type Picks, withPicks } from "./picks.ts";

type Grid = { readonly rows: readonly GridRow[]; readonly bindings: readonly Binding[] };

/** The rows and boxes of the canvas that a cell of the grid stands for. */
export function placesOfCell({ rows, bindings }: Grid, at: At): Picks {
  const row = rows[at.row - 1];
  const binding = bindings[at.column - 1];
  if (binding === undefined) return fieldsOf(row).map((id) => ({ node: ENTITY_NODE, row: id }));
  const node = systemNode(binding.id);
  if (at.row === 0) return [{ node, row: HEADER_ANCHOR }];
  return columnsOf(row, binding).map((name) => ({ node, row: name }));
}

function fieldsOf(row: GridRow | undefined): string[] {
  if (row?.kind === "field") return [row.field.id];
  return row?.kind === "group" ? row.fields.map(({ id }) => id) : [];
}

function columnsOf(row: GridRow | undefined, binding: Binding): string[] {
  if (row?.kind === "columns") return [row.columns[binding.id] ?? []].flat();
  const fields = fieldsOf(row);
  return binding.edges
    .filter((edge) => edge.fields.some((id) => fields.includes(id)))
    .flatMap(({ columns }) => columns);
}

/** Everything in the rectangle between two cells, both among them. */
export function placesBetween(grid: Grid, from: At, to: At): Picks {
  const span = (a: number, b: number) =>
    Array.from({ length: Math.abs(a - b) + 1 }, (_, step) => Math.min(a, b) + step);
  const cells = span(from.row, to.row).flatMap((row) =>
    span(from.column, to.column).map((column) => ({ row, column })),
  );
  const none: Picks = [];
  return cells.reduce((all, cell) => withPicks(all, placesOfCell(grid, cell)), none);
}
