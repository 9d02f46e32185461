import { DateAndTimeSettings, joinDateTime, splitDateTime } from "./date-and-time.ts";
import { provingAll, restoring } from "./each-value.ts";
import { defineTransform, type StepResult } from "./transform.ts";
import { UNCLEAR_WORDS } from "./zones.ts";

export const joinDateAndTime = defineTransform({
  id: "join-date-time",
  summary: "Makes one instant of a column with the date and one with the time.",
  help:
    "Takes the column of the date, then the column of the time, as the clocks of a zone show them. " +
    "When summer time ends or begins they show a time twice or skip it: such a row waits, or you " +
    "say which instant is meant. On the way back the instant is taken apart again.",
  accepts: ["date", "time", "text"],
  returns: ["instant"],
  settings: DateAndTimeSettings,
  sentence: ({ zone, unclear }) =>
    `Joins date and time of ${zone} to an instant; on the way back takes them apart\
${UNCLEAR_WORDS[unclear]}.`,

  compile(settings) {
    const forward = (values: Parameters<typeof joinDateTime>[0]): StepResult =>
      joinDateTime(values, settings);
    const write = provingAll(forward, (values) => splitDateTime(values, settings));
    return {
      ...{ kind: "lossy", inputs: 2, outputs: 1, forward },
      backward: restoring(forward, write),
    };
  },

  examples: [
    {
      settings: { zone: "Europe/Berlin" },
      forward: ["2026-07-01", "14:02"],
      gives: ["2026-07-01T12:02:00Z"],
    },
    { settings: { zone: "Europe/Berlin" }, forward: [null, null], gives: [null] },
    { settings: { zone: "UTC" }, forward: ["2026-07-01", null], fails: "time-missing" },
    {
      settings: { zone: "UTC", time: "00:00" },
      forward: ["2026-07-01", null],
      gives: ["2026-07-01T00:00:00Z"],
    },
    { settings: { zone: "UTC" }, forward: [null, "14:02"], fails: "date-missing" },
    {
      settings: { zone: "Europe/Berlin" },
      forward: ["2026-03-29", "02:30"],
      fails: "unclear-time",
    },
    {
      settings: { zone: "Europe/Berlin" },
      backward: ["2026-07-01T12:02:00Z"],
      gives: ["2026-07-01", "14:02:00"],
    },
    {
      settings: { zone: "UTC", time: "00:00" },
      backward: ["2026-07-01T00:00:00Z"],
      previous: ["2026-07-01", null],
      gives: ["2026-07-01", null],
    },
    { settings: { zone: "UTC" }, backward: [null], gives: [null, null] },
  ],
});
