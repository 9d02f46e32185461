import { z } from "zod";
import { eachValue, proving } from "./each-value.ts";
import { ofInstant } from "./temporal-values.ts";
import { defineTransform } from "./transform.ts";
import { instantOf, UNCLEAR_WORDS, UnclearTime, wallTime, Zone } from "./zones.ts";

export const localTime = defineTransform({
  id: "local-time",
  summary: "Takes a column without a time zone for what the clocks of a place show.",
  help:
    "A column of date and time without a zone (timestamp, datetime) comes as if it were UTC. If " +
    "the system writes local time there, name its zone: 14:02 in Berlin is then 13:02 UTC in " +
    "winter and 12:02 in summer. When summer time ends or begins the clocks show a time twice or " +
    "skip it: such a row waits, or you say which instant is meant.",
  accepts: ["instant"],
  returns: ["instant"],
  settings: z.strictObject({
    zone: Zone.describe("Whose clocks the column shows: Europe/Berlin"),
    unclear: UnclearTime,
  }),
  sentence: ({ zone, unclear }) =>
    `Takes the column for the local time of ${zone}; on the way back writes that\
${UNCLEAR_WORDS[unclear]}.`,

  compile(settings) {
    const read = ofInstant((shown) =>
      instantOf({ date: shown.slice(0, 10), time: shown.slice(11, -1) }, settings),
    );
    const write = ofInstant((instant) => {
      const wall = wallTime(instant, settings.zone);
      return "ok" in wall ? wall : `${wall.date}T${wall.time}Z`;
    });
    return eachValue({ kind: "lossy", read, write: proving(read, write) });
  },

  examples: [
    {
      settings: { zone: "Europe/Berlin" },
      forward: ["2026-02-28T14:02:00Z", "2026-07-01T14:02:00.5Z", null, ""],
      gives: ["2026-02-28T13:02:00Z", "2026-07-01T12:02:00.5Z", null, ""],
    },
    {
      settings: { zone: "Europe/Berlin" },
      backward: ["2026-07-01T12:02:00Z"],
      gives: ["2026-07-01T14:02:00Z"],
    },
    {
      settings: { zone: "Europe/Berlin" },
      forward: ["2026-10-25T02:30:00Z"],
      fails: "unclear-time",
    },
    {
      settings: { zone: "Europe/Berlin", unclear: "earlier" },
      backward: ["2026-10-25T01:30:00Z"],
      fails: "no-way-back",
    },
    { settings: { zone: "Asia/Kathmandu" }, forward: ["0001-01-01T00:00:00Z"], fails: "range" },
    { settings: { zone: "Europe/Berlin" }, forward: ["28.02.2026"], fails: "type" },
    { settings: { zone: "Berlin" }, forward: ["2026-02-28T14:02:00Z"], fails: "settings" },
  ],
});
