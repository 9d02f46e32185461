"use client";

import { useNow } from "./clock.ts";
import { agoText, clockText, utcText } from "./time-text.ts";

type TimeProps = {
  /** ISO 8601, or a Date. */
  at: string | Date;
  /** `both` "14:02, 12 min ago" · `clock` "14:02" · `ago` "12 min ago". */
  form?: "both" | "clock" | "ago" | undefined;
};

/**
 * A point in time for people: the reader's clock and how long ago, UTC on hover.
 *
 * <Time at={conflict.openedAt} />
 */
export function Time({ at, form = "both" }: TimeProps) {
  const now = useNow();
  const date = typeof at === "string" ? new Date(at) : at;
  if (Number.isNaN(date.getTime())) return <span className="text-ink-3">no time</span>;
  const utc = utcText(date);
  return (
    <time dateTime={date.toISOString()} title={utc} className="whitespace-nowrap tabular-nums">
      {now === null ? utc.slice(11, 16) : readable(date, now, form)}
    </time>
  );
}

function readable(at: Date, now: Date, form: "both" | "clock" | "ago"): string {
  if (form === "clock") return clockText(at, now);
  if (form === "ago") return agoText(at, now);
  return `${clockText(at, now)}, ${agoText(at, now)}`;
}
