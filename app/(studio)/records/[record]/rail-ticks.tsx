import type { LogLine } from "../../../../server/core/audit/log-line.ts";
import { type RecordData, systemOf } from "./record-data.ts";

type RailTicksProps = {
  data: RecordData;
  lines: readonly LogLine[];
  /** Where on the rail a moment lies, from 0 to 1. */
  placeOf: (moment: string) => number;
  /** Where the shown moment lies. */
  at: number;
};

const HEIGHT = 24;
const WIDTH = 1_000;
/** Lines keep their width however wide the rail is drawn. */
const FIXED = "non-scaling-stroke";

/** The rail's drawing: a tick per change, and the shown moment as a bar. */
export function RailTicks({ data, lines, placeOf, at }: RailTicksProps) {
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
      className="size-full"
    >
      <path d={`M0 12h${WIDTH}`} stroke="var(--rule)" strokeWidth={2} vectorEffect={FIXED} />
      {lines.map((line) => (
        <path
          key={`${line.stream} ${line.number}`}
          d={`M${(placeOf(line.at) * WIDTH).toFixed(1)} 5v14`}
          stroke={colourOf(data, line)}
          strokeWidth={2}
          vectorEffect={FIXED}
        />
      ))}
      <path
        d={`M${(at * WIDTH).toFixed(1)} 0v${HEIGHT}`}
        stroke="var(--ink)"
        strokeWidth={4}
        vectorEffect={FIXED}
      />
    </svg>
  );
}

/** A system's own colour; people are ink. */
function colourOf(data: RecordData, { actor, system }: LogLine): string {
  const id = actor.startsWith("system:") ? actor.slice("system:".length) : system;
  const line = id === null || actor.startsWith("person:") ? undefined : systemOf(data, id)?.line;
  return line === undefined ? "var(--ink)" : `var(--line-${line})`;
}
