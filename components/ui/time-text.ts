const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
});

/**
 * How long ago, in the largest unit that says enough. A time ahead reads "in 5 min".
 *
 * 720 seconds => "12 min ago"
 */
export function agoText(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1_000);
  const span = spanText(Math.abs(seconds));
  // News may be a little ahead of the page's own clock, which ticks twice a minute.
  if (span === null || (seconds < 0 && seconds > -MINUTE_S)) return "now";
  return seconds < 0 ? `in ${span}` : `${span} ago`;
}

/**
 * The time of day, with the day in front where it is not today, in the reader's zone.
 *
 * "14:02", "3 May 14:02", "3 May 2025 14:02"
 */
export function clockText(at: Date, now: Date): string {
  const clock = CLOCK.format(at);
  if (at.toDateString() === now.toDateString()) return clock;
  const day = at.getFullYear() === now.getFullYear() ? DAY : DAY_AND_YEAR;
  return `${day.format(at)} ${clock}`;
}

/** To the second in UTC, for the hover: "2026-11-23 14:02:11 UTC". */
export function utcText(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** 45 => "45 s", 7_300 => "2 h"; null under 5 seconds. */
function spanText(seconds: number): string | null {
  if (seconds < 5) return null;
  if (seconds < MINUTE_S) return `${seconds} s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min`;
  if (seconds < DAY_S) return `${Math.floor(seconds / HOUR_S)} h`;
  const days = Math.floor(seconds / DAY_S);
  return days === 1 ? "1 day" : `${days} days`;
}
