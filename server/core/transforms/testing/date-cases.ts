import fc from "fast-check";
import type { FieldValue } from "../../values/field-value.ts";
import { times } from "../../values/testing/value-arbitraries.ts";
import { type LawCase, madeOf, number, one, two } from "./law-case.ts";

/** Days around which calendars and clocks are odd. */
const oddDates = fc.constantFrom(
  ...["2024-02-29", "2023-02-28", "2026-01-31", "2026-03-31", "0001-01-01", "9999-12-31"],
  ...["2026-03-29", "2026-10-25", "2011-12-30", "2018-11-04", "1969-12-31", "1950-01-01"],
);
const oddTimes = fc.constantFrom("00:00", "00:30:00", "02:30", "01:30:00.5", "23:59:59.999999");

/** Most of them of our time, for which the changes of clocks are known soon. */
const dates = fc
  .date({ min: new Date("1960-01-01"), max: new Date("2060-12-31"), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const instants = fc
  .tuple(dates, fc.constantFrom("T", " "), times, fc.constantFrom("Z", "+00", "+0545", "-11:30"))
  .map((parts) => parts.join(""));

const none = fc.constantFrom<FieldValue>(null, "");
const orNone = (value: fc.Arbitrary<FieldValue>) =>
  fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: none });

const date = orNone(fc.oneof(dates, oddDates));
const time = orNone(fc.oneof(times, oddTimes));
const oddInstants = fc.tuple(oddDates, oddTimes).map(([day, clock]) => `${day}T${clock}Z`);
const instant = orNone(fc.oneof(instants, oddInstants));

const digits = (count: number) =>
  fc.integer({ min: 0, max: 10 ** count - 1 }).map((n) => String(n).padStart(count, "0"));
const day = fc.integer({ min: 0, max: 32 }).map(String);
const month = fc.integer({ min: 0, max: 13 }).map(String);

/** Texts in a pattern, most of them days of the calendar. */
const dotted = orNone(
  fc.oneof(
    fc.tuple(day, month, digits(4)).map(([d, m, y]) => `${d}.${m}.${y}`),
    fc.tuple(day, month, digits(4)).map(([d, m, y]) => `${two2(d)}.${two2(m)}.${y}`),
    madeOf("1", "02", ".", "2026", "x"),
  ),
);
const short = orNone(fc.tuple(digits(2), digits(2)).map(([d, y]) => `${d}.02.${y}`));
const packed = orNone(
  fc.oneof(
    dates.map((text) => text.replaceAll("-", "")),
    fc.constant("00000000"),
  ),
);
const monthName = fc.constantFrom(
  "März",
  "MÄRZ",
  "mrz.",
  "Mai",
  "Januar",
  "Dez",
  "march",
  "Jänner",
);
const spelled = orNone(fc.tuple(day, monthName).map(([d, name]) => `${d}. ${name} 2026`));
const clock = orNone(
  fc
    .tuple(
      fc.integer({ min: 0, max: 24 }),
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom("AM", "pm", "a.m.", ""),
    )
    .map(([h, m, half]) => `${h}:${two2(String(m))} ${half}`),
);
const stamped = orNone(
  fc
    .tuple(
      fc.oneof(dates, oddDates),
      fc.oneof(times, oddTimes),
      fc.constantFrom("", "", "+01:00", "Z"),
    )
    .map(([d, t, offset]) => `${d} ${t.length === 5 ? `${t}:00` : t}${offset}`),
);
const counted = fc.oneof(number, fc.bigInt(-(10n ** 12n), 10n ** 12n).map(String));

function two2(text: string): string {
  return text.padStart(2, "0");
}

const BERLIN = "Europe/Berlin";

export const DATE_CASES: readonly LawCase[] = [
  { id: "date-format", settings: { pattern: "dd.MM.yyyy" }, columns: two(dotted) },
  { id: "date-format", settings: { pattern: "d.M.yyyy" }, columns: one(dotted) },
  { id: "date-format", settings: { pattern: "dd.MM.yy", firstYear: 1971 }, columns: one(short) },
  {
    id: "date-format",
    settings: { pattern: "yyyyMMdd", none: "00000000" },
    columns: one(packed),
  },
  {
    id: "date-format",
    settings: { pattern: "d. MMMM yyyy", language: "de" },
    columns: one(spelled),
  },
  { id: "time-format", settings: { pattern: "h:mm a" }, columns: two(clock) },
  { id: "time-format", settings: { pattern: "HH:mm:ss[.S]" }, columns: one(time) },
  { id: "time-format", settings: { pattern: "HH:mm:ss" }, columns: one(time) },
  {
    id: "instant-format",
    settings: { pattern: "yyyy-MM-dd HH:mm:ss[.S]" },
    columns: two(stamped),
  },
  { id: "instant-format", settings: { pattern: "yyyy-MM-dd HH:mm:ss" }, columns: one(stamped) },
  {
    id: "instant-format",
    settings: { pattern: "yyyy-MM-dd HH:mm:ss[.S]XXX", zone: BERLIN },
    columns: one(stamped),
    mayRefuse: true,
  },
  ...(["refuse", "earlier", "later"] as const).flatMap((unclear): LawCase[] => [
    {
      id: "instant-format",
      settings: { pattern: "yyyy-MM-dd HH:mm:ss[.S]", zone: BERLIN, unclear },
      columns: one(stamped),
    },
    { id: "local-time", settings: { zone: BERLIN, unclear }, columns: one(instant) },
    {
      id: "join-date-time",
      settings: { zone: BERLIN, unclear },
      columns: fc.tuple(date, time),
    },
    {
      id: "split-date-time",
      settings: { zone: BERLIN, unclear },
      columns: one(instant),
      mayRefuse: true,
    },
    {
      id: "instant-date",
      settings: { zone: BERLIN, unclear, time: "02:30" },
      columns: one(instant),
      mayRefuse: true,
    },
    {
      id: "instant-date",
      settings: { column: "date", zone: BERLIN, unclear, time: "02:30" },
      columns: one(date),
    },
  ]),
  {
    id: "join-date-time",
    settings: { zone: "UTC", time: "00:00" },
    columns: fc.tuple(date, time),
  },
  {
    id: "instant-date",
    settings: { zone: "Pacific/Apia" },
    columns: two(instant),
    mayRefuse: true,
  },
  {
    id: "instant-date",
    settings: { column: "date", zone: "America/Sao_Paulo" },
    columns: two(date),
    mayRefuse: true,
  },
  { id: "epoch", settings: { unit: "seconds" }, columns: two(counted) },
  { id: "epoch", settings: { unit: "milliseconds" }, columns: one(counted) },
  { id: "shift-date", settings: { amount: 30 }, columns: two(date) },
  { id: "shift-date", settings: { amount: 1, unit: "months" }, columns: one(date) },
  { id: "shift-date", settings: { amount: -4, unit: "years" }, columns: one(date) },
];

export const ONE_WAY_DATE_CASES: readonly LawCase[] = [
  {
    id: "date-part",
    settings: { part: "week", zone: BERLIN },
    columns: two(fc.oneof(date, instant)),
  },
  { id: "date-part", settings: { part: "hour" }, columns: one(time) },
];
