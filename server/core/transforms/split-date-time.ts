import { DateAndTimeSettings, joinDateTime, splitDateTime } from "./date-and-time.ts";
import { provingAll, restoring } from "./each-value.ts";
import { defineTransform, type StepResult } from "./transform.ts";
import { UNCLEAR_WORDS } from "./zones.ts";

export const splitDateAndTime = defineTransform({
  id: "split-date-time",
  summary: "Takes an instant apart into the date and the time of day of a place.",
  help:
    "Makes two fields of one column: the date, then the time of day, as the clocks of a zone show " +
    "them. On the way back the two are joined. When summer time ends or begins the clocks show a " +
    "time twice or skip it: such a value waits, or you say which instant is meant; a row that " +
    "shows the same keeps its own.",
  accepts: ["instant"],
  returns: ["date", "time", "text"],
  settings: DateAndTimeSettings,
  sentence: ({ zone, unclear }) =>
    `Takes an instant apart into date and time in ${zone}; on the way back joins them\
${UNCLEAR_WORDS[unclear]}.`,

  compile(settings) {
    const forward = (values: Parameters<typeof splitDateTime>[0]): StepResult =>
      splitDateTime(values, settings);
    const write = provingAll(forward, (values) => joinDateTime(values, settings));
    return {
      ...{ kind: "lossy", inputs: 1, outputs: 2, forward },
      backward: restoring(forward, write),
    };
  },

  examples: [
    {
      settings: { zone: "Europe/Berlin" },
      forward: ["2026-07-01T12:02:00Z"],
      gives: ["2026-07-01", "14:02:00"],
    },
    { settings: { zone: "UTC" }, forward: [null], gives: [null, null] },
    {
      settings: { zone: "Europe/Berlin" },
      backward: ["2026-07-01", "14:02:00"],
      gives: ["2026-07-01T12:02:00Z"],
    },
    {
      settings: { zone: "Europe/Berlin" },
      backward: ["2026-10-25", "02:30:00"],
      previous: ["2026-10-25T01:30:00Z"],
      gives: ["2026-10-25T01:30:00Z"],
    },
    {
      settings: { zone: "Europe/Berlin" },
      backward: ["2026-10-25", "02:30:00"],
      fails: "unclear-time",
    },
    { settings: { zone: "UTC" }, backward: ["2026-07-01", null], fails: "time-missing" },
    { settings: { zone: "UTC" }, forward: ["2026-07-01"], fails: "type" },
  ],
});
