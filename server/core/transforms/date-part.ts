import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { canonicalInstant, canonicalTime, isDate } from "../values/temporal.ts";
import { type One, oneWay } from "./each-value.ts";
import { defineTransform, problem, type StepProblem } from "./transform.ts";
import { wallTime, Zone } from "./zones.ts";

type Part = keyof typeof OF_DATES | keyof typeof OF_TIMES;

const OF_DATES = {
  year: (date: Temporal.PlainDate) => date.year,
  quarter: (date: Temporal.PlainDate) => Math.ceil(date.month / 3),
  month: (date: Temporal.PlainDate) => date.month,
  day: (date: Temporal.PlainDate) => date.day,
  weekday: (date: Temporal.PlainDate) => date.dayOfWeek,
  week: (date: Temporal.PlainDate) => date.weekOfYear ?? 0,
  "year of the week": (date: Temporal.PlainDate) => date.yearOfWeek ?? 0,
  "day of the year": (date: Temporal.PlainDate) => date.dayOfYear,
} as const;

const OF_TIMES = { hour: 0, minute: 3, second: 6 } as const;

const PARTS = [
  ...(["year", "quarter", "month", "day", "weekday", "week", "year of the week"] as const),
  ...(["day of the year", "hour", "minute", "second"] as const),
] as const satisfies readonly Part[];

/** A date, or a time of day, or both. */
type Shown = { readonly date?: string; readonly time?: string };

export const datePart = defineTransform({
  id: "date-part",
  summary: "Takes the year, month, weekday, week or hour out of a date or time.",
  help:
    "Weeks and weekdays are those of ISO 8601: weeks begin on Monday, which is 1, and the first " +
    "week of a year has its first Thursday. An instant falls on a day by its place: name the time " +
    "zone. The step works one way: a part does not say which date it came from.",
  accepts: ["date", "instant", "time"],
  returns: ["integer", "decimal", "text", "enum"],
  settings: z.strictObject({
    part: z.enum(PARTS).describe("Which part"),
    zone: Zone.optional().describe("Whose clocks count for an instant: Europe/Berlin"),
  }),
  sentence: ({ part, zone }) => `Takes the ${part}${zone === undefined ? "" : ` in ${zone}`}.`,

  compile: ({ part, zone }) =>
    oneWay((value) => {
      if (value === null || value === "") return value;
      const shown = shownBy(value, zone);
      return "ok" in shown ? shown : partOf(shown, part, value);
    }),

  examples: [
    { settings: { part: "year" }, forward: ["2026-02-28", null, ""], gives: ["2026", null, ""] },
    { settings: { part: "quarter" }, forward: ["2026-02-28", "2026-12-31"], gives: ["1", "4"] },
    { settings: { part: "weekday" }, forward: ["2026-03-01"], gives: ["7"] },
    { settings: { part: "week" }, forward: ["2027-01-01", "2024-12-30"], gives: ["53", "1"] },
    { settings: { part: "year of the week" }, forward: ["2027-01-01"], gives: ["2026"] },
    { settings: { part: "day of the year" }, forward: ["2024-12-31"], gives: ["366"] },
    { settings: { part: "hour" }, forward: ["08:05:00"], gives: ["8"] },
    {
      settings: { part: "day", zone: "Asia/Tokyo" },
      forward: ["2026-02-28T16:00:00Z"],
      gives: ["1"],
    },
    { settings: { part: "day" }, forward: ["2026-02-28T16:00:00Z"], fails: "zone" },
    { settings: { part: "year" }, forward: ["08:05:00"], fails: "no-part" },
    { settings: { part: "hour" }, forward: ["2026-02-28"], fails: "no-part" },
    { settings: { part: "year" }, forward: ["2026"], fails: "type" },
  ],
});

function shownBy(value: FieldValue, zone: string | undefined): Shown | StepProblem {
  if (typeof value !== "string") return notTemporal(value);
  if (isDate(value)) return { date: value };
  const time = canonicalTime(value);
  if ("value" in time) return { time: time.value };
  const instant = canonicalInstant(value);
  if ("problem" in instant) return notTemporal(value);
  if (zone !== undefined) return wallTime(instant.value, zone);
  return problem("zone", `Which day ${quoteValue(value)} is depends on the place: name a zone.`);
}

function partOf({ date, time }: Shown, part: Part, value: FieldValue): One {
  if (part in OF_TIMES) {
    const at = OF_TIMES[part as keyof typeof OF_TIMES];
    if (time !== undefined) return String(Number(time.slice(at, at + 2)));
  } else if (date !== undefined) {
    return String(OF_DATES[part as keyof typeof OF_DATES](Temporal.PlainDate.from(date)));
  }
  return problem("no-part", `${quoteValue(value)} has no ${part}.`);
}

function notTemporal(value: FieldValue): StepProblem {
  return problem("type", `${quoteValue(value)} is no date, time of day or instant.`);
}
