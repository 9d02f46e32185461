"use client";

import type { ConnectionLineComponentProps } from "@xyflow/react";
import { TANGENT } from "../geometry.ts";

/** The line under way from a row to the pointer. */
export function DrawnLine({ fromX, fromY, toX, toY, fromPosition }: ConnectionLineComponentProps) {
  const way = fromPosition === "left" ? -1 : 1;
  const path = `M${fromX} ${fromY}C${fromX + way * TANGENT} ${fromY} ${toX - way * TANGENT} ${toY} ${toX} ${toY}`;
  return (
    <g>
      <path d={path} fill="none" stroke="var(--focus)" strokeWidth={2} strokeLinecap="round" />
      <circle cx={toX} cy={toY} r={4} fill="var(--focus)" />
    </g>
  );
}
