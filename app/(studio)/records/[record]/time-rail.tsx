"use client";

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useShortcuts } from "../../../../components/shell/use-shortcuts.ts";
import { useNow } from "../../../../components/ui/clock.ts";
import { clockText, utcText } from "../../../../components/ui/time-text.ts";
import type { LogLine } from "../../../../server/core/audit/log-line.ts";
import { PastBanner } from "./past-banner.tsx";
import { RailTicks } from "./rail-ticks.tsx";
import { moments, type RecordData, stepMoment } from "./record-data.ts";

type TimeRailProps = {
  data: RecordData;
  lines: readonly LogLine[];
  /** The moment that is shown; null: now. */
  at: string | null;
  onAt: (at: string | null) => void;
};

/** The last part of the rail is the present. */
const PRESENT_FROM = 0.985;

/**
 * Every change as a tick in its system's colour, spread over the record's life. Arrow keys step
 * from change to change, a press goes to the nearest, Escape back to now.
 */
export function TimeRail({ data, lines, at, onAt }: TimeRailProps) {
  const now = useNow();
  const rail = useRef<HTMLDivElement>(null);
  const all = moments(lines);
  const step = (by: 1 | -1) => onAt(stepMoment(all, at, by));
  useRailKeys(at, step, () => onAt(null));
  const [first] = all;
  if (first === undefined) return null;
  const span = spanOf(all);
  const placeOf = (moment: string) => (Date.parse(moment) - span.from) / span.length;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    onAt(event.key === "Home" ? first : null);
  };
  const onPointerDown = (event: PointerEvent) => {
    const box = rail.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    const place = (event.clientX - box.left) / box.width;
    onAt(place > PRESENT_FROM ? null : nearest(all, placeOf, place));
  };
  const words = (moment: string) => momentWords(moment, now);
  const index = at === null ? all.length : all.filter((one) => one <= at).length;
  return (
    <>
      <div className="flex items-center gap-3 border-rule border-b bg-panel px-4 py-1">
        <span className="shrink-0 type-small text-ink-2">{words(first)}</span>
        <div
          ref={rail}
          role="slider"
          tabIndex={0}
          aria-label="As of which moment"
          aria-valuemin={1}
          aria-valuemax={all.length}
          aria-valuenow={Math.max(1, index)}
          aria-valuetext={at === null ? "Now" : words(at)}
          onKeyDown={onKeyDown}
          onPointerDown={onPointerDown}
          className="h-6 min-w-0 flex-1 cursor-pointer"
        >
          <RailTicks {...{ data, lines, placeOf }} at={at === null ? 1 : placeOf(at)} />
        </div>
        <span className="shrink-0 type-small text-ink-2">Now</span>
      </div>
      {at !== null && (
        <PastBanner at={at} words={words(at)} onStep={step} onNow={() => onAt(null)} />
      )}
    </>
  );
}

function useRailKeys(at: string | null, step: (by: 1 | -1) => void, back: () => void): void {
  const keys = [
    { id: "earlier", keys: "left", label: "One change back in time", run: () => step(-1) },
    { id: "later", keys: "right", label: "One change forward", run: () => step(1) },
  ];
  const now = { id: "now", keys: "escape", label: "Back to now", run: back };
  useShortcuts("Record", at === null ? keys : [...keys, now]);
}

/** From the first change to a little behind the last, so that the last one is not at the edge. */
function spanOf(all: readonly string[]): { from: number; length: number } {
  const from = Date.parse(all[0] ?? "");
  const to = Date.parse(all.at(-1) ?? "");
  return { from, length: Math.max(1, to - from) * 1.04 };
}

function nearest(
  all: readonly string[],
  placeOf: (moment: string) => number,
  place: number,
): string | null {
  const distance = (moment: string) => Math.abs(placeOf(moment) - place);
  return all.reduce<string | null>(
    (best, moment) => (best === null || distance(moment) <= distance(best) ? moment : best),
    null,
  );
}

function momentWords(at: string, now: Date | null): string {
  const date = new Date(at);
  return now === null ? utcText(date).slice(0, 16) : clockText(date, now);
}
