"use client";

import { Progress as Base } from "@base-ui/react/progress";
import { formatCount } from "./count.tsx";

type ProgressProps = {
  /** What is going on: "Reading products". */
  label: string;
  done: number;
  /** Null while nobody knows how many there are. */
  total: number | null;
  /** "about 2 to 4 min left", "waiting for the rate limit until 14:10". */
  note?: string | undefined;
};

/**
 * How far a piece of work is: counts before bars, and no bar where the end is unknown.
 *
 * <Progress label="Reading products" done={1200} total={5000} note="about 1 min left" />
 */
export function Progress({ label, done, total, note }: ProgressProps) {
  const counts =
    total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
  return (
    <Base.Root
      value={total === null ? null : done}
      max={total ?? 1}
      aria-label={label}
      aria-valuetext={counts}
      className="flex flex-col gap-1"
    >
      <div className="flex items-baseline gap-3">
        <Base.Label className="type-label">{label}</Base.Label>
        <span className="type-value text-ink-2">{counts}</span>
        {note !== undefined && <span className="ml-auto type-small text-ink-2">{note}</span>}
      </div>
      {total !== null && (
        <Base.Track className="h-1 overflow-hidden rounded-full bg-rule">
          <Base.Indicator className="bg-run transition-[width] duration-200" />
        </Base.Track>
      )}
    </Base.Root>
  );
}
