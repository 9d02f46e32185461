import { z } from "zod";
import { canonicalInstant, canonicalTime, isDate } from "../values/temporal.ts";
import { eachValue, type One, ofText, proving } from "./each-value.ts";
import { PATTERN_HELP, PATTERN_SETTINGS, Pattern } from "./pattern-settings.ts";
import {
  compilePattern,
  dateOf,
  partsOf,
  type TemporalParts,
  type TemporalPattern,
  timeOf,
} from "./temporal-pattern.ts";
import { notADate, notWritable, notWrittenSo, ofInstant } from "./temporal-values.ts";
import { defineTransform } from "./transform.ts";
import {
  instantOf,
  UNCLEAR_WORDS,
  UnclearTime,
  wallTime,
  Zone,
  type ZoneSettings,
} from "./zones.ts";

export const instantFormat = defineTransform({
  id: "instant-format",
  summary: "Reads date and time as people write them, in a time zone: '28.02.2026 14:02'.",
  help:
    `${PATTERN_HELP}ss is the second, SSS its thousandths, [.S] a fraction if there is one, XXX an ` +
    "offset (+01:00). Without an offset the text is what the clocks of the zone show. When summer " +
    "time ends or begins they show a time twice or skip it: such a text waits, or you say which " +
    "instant is meant. A text that is not written so waits.",
  accepts: ["text", "enum", "integer"],
  returns: ["instant"],
  settings: z.strictObject({
    pattern: Pattern.describe("How the system writes it: dd.MM.yyyy HH:mm, yyyy-MM-dd'T'HH:mm:ss"),
    zone: Zone.default("UTC").describe("Whose clocks it means: Europe/Berlin, UTC"),
    unclear: UnclearTime,
    ...PATTERN_SETTINGS,
  }),
  sentence: ({ pattern, zone, unclear }) =>
    `Reads date and time written as ${pattern} in ${zone}; on the way back writes them so\
${UNCLEAR_WORDS[unclear]}.`,

  compile({ zone, unclear, ...settings }) {
    const pattern = compilePattern(settings);
    if (typeof pattern === "string") return pattern;
    for (const part of ["year", "month", "day", "hour", "minute"] as const) {
      if (!pattern.has.has(part)) return `The ${part} is missing in the pattern.`;
    }
    const read = reader(pattern, settings.pattern, { zone, unclear });
    const write = ofInstant((instant) => {
      const wall = wallTime(instant, zone);
      if ("ok" in wall) return wall;
      return pattern.write(partsOf(wall)) ?? notWritable(instant, settings.pattern);
    });
    const isExact = pattern.isExact && zone === "UTC";
    return eachValue({
      kind: isExact ? "lossless" : "lossy",
      read,
      write: isExact ? write : proving(read, write),
    });
  },

  examples: [
    {
      settings: { pattern: "dd.MM.yyyy HH:mm", zone: "Europe/Berlin" },
      forward: ["28.02.2026 14:02", "01.07.2026 14:02", null, ""],
      gives: ["2026-02-28T13:02:00Z", "2026-07-01T12:02:00Z", null, ""],
    },
    {
      settings: { pattern: "yyyy-MM-dd HH:mm:ss[.S]" },
      forward: ["2026-02-28 14:02:00", "2026-02-28 14:02:00.250"],
      gives: ["2026-02-28T14:02:00Z", "2026-02-28T14:02:00.25Z"],
    },
    {
      settings: { pattern: "yyyy-MM-dd'T'HH:mmXXX" },
      forward: ["2026-02-28T14:02+05:30"],
      gives: ["2026-02-28T08:32:00Z"],
    },
    {
      settings: { pattern: "yyyy-MM-dd'T'HH:mmXXX", zone: "Europe/Berlin" },
      backward: ["2026-07-01T12:00:00Z"],
      gives: ["2026-07-01T14:00+02:00"],
    },
    {
      settings: { pattern: "M/d/yy h:mm a", firstYear: 2000, zone: "America/New_York" },
      forward: ["7/4/26 9:05 AM"],
      gives: ["2026-07-04T13:05:00Z"],
    },
    {
      settings: { pattern: "yyyy-MM-dd HH:mm", zone: "Europe/Berlin" },
      forward: ["2026-03-29 02:30"],
      fails: "unclear-time",
    },
    {
      settings: { pattern: "yyyy-MM-dd HH:mm", zone: "Europe/Berlin", unclear: "later" },
      forward: ["2026-03-29 02:30", "2026-10-25 02:30"],
      gives: ["2026-03-29T01:30:00Z", "2026-10-25T01:30:00Z"],
    },
    {
      settings: { pattern: "yyyy-MM-dd HH:mm", zone: "Europe/Berlin", unclear: "earlier" },
      forward: ["2026-10-25 02:30"],
      gives: ["2026-10-25T00:30:00Z"],
    },
    {
      settings: { pattern: "yyyy-MM-dd HH:mm", zone: "Europe/Berlin", unclear: "earlier" },
      backward: ["2026-10-25T01:30:00Z"],
      fails: "no-way-back",
    },
    {
      settings: { pattern: "yyyy-MM-dd HH:mm" },
      backward: ["2026-02-28T14:02:09Z"],
      fails: "no-way-back",
    },
    { settings: { pattern: "yyyy-MM-dd HH:mm" }, forward: ["2025-02-29 10:00"], fails: "date" },
    { settings: { pattern: "yyyy-MM-dd HH:mm" }, forward: ["2026-02-28 25:00"], fails: "date" },
    { settings: { pattern: "yyyy-MM-dd HH:mm" }, forward: ["yesterday"], fails: "form" },
    { settings: { pattern: "yyyy-MM-dd" }, forward: ["2026-02-28"], fails: "settings" },
    { settings: { pattern: "yyyy-MM-dd HH:mm", zone: "Mars" }, forward: ["x"], fails: "settings" },
  ],
});

function reader(pattern: TemporalPattern, written: string, settings: ZoneSettings) {
  return ofText((text) => {
    const parts = pattern.read(text);
    if (parts === null) return notWrittenSo(text, written);
    const instant = instantIn(parts, settings);
    return instant ?? notADate(text);
  });
}

/** Null where there is no such day or time of day. */
function instantIn(parts: TemporalParts, settings: ZoneSettings): One {
  const [date, time] = [dateOf(parts), canonicalTime(timeOf(parts))];
  if (!isDate(date) || "problem" in time) return null;
  if (parts.offset === "") return instantOf({ date, time: time.value }, settings);
  const instant = canonicalInstant(`${date}T${time.value}${parts.offset}`);
  return "value" in instant ? instant.value : null;
}
