import "@xyflow/react/dist/style.css";
import type { Edge, Node, NodeProps } from "@xyflow/react";
import { Background, Controls, Handle, Position, ReactFlow } from "@xyflow/react";
import { createRoot } from "react-dom/client";

/**
 * The canvas that one writes first: each row with its two handles, each edge as it comes. What
 * ours is measured against, with the same boxes, rows and lines at the same places.
 */

type Box = { readonly name: string; readonly rows: readonly string[] };
type BoxNode = Node<Box, "box">;
export type Drawing = { readonly nodes: readonly BoxNode[]; readonly edges: readonly Edge[] };

function BoxWithRows({ data }: NodeProps<BoxNode>) {
  return (
    <div style={{ width: 288, background: "white", border: "1px solid #888", font: "13px sans" }}>
      <div className="box-title" style={{ height: 52, padding: 8 }}>
        {data.name}
      </div>
      {data.rows.map((row) => (
        <div key={row} style={{ position: "relative", height: 28, padding: "4px 8px" }}>
          <Handle type="source" id={`${row}-l`} position={Position.Left} />
          {row}
          <span style={{ float: "right" }}>text</span>
          <Handle type="source" id={`${row}-r`} position={Position.Right} />
        </div>
      ))}
    </div>
  );
}

const NODE_TYPES = { box: BoxWithRows };

const drawing: Drawing = await (await fetch("/drawing.json")).json();
const view = Object.fromEntries(new URLSearchParams(location.search));
const viewport = { x: Number(view["x"]), y: Number(view["y"]), zoom: Number(view["zoom"]) };
const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <div style={{ width: "100vw", height: "100vh" }}>
      <ReactFlow
        defaultNodes={[...drawing.nodes]}
        defaultEdges={[...drawing.edges]}
        nodeTypes={NODE_TYPES}
        defaultViewport={viewport}
        minZoom={0.08}
        connectionMode={"loose" as never}
        panOnScroll
      >
        <Background />
        <Controls />
      </ReactFlow>
    </div>,
  );
}
