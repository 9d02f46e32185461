import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { eachValue, isProblem, type One, proving } from "./each-value.ts";
import { TimeOfDay } from "./temporal-settings.ts";
import { ofDate, ofInstant, readInstant } from "./temporal-values.ts";
import { type CompiledStep, defineTransform } from "./transform.ts";
import { instantOf, startOfDay, UnclearTime, wallTime, Zone, type ZoneSettings } from "./zones.ts";

export const instantDate = defineTransform({
  id: "instant-date",
  summary: "Gives the date of an instant in a time zone, and the instant of a date.",
  help:
    "Which day an instant falls on depends on the place: name it. On the way back a row keeps its " +
    "own time of day on the new date; a row without one gets the time that you name, or the day's " +
    "first instant. An instant that is not of that time cannot be written as a date and waits.",
  accepts: ["instant", "date"],
  returns: ["date", "instant"],
  settings: z.strictObject({
    column: z.enum(["instant", "date"]).default("instant").describe("What the system has"),
    zone: Zone.describe("Whose calendar counts: Europe/Berlin"),
    time: TimeOfDay.optional().describe("Time of day where there is only a date: 12:00"),
    unclear: UnclearTime,
  }),
  sentence: ({ column, zone, time }) => {
    const start = time === undefined ? "its first instant" : time;
    return column === "instant"
      ? `Gives the date in ${zone}; on the way back keeps the row's time of day.`
      : `Gives the instant of a date in ${zone}, at ${start}; on the way back its date.`;
  },

  compile({ column, time, ...settings }) {
    const dateOf = ofInstant((instant) => {
      const wall = wallTime(instant, settings.zone);
      return "ok" in wall ? wall : wall.date;
    });
    const instantAt = ofDate((date) =>
      time === undefined ? startOfDay(date, settings.zone) : instantOf({ date, time }, settings),
    );
    return column === "date"
      ? eachValue({ kind: "lossy", read: instantAt, write: proving(instantAt, dateOf) })
      : keepingTime({ dateOf, instantAt, settings });
  },

  examples: [
    {
      settings: { zone: "Europe/Berlin" },
      forward: ["2026-02-28T23:30:00Z", "2026-02-28T22:30:00Z", null, ""],
      gives: ["2026-03-01", "2026-02-28", null, ""],
    },
    {
      settings: { zone: "Europe/Berlin" },
      backward: ["2026-07-02"],
      previous: ["2026-02-28T13:02:00Z"],
      gives: ["2026-07-02T12:02:00Z"],
    },
    {
      settings: { zone: "Europe/Berlin" },
      backward: ["2026-07-02"],
      gives: ["2026-07-01T22:00:00Z"],
    },
    // There was no midnight: the clocks went from 23:59 to 01:00.
    {
      settings: { zone: "America/Sao_Paulo" },
      backward: ["2018-11-04"],
      gives: ["2018-11-04T03:00:00Z"],
    },
    // There was no such day: Samoa crossed the date line.
    { settings: { zone: "Pacific/Apia" }, backward: ["2011-12-30"], fails: "no-way-back" },
    {
      settings: { column: "date", zone: "UTC", time: "12:00" },
      forward: ["2026-02-28"],
      gives: ["2026-02-28T12:00:00Z"],
    },
    {
      settings: { column: "date", zone: "UTC", time: "12:00" },
      backward: ["2026-02-28T13:00:00Z"],
      fails: "no-way-back",
    },
    { settings: { zone: "UTC" }, forward: ["2026-02-28"], fails: "type" },
    { settings: { zone: "UTC", time: "noon" }, forward: ["2026-02-28"], fails: "settings" },
  ],
});

/** A date that is written into a row with an instant stands beside that one's time of day. */
function keepingTime(by: {
  dateOf(value: FieldValue): One;
  instantAt(value: FieldValue): One;
  readonly settings: ZoneSettings;
}): CompiledStep {
  const { dateOf, instantAt, settings } = by;
  const write = (value: FieldValue, before: FieldValue | undefined): One => {
    const instant = before === undefined || value === null ? null : readInstant(before);
    const wall = typeof instant === "string" ? wallTime(instant, settings.zone) : null;
    if (wall === null || "ok" in wall) return instantAt(value);
    const kept = ofDate((date) => instantOf({ date, time: wall.time }, settings))(value);
    return isProblem(kept) ? instantAt(value) : kept;
  };
  return eachValue({ kind: "lossy", read: dateOf, write: proving(dateOf, write) });
}
