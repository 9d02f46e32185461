"use client";

import { EdgeLabelRenderer, type EdgeProps, Position } from "@xyflow/react";
import { type CSSProperties, memo, type ReactNode } from "react";
import { useCanvas } from "../canvas-state.ts";
import { EDGE_LOOKS, type EdgeLook, type LineEnd, strokeOf } from "../edge-meaning.ts";
import type { FieldEdgeData, FieldLine } from "../flow-types.ts";
import { TraceLabel } from "../sample/trace-label.tsx";
import {
  type Cubic,
  chevronPath,
  crossAt,
  cubicOf,
  cubicPath,
  dotAt,
  type LineAt,
  pointAt,
} from "./line-path.ts";
import { stepGlyph } from "./step-glyph.ts";

/** Width of what answers the pointer around a line, in px. */
const HIT_PX = 14;

/** A line between a column and a field. Weight, ends and gaps say what it means. */
export const FieldEdge = memo(function FieldEdge(props: EdgeProps<FieldLine>) {
  const { data } = props;
  if (data === undefined) return null;
  return <Drawn {...props} data={data} />;
});

type DrawnProps = EdgeProps<FieldLine> & { data: FieldEdgeData };

function Drawn({ data, ...ends }: DrawnProps) {
  const key = `${data.binding}/${data.edge}`;
  const isSelected = useCanvas(
    ({ selection }) =>
      selection.kind === "edge" && `${selection.binding}/${selection.edge}` === key,
  );
  const isLit = useCanvas((state) => state.hoveredEdge === key) || isSelected;
  const showsSteps = useCanvas((state) => state.showsSteps);
  const isTraced = useCanvas(({ traced }) => isOnPath(data.fields, traced));
  const trace = useCanvas((state) => (isTraced ? state.sample.traces[key] : undefined));
  const look = data.change === "removed" ? REMOVED : EDGE_LOOKS[data.meaning];
  const { from, to } = endsOf(ends);
  const failing = data.failing === null ? null : FAILS_AT[data.failing];
  const line = cubicOf({ from, to, atFrom: look.atSystem, atTo: look.atField, failing });
  const path = cubicPath(line);
  const stroke = colourOf(data, look);
  const middle = pointAt(line, 0.5);
  return (
    <g>
      {isLit && (
        <path className="line" d={path} stroke="var(--focus)" strokeWidth={8} opacity={0.25} />
      )}
      <g {...faintness(data, look)}>
        <Line {...{ path, look, stroke, data }} />
        <End at={from} end={look.atSystem} stroke={stroke} />
        <End at={to} end={look.atField} stroke={stroke} />
      </g>
      {data.change === "removed" && <Strike line={line} />}
      {failing !== null && <Cross at={failing === "from" ? from : to} />}
      <path
        className="react-flow__edge-interaction"
        d={path}
        fill="none"
        strokeOpacity={0}
        strokeWidth={HIT_PX}
      />
      {showsSteps && <Chips steps={data.steps} {...middle} stroke={stroke} />}
      {data.isSuggested && <Suggested {...pointAt(line, 0.22)} />}
      {data.conflicts > 0 && (
        <Lozenge
          count={data.conflicts}
          {...pointAt(line, 0.84 - 0.14 * Math.min(data.conflictPlace, 4))}
        />
      )}
      {trace !== undefined && data.steps.length > 0 && (
        <EdgeLabelRenderer>
          <TraceLabel trace={trace} {...middle} />
        </EdgeLabelRenderer>
      )}
    </g>
  );
}

function isOnPath(fields: readonly string[], traced: string): boolean {
  return traced !== "" && traced.split(" ").some((field) => fields.includes(field));
}

const FAILS_AT = { system: "from", field: "to" } as const;

const REMOVED: EdgeLook = {
  ...{ width: 1, tone: "rule", opacity: 1, atSystem: "none", atField: "none" },
  words: "Removed in the draft",
};

function colourOf({ change, line }: FieldEdgeData, look: EdgeLook): string {
  if (change === "removed") return "var(--rem)";
  return change === "added" ? "var(--add)" : strokeOf(look, line);
}

function endsOf(ends: Omit<DrawnProps, "data">): { from: LineAt; to: LineAt } {
  const { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition } = ends;
  return {
    from: { x: sourceX, y: sourceY, way: sourcePosition === Position.Right ? 1 : -1 },
    to: { x: targetX, y: targetY, way: targetPosition === Position.Right ? 1 : -1 },
  };
}

