import type { Entity, MapDocument } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import type { RowPlace } from "../canvas-state.ts";
import { bindingOfNode, ENTITY_NODE } from "../flow-types.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import { NOTHING, type Selection } from "../selection.ts";

/** What a row is about: what is shown when it is opened. */
export function selectionOf(document: MapDocument, { node, row }: RowPlace): Selection {
  const binding = bindingOfNode(node);
  if (binding === null) return row === HEADER_ANCHOR ? NOTHING : { kind: "field", field: row };
  if (row === HEADER_ANCHOR) return { kind: "binding", binding };
  const edges = document.bindings.find(({ id }) => id === binding)?.edges ?? [];
  const edge = edges.find(({ columns }) => columns.includes(row));
  return edge === undefined
    ? { kind: "column", binding, column: row }
    : { kind: "edge", binding, edge: edge.id };
}

/** The row that a selection is about; null for the entity as a whole. */
export function placeOf(document: MapDocument, selection: Selection): RowPlace | null {
  switch (selection.kind) {
    case "field":
      return { node: ENTITY_NODE, row: selection.field };
    case "column":
      return { node: `binding:${selection.binding}`, row: selection.column };
    case "binding":
      return { node: `binding:${selection.binding}`, row: HEADER_ANCHOR };
    case "edge": {
      const binding = document.bindings.find(({ id }) => id === selection.binding);
      const edge = binding?.edges.find(({ id }) => id === selection.edge);
      const [column] = edge?.columns ?? [];
      return column === undefined ? null : { node: `binding:${selection.binding}`, row: column };
    }
    default:
      return null;
  }
}

/** The field that a row or selection is about first; null where there is none. */
export function fieldOf(document: MapDocument, entity: Entity, selection: Selection) {
  const id = fieldIdOf(document, selection);
  return entity.fields.find((field) => field.id === id) ?? null;
}

function fieldIdOf(document: MapDocument, selection: Selection): string | undefined {
  if (selection.kind === "field") return selection.field;
  if (selection.kind !== "edge") return undefined;
  const binding = document.bindings.find(({ id }) => id === selection.binding);
  return binding?.edges.find(({ id }) => id === selection.edge)?.fields[0];
}

/** One edit for each line of a row that would take it away. */
export function linesAt(document: MapDocument, { node, row }: RowPlace): Edit[] {
  const binding = bindingOfNode(node);
  return document.bindings
    .filter(({ id }) => binding === null || id === binding)
    .flatMap(({ id, edges }) =>
      edges
        .filter(({ columns, fields }) => (binding === null ? fields : columns).includes(row))
        .map((edge): Edit => ({ type: "disconnect", binding: id, edge: edge.id })),
    );
}
