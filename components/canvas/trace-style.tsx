"use client";

import { useEffect } from "react";
import type { MapDocument } from "../../server/core/map/document.ts";
import { type CanvasState, useCanvas, useCanvasStore } from "./canvas-state.ts";
import { useEditor } from "./editor-context.ts";
import { bindingOfNode, ENTITY_NODE } from "./flow-types.ts";

/** The fields on whose paths everything stands out now, with blanks between; "" is none. */
export function useTraced(): string {
  const { document } = useEditor();
  const store = useCanvasStore();
  const traced = useCanvas((state) => tracedFields(document, state).join(" "));
  // Boxes read it from the store.
  useEffect(() => store.setState({ traced }), [store, traced]);
  return traced;
}

/** What is under the pointer comes first; then what is chosen, until it is let go. */
function tracedFields(document: MapDocument, state: CanvasState): readonly string[] {
  const { hovered, hoveredEdge, selection } = state;
  if (hoveredEdge !== null) return fieldsOfEdge(document, hoveredEdge);
  if (hovered !== null) return fieldsOfRow(document, hovered.node, hovered.row);
  switch (selection.kind) {
    case "field":
      return [selection.field];
    case "edge":
      return fieldsOfEdge(document, `${selection.binding}/${selection.edge}`);
    default:
      return [];
  }
}

function fieldsOfRow(document: MapDocument, node: string, row: string): readonly string[] {
  if (node === ENTITY_NODE) return row.includes(":") || row === "header" ? [] : [row];
  const binding = document.bindings.find(({ id }) => id === bindingOfNode(node));
  const edges = binding?.edges.filter(({ columns }) => columns.includes(row)) ?? [];
  return edges.flatMap(({ fields }) => fields);
}

function fieldsOfEdge(document: MapDocument, key: string): readonly string[] {
  const [id, ...edge] = key.split("/");
  const binding = document.bindings.find((one) => one.id === id);
  return binding?.edges.find((one) => one.id === edge.join("/"))?.fields ?? [];
}

/** One rule that keeps the lines of these fields full while all others are faint. */
export function TraceStyle({ fields }: { fields: string }) {
  if (fields === "") return null;
  // Ids of fields are slugs: nothing in them could end the rule.
  const lines = fields
    .split(" ")
    .map((field) => `[data-trace~="${field}"]`)
    .join(", ");
  return <style>{`.map-canvas.is-tracing .react-flow__edge:is(${lines}) { --dimmed: 1; }`}</style>;
}