/**
 * A group that is faint as a whole is drawn apart first, as large as it is: a thousand lines that
 * lead out of sight took a fifth of a second each time. Strokes that are faint are just drawn.
 */
function faintness({ change }: FieldEdgeData, { opacity }: EdgeLook) {
  // A changed line is hollow: one stroke upon another, which must not show through.
  if (change === "changed") return { opacity };
  return { className: "strokes", style: { "--faint": opacity } as CSSProperties };
}

type LineProps = { path: string; look: EdgeLook; stroke: string; data: FieldEdgeData };

function Line({ path, look, stroke, data }: LineProps): ReactNode {
  const { change, isDashed } = data;
  if (change === "changed") {
    return (
      <>
        <path className="line" d={path} stroke={stroke} strokeWidth={look.width + 3} />
        <path className="line" d={path} stroke="var(--enamel)" strokeWidth={look.width} />
      </>
    );
  }
  return (
    <path
      className="line"
      d={path}
      stroke={stroke}
      strokeWidth={look.width}
      strokeDasharray={isDashed ? "4 3" : undefined}
    />
  );
}

function End({ at, end, stroke }: { at: LineAt; end: LineEnd; stroke: string }) {
  if (end === "none") return null;
  if (end === "dot") return <circle cx={dotAt(at)} cy={at.y} r={3} fill={stroke} />;
  return <path className="end" d={chevronPath(at)} stroke={stroke} strokeWidth={2} />;
}

/** The tick across a line that the draft removes. */
function Strike({ line }: { line: Cubic }) {
  const { x, y } = pointAt(line, 0.5);
  return (
    <path
      className="end"
      d={`M${x - 5} ${y + 6}L${x + 5} ${y - 6}`}
      stroke="var(--rem)"
      strokeWidth={2}
    />
  );
}

/** The square with a cross at the end where values do not get through. */
function Cross({ at }: { at: LineAt }) {
  const x = crossAt(at);
  return (
    <g>
      <rect x={x - 5} y={at.y - 5} width={10} height={10} fill="var(--fail)" />
      <path
        d={`M${x - 2.5} ${at.y - 2.5}l5 5m0-5l-5 5`}
        stroke="var(--panel)"
        strokeWidth={1.5}
        fill="none"
      />
    </g>
  );
}

type ChipsProps = { steps: FieldEdgeData["steps"]; x: number; y: number; stroke: string };

/** The steps of an edge as chips on its middle. */
function Chips({ steps, x, y, stroke }: ChipsProps) {
  if (steps.length === 0) return null;
  const shown = steps.slice(0, 3);
  const left = x - (shown.length * 18 - 2) / 2;
  return shown.map((step, at) => (
    // Two steps of one kind differ by their place alone.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <g key={at} transform={`translate(${left + at * 18} ${y - 8})`}>
      <title>{step.title}</title>
      <rect width={16} height={16} rx={3} fill="var(--panel)" stroke={stroke} strokeWidth={1.5} />
      <text
        x={8}
        y={11.5}
        textAnchor="middle"
        fill="var(--ink)"
        fontFamily="var(--font-mono)"
        fontSize={10}
        fontWeight={700}
      >
        {at === 2 && steps.length > 3 ? "…" : stepGlyph(step.transform)}
      </text>
    </g>
  ));
}

/** The line was suggested and nobody has confirmed it: near its column, which says so, too. */
function Suggested({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x - 8} ${y - 8})`}>
      <title>Suggested: nobody has confirmed it</title>
      <rect
        width={16}
        height={16}
        rx={3}
        fill="var(--panel)"
        stroke="var(--ink-2)"
        strokeDasharray="3 2"
      />
      <text
        x={8}
        y={11.5}
        textAnchor="middle"
        fill="var(--ink)"
        fontFamily="var(--font-mono)"
        fontSize={10}
        fontWeight={700}
      >
        ?
      </text>
    </g>
  );
}

/** Open questions that this system has a candidate in. */
function Lozenge({ count, x, y }: { count: number; x: number; y: number }) {
  const text = count > 99 ? "99+" : String(count);
  const half = 6 + text.length * 3;
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        d={`M${-half - 5} 0L${-half + 3} -8H${half - 3}L${half + 5} 0L${half - 3} 8H${-half + 3}Z`}
        fill="var(--conflict)"
      />
      <text
        y={4}
        textAnchor="middle"
        fill="var(--on-line)"
        fontFamily="var(--font-mono)"
        fontSize={11}
        fontWeight={700}
      >
        {text}
      </text>
    </g>
  );
}
