"use client";

import { type EdgeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { ribbonWidth } from "../edge-meaning.ts";
import type { Ribbon } from "../flow-types.ts";
import { cubicOf, cubicPath, pointAt } from "./line-path.ts";

/** All edges of a box as one ribbon: from afar only how many, and whose. */
export const RibbonEdge = memo(function RibbonEdge(props: EdgeProps<Ribbon>) {
  const { data, sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition } = props;
  if (data === undefined) return null;
  const way = (position: Position) => (position === Position.Right ? 1 : -1);
  const line = cubicOf({
    from: { x: sourceX, y: sourceY, way: way(sourcePosition) },
    to: { x: targetX, y: targetY, way: way(targetPosition) },
    ...{ atFrom: "none", atTo: "none", failing: null },
  });
  const { x, y } = pointAt(line, 0.5);
  const fields = data.edges === 1 ? "1 field" : `${data.edges} fields`;
  const conflicts = data.conflicts === 1 ? "1 conflict" : `${data.conflicts} conflicts`;
  return (
    <g>
      <path
        className="line"
        d={cubicPath(line)}
        stroke={data.line === null ? "var(--ink-2)" : `var(--line-${data.line})`}
        strokeWidth={ribbonWidth(data.edges)}
      />
      <text
        {...{ x, y: y - 14, textAnchor: "middle", fill: "var(--ink)" }}
        {...{ fontFamily: "var(--font-sans)", fontSize: 24, fontWeight: 600 }}
        {...{ stroke: "var(--enamel)", strokeWidth: 6, paintOrder: "stroke" }}
      >
        {data.conflicts === 0 ? fields : `${fields}, ${conflicts}`}
      </text>
    </g>
  );
});
