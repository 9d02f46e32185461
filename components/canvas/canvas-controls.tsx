"use client";

import { Panel } from "@xyflow/react";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Popover } from "../ui/popover.tsx";
import { ToolRow } from "../ui/tool-row.tsx";
import { EDGE_LOOKS, EDGE_MEANINGS, type EdgeLook } from "./edge-meaning.ts";

type ControlsProps = {
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  tidy: () => void;
  /** Takes back what was put in order or in a line; null where nothing was. */
  putBack: (() => void) | null;
};

/** Nearer, farther, all of it, in order again; and what the lines mean. */
export function CanvasControls({ zoomIn, zoomOut, fit, tidy, putBack }: ControlsProps) {
  return (
    <Panel position="bottom-left" className="flex items-center gap-2">
      <ToolRow label="View" className="floating flex p-0.5 shadow-none">
        <IconButton icon="minus" label="Zoom out" keys="-" size="sm" onClick={zoomOut} />
        <IconButton icon="plus" label="Zoom in" keys="+" size="sm" onClick={zoomIn} />
        <IconButton icon="fit" label="Show everything" keys="f" size="sm" onClick={fit} />
        <IconButton icon="grid" label="Put the boxes in order" size="sm" onClick={tidy} />
        {putBack !== null && (
          <IconButton icon="undo" label="Put the boxes back" size="sm" onClick={putBack} />
        )}
      </ToolRow>
      <Popover
        side="top"
        title="What the lines mean"
        trigger={
          <Button size="sm" className="max-md:hidden">
            Legend
          </Button>
        }
      >
        <Legend />
      </Popover>
    </Panel>
  );
}

function Legend() {
  return (
    <ul className="flex flex-col gap-1.5">
      {EDGE_MEANINGS.map((meaning) => (
        <LegendLine key={meaning} look={EDGE_LOOKS[meaning]} words={EDGE_LOOKS[meaning].words} />
      ))}
      <LegendLine look={DRAFT_LOOK} words="Added in the draft" stroke="var(--add)" dash="4 3" />
      <LegendLine look={THIN_LOOK} words="Removed in the draft" stroke="var(--rem)" />
    </ul>
  );
}

const DRAFT_LOOK: EdgeLook = { ...EDGE_LOOKS["owner-both"], atField: "none", atSystem: "none" };
const THIN_LOOK: EdgeLook = { ...DRAFT_LOOK, width: 1 };

type LegendLineProps = { look: EdgeLook; words: string; stroke?: string; dash?: string };

/** A line as it is drawn from a system at the left to the field at the right. */
function LegendLine({ look, words, stroke, dash }: LegendLineProps) {
  const tones = { line: "var(--line-1)", ink: "var(--ink-2)", rule: "var(--rule-strong)" };
  const colour = stroke ?? tones[look.tone];
  const chevron = { fill: "none", stroke: colour, strokeWidth: 2 } as const;
  return (
    <li className="flex items-center gap-3 type-small">
      <svg width={56} height={16} aria-hidden className="shrink-0" opacity={look.opacity}>
        <path
          d="M4 8H52"
          stroke={colour}
          strokeWidth={look.width}
          strokeDasharray={dash}
          fill="none"
        />
        {look.atSystem === "chevron" && <path d="M9 4L4 8L9 12" {...chevron} />}
        {look.atField === "chevron" && <path d="M47 4L52 8L47 12" {...chevron} />}
        {look.atField === "dot" && <circle cx={50} cy={8} r={3} fill={colour} />}
      </svg>
      {words}
    </li>
  );
}
