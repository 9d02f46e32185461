"use client";

import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { Background, ConnectionMode, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { cx } from "../ui/cx.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import { isSamePlace, type RowPlace, useCanvas, useCanvasStore } from "./canvas-state.ts";
import { DrawnLine } from "./edges/drawn-line.tsx";
import { FieldEdge } from "./edges/field-edge.tsx";
import { RibbonEdge } from "./edges/ribbon-edge.tsx";
import { useEditor } from "./editor-context.ts";
import { type CanvasNode, ENTITY_NODE, type Flow } from "./flow-types.ts";
import { standing } from "./gestures/neighbours.ts";
import { useCanvasKeys } from "./gestures/use-canvas-keys.ts";
import { useCanvasPointer } from "./gestures/use-canvas-pointer.ts";
import { useEdgePointer } from "./gestures/use-edge-pointer.ts";
import { useJoining } from "./gestures/use-joining.ts";
import { focusInspector } from "./inspector/focus-inspector.ts";
import { EntityNode } from "./nodes/entity-node.tsx";
import { SystemNode } from "./nodes/system-node.tsx";
import { useMarquee } from "./picks/use-marquee.ts";
import { TraceStyle, useTraced } from "./trace-style.tsx";
import { useArranging } from "./use-arranging.ts";
import { useFlow } from "./use-flow.ts";
import { type Layout, useLayout } from "./use-layout.ts";
import { useSettling } from "./use-settling.ts";
import { useView, ZOOM_MAX, ZOOM_MIN } from "./use-view.ts";
import type { Size } from "./viewport.ts";

const NODE_TYPES = { system: SystemNode, entity: EntityNode };
const EDGE_TYPES = { field: FieldEdge, ribbon: RibbonEdge };
const PRO = { hideAttribution: false };

/** Up to so many boxes all of them are drawn: then a screen reader finds them all, too. */
const ALL_DRAWN_BOXES_MAX = 12;

/** The entity of the editor as boxes and lines. */
export function Canvas() {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  return (
    <div ref={frame} className="relative min-h-0 min-w-0 flex-1 overflow-hidden bg-enamel">
      {size !== null && (
        <ReactFlowProvider>
          <Board size={size} />
        </ReactFlowProvider>
      )}
    </div>
  );
}

function useSize(frame: RefObject<HTMLDivElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) setSize({ width, height });
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [frame]);
  return size;
}

function Board({ size }: { size: Size }) {
  const { entity, readOnly } = useEditor();
  const store = useCanvasStore();
  const layout = useLayout(entity.id, readOnly === null);
  const flow = useFlow(layout.moved, layout.epoch);
  const nodes = useSettling(useDragged(flow, layout), layout.moves);
  useArranging(flow, layout);
  const toggle = ({ node, row }: RowPlace) =>
    store.getState().acts.toggle(node, row.replace(/^toggle:/, ""));
  const view = useView(entity.id, flow, size);
  const joining = useJoining();
  const pointer = useCanvasPointer({ joining, toggle, nodes: flow.nodes });
  const edges = useEdgePointer();
  const marquee = useMarquee();
  const keys = useCanvasKeys({
    ...{ nodes: flow.nodes, joining, toggle, focusInspector, goTo: view.goTo },
    move: (id, by) => {
      const node = flow.nodes.find((one) => one.id === id);
      if (node !== undefined) layout.moveBy(node, by);
    },
  });
  useStanding(flow);
  const traced = useTraced();
  const joins = useCanvas(({ armed }) => {
    if (armed === null) return undefined;
    return armed.node === ENTITY_NODE ? "system" : "field";
  });
  const { onConnectStart, onConnectEnd, onPaneClick, ...surface } = pointer;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the trees in the boxes have the roles
    <div className="absolute inset-0" onKeyDown={keys} {...surface} {...marquee.surface}>
      <TraceStyle fields={traced} />
      <MarqueeArea area={marquee.area} />
      <ReactFlow
        aria-label={`Map of ${entity.name}`}
        className={cx("map-canvas", traced !== "" && "is-tracing")}
        data-joins={joins}
        nodes={nodes}
        edges={flow.edges as Flow["edges"][number][]}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        connectionLineComponent={DrawnLine}
        connectionMode={ConnectionMode.Loose}
        connectOnClick={false}
        connectionDragThreshold={4}
        connectionRadius={0}
        defaultViewport={view.initial}
        minZoom={ZOOM_MIN}
        maxZoom={ZOOM_MAX}
        panOnScroll
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements={flow.nodes.length > ALL_DRAWN_BOXES_MAX}
        nodesConnectable={readOnly === null}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        proOptions={PRO}
        onNodesChange={layout.follow}
        onMove={(_event, viewport) => view.follow(viewport)}
        {...{ onConnectStart, onConnectEnd, onPaneClick, ...edges }}
      >
        <Background gap={24} size={1} />
        <CanvasControls
          {...{ ...view, putBack: layout.putBack }}
          tidy={() => layout.tidy(flow.nodes)}
        />
      </ReactFlow>
      <Spoken />
    </div>
  );
}

/** Boxes follow the pointer without the whole flow being made anew for every frame. */
function useDragged({ nodes }: Flow, { dragged }: Layout): CanvasNode[] {
  return useMemo(
    () =>
      nodes.map((node) => {
        const position = dragged.get(node.id);
        return position === undefined ? node : { ...node, position };
      }),
    [nodes, dragged],
  );
}

/** The rectangle whose rows are picked when the pointer is let go. */
function MarqueeArea({ area }: { area: DOMRectReadOnly | null }) {
  if (area === null) return null;
  const { left, top, width, height } = area;
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed z-10 border-2 border-focus bg-add-bg/40"
      style={{ left, top, width, height }}
    />
  );
}

/** Where the keyboard stood on a row that is hidden now, it goes to what is there in its place. */
function useStanding({ nodes }: Flow): void {
  const store = useCanvasStore();
  useEffect(() => {
    const { active } = store.getState();
    if (active === null) return;
    const place = standing(nodes, active);
    if (!isSamePlace(place, active)) store.setState({ active: place });
  }, [nodes, store]);
}

/** What screen readers are told. */
function Spoken() {
  const spoken = useCanvas((state) => state.spoken);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {spoken}
    </p>
  );
}
