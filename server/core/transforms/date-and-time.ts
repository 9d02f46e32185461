import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { canonicalTime, isDate } from "../values/temporal.ts";
import { TimeOfDay } from "./temporal-settings.ts";
import { notADate, readInstant } from "./temporal-values.ts";
import { problem, type StepResult } from "./transform.ts";
import { instantOf, UnclearTime, wallTime, Zone } from "./zones.ts";

/** What a date and a time of day side by side need to be one instant. */
export const DateAndTimeSettings = z.strictObject({
  zone: Zone.describe("Whose clocks they mean: Europe/Berlin"),
  time: TimeOfDay.optional().describe("Time of day where there is only a date: 00:00"),
  unclear: UnclearTime,
});
export type DateAndTimeSettings = z.output<typeof DateAndTimeSettings>;

const NONE: StepResult = { ok: true, values: [null] };
const isNone = (value: FieldValue) => value === null || value === "";

/** One instant of a date and a time of day; none of none. */
export function joinDateTime(
  [date = null, time = null]: readonly FieldValue[],
  settings: DateAndTimeSettings,
): StepResult {
  if (isNone(date)) {
    return isNone(time)
      ? NONE
      : problem("date-missing", `${quoteValue(time)} has no date, so it is no instant.`);
  }
  if (typeof date !== "string" || !isDate(date)) return notADate(date);
  if (isNone(time) && settings.time === undefined) {
    const message = `${quoteValue(date)} has no time of day. Say in the step which one is meant.`;
    return problem("time-missing", message);
  }
  const own = isNone(time) ? settings.time : time;
  const spelled = typeof own === "string" ? canonicalTime(own) : null;
  if (spelled === null || "problem" in spelled) {
    return problem("type", `${quoteValue(time)} is not a time of day such as 14:02:00.`);
  }
  const instant = instantOf({ date, time: spelled.value }, settings);
  return typeof instant === "string" ? { ok: true, values: [instant] } : instant;
}

/** The date and the time of day that the clocks show at an instant; two times none of none. */
export function splitDateTime(
  [value = null]: readonly FieldValue[],
  { zone }: DateAndTimeSettings,
): StepResult {
  if (isNone(value)) return { ok: true, values: [null, null] };
  const instant = readInstant(value);
  if (typeof instant !== "string") return instant;
  const wall = wallTime(instant, zone);
  return "ok" in wall ? wall : { ok: true, values: [wall.date, wall.time] };
}
