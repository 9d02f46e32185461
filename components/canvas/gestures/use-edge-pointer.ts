"use client";

import type { EdgeMouseHandler } from "@xyflow/react";
import { useCanvasStore } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import type { CanvasEdge, FieldEdgeData } from "../flow-types.ts";

/** Lines by mouse, pen and finger: a press opens one, and over one its path stands out. */
export function useEdgePointer() {
  const store = useCanvasStore();
  const { select } = useEditor();
  const onEdgeClick: EdgeMouseHandler<CanvasEdge> = (_event, { data }) => {
    if (isLine(data)) select({ kind: "edge", binding: data.binding, edge: data.edge }, "mapping");
  };
  const onEdgeMouseEnter: EdgeMouseHandler<CanvasEdge> = (_event, { data }) => {
    if (isLine(data)) store.setState({ hoveredEdge: `${data.binding}/${data.edge}` });
  };
  const onEdgeMouseLeave = () => store.setState({ hoveredEdge: null });
  return { onEdgeClick, onEdgeMouseEnter, onEdgeMouseLeave };
}

function isLine(data: CanvasEdge["data"]): data is FieldEdgeData {
  return data !== undefined && "edge" in data;
}
