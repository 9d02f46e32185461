import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { isDate } from "../values/temporal.ts";
import { problem, type StepProblem } from "./transform.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

/** What the clocks of a place show: a date, and a time of day as a canonical value has it. */
export type WallTime = { readonly date: string; readonly time: string };

const UNCLEAR = ["refuse", "earlier", "later"] as const;
type Unclear = (typeof UNCLEAR)[number];

export const Zone = z
  .string()
  .min(1, { error: "Name a time zone: Europe/Berlin, UTC." })
  .max(60)
  .refine(isZone, { error: "There is no such time zone. Write it as Europe/Berlin, or UTC." });

/** Which instant is meant where clocks are set back or forward. */
export const UnclearTime = z
  .enum(UNCLEAR)
  .default("refuse")
  .describe(
    "What a time means that the clocks show twice, or skip, when summer time ends or begins: it " +
      "waits, or the earlier or later instant",
  );

export type ZoneSettings = { readonly zone: string; readonly unclear: Unclear };

/** What the settings do where the clocks change, for sentences. */
export const UNCLEAR_WORDS: Readonly<Record<Unclear, string>> = {
  refuse: "",
  earlier: "; where clocks change, the earlier instant",
  later: "; where clocks change, the later instant",
};

function isZone(zone: string): boolean {
  try {
    zoneClock(zone);
    return true;
  } catch {
    return false;
  }
}

const DAY_MS = 86_400_000;

/**
 * What the clocks of a zone show at an instant, with the zone's offset there; a problem where the
 * zone is in another year than any value may have.
 *
 * "2026-07-01T12:00:00Z" in Europe/Berlin => "2026-07-01", "14:00:00", "+02:00"
 */
export function wallTime(
  instant: string,
  zone: string,
): (WallTime & { readonly offset: string }) | StepProblem {
  const epochMs = Date.parse(`${instant.slice(0, 19)}Z`);
  const offsetMs = zoneClock(zone)(epochMs);
  const shown = new Date(epochMs + offsetMs).toISOString();
  // Only the years 0 to 9999 have four digits there.
  if (!isDate(shown.slice(0, 10)) || shown.length > 24) return beyond(instant);
  const time = shown.slice(11, 19) + instant.slice(19, -1);
  return { date: shown.slice(0, 10), time, offset: offsetWords(offsetMs) };
}

/** The instant at which the clocks of a zone show this. */
export function instantOf({ date, time }: WallTime, settings: ZoneSettings): string | StepProblem {
  const { zone, unclear } = settings;
  const [earlierMs, laterMs] = instantsOf(Date.parse(`${date}T${time.slice(0, 8)}Z`), zone);
  const fraction = time.slice(8);
  if (earlierMs === laterMs || unclear === "earlier") return spell(earlierMs, fraction);
  if (unclear === "later") return spell(laterMs, fraction);
  const shown = wallTime(spell(earlierMs, "") as string, zone);
  const isTwice = "ok" in shown || `${shown.date}T${shown.time}` === `${date}T${time.slice(0, 8)}`;
  return problem(
    "unclear-time",
    `${quoteValue(`${date} ${time}`)} is unclear: the clocks of ${zone} \
${isTwice ? "show it twice" : "skip it"} there. Say in the step which instant is meant.`,
  );
}

/** The first instant of a day, which is not midnight everywhere. */
export function startOfDay(date: string, zone: string): string | StepProblem {
  const midnightMs = Date.parse(`${date}T00:00:00Z`);
  const [earlierMs, laterMs] = instantsOf(midnightMs, zone);
  const clock = zoneClock(zone);
  const isShown = earlierMs + clock(earlierMs) === midnightMs;
  // Where midnight is skipped, the day begins when the clocks are set forward.
  return spell(isShown ? earlierMs : firstAfterGap(earlierMs, laterMs, clock), "");
}

/**
 * The two instants that a time on the clocks may mean, the same but where clocks are changed. Of a
 * time that they skip they are what it would be by the offset after and by that before.
 */
function instantsOf(shownMs: number, zone: string): readonly [number, number] {
  const clock = zoneClock(zone);
  const before = shownMs - clock(shownMs - DAY_MS);
  const after = shownMs - clock(shownMs + DAY_MS);
  const [isBefore, isAfter] = [before, after].map((ms) => ms + clock(ms) === shownMs);
  if (isBefore !== isAfter) return isBefore ? [before, before] : [after, after];
  return [Math.min(before, after), Math.max(before, after)];
}

/** Seconds are as fine as changes of clocks are. */
function firstAfterGap(fromMs: number, untilMs: number, clock: ZoneClock): number {
  let [low, high] = [fromMs / 1_000, untilMs / 1_000];
  const offsetMs = clock(untilMs);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (clock(middle * 1_000) === offsetMs) high = middle;
    else low = middle;
  }
  return high * 1_000;
}

function spell(epochMs: number, fraction: string): string | StepProblem {
  const text = new Date(epochMs).toISOString();
  const isWithin = text.length === 24 && !text.startsWith("0000");
  return isWithin ? `${text.slice(0, 19)}${fraction}Z` : beyond(text);
}

/** 7_200_000 => "+02:00"; seconds, which zones had before 1900, are written too. */
function offsetWords(offsetMs: number): string {
  const text = new Date(Math.abs(offsetMs)).toISOString().slice(11, 19);
  return (offsetMs < 0 ? "-" : "+") + text.replace(/:00$/, "");
}

function beyond(value: string): StepProblem {
  return problem("range", `${quoteValue(value)} lies outside the years 1 to 9999.`);
}
