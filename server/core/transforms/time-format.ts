import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { canonicalTime } from "../values/temporal.ts";
import { eachValue, ofText } from "./each-value.ts";
import { Pattern } from "./pattern-settings.ts";
import { compilePattern, partsOf, timeOf } from "./temporal-pattern.ts";
import { notWritable, notWrittenSo, ofTime } from "./temporal-values.ts";
import { defineTransform, problem } from "./transform.ts";

export const timeFormat = defineTransform({
  id: "time-format",
  summary: "Reads times of day as people write them: '2:05 PM' or '1405'.",
  help:
    "In the pattern HH is the hour of 24 and hh that of 12, with a for AM or PM; mm is the minute, " +
    "ss the second, SSS its thousandths; H and h also read one digit. A text that is not written " +
    "so is a problem and waits, and so does a time with seconds that the pattern does not write.",
  accepts: ["text", "enum", "integer"],
  returns: ["time"],
  settings: z.strictObject({
    pattern: Pattern.describe("How the system writes a time: HH:mm, h:mm a, HHmmss"),
  }),
  sentence: ({ pattern }) =>
    `Reads times of day written as ${pattern}; on the way back writes them so.`,

  compile({ pattern: written }) {
    const pattern = compilePattern({ pattern: written });
    if (typeof pattern === "string") return pattern;
    if (!pattern.has.has("hour") || !pattern.has.has("minute")) {
      return "A time of day needs hour and minute in its pattern.";
    }
    if (pattern.has.has("year") || pattern.has.has("month") || pattern.has.has("day")) {
      return "A time of day has no date. Use 'Date and time format'.";
    }
    if (pattern.has.has("offset")) return "A time of day has no offset.";
    const read = ofText((text) => {
      const parts = pattern.read(text);
      if (parts === null) return notWrittenSo(text, written);
      const time = canonicalTime(timeOf(parts));
      return "value" in time ? time.value : notATime(text);
    });
    const write = ofTime((time) => pattern.write(partsOf({ time })) ?? notWritable(time, written));
    return eachValue({ kind: pattern.isExact ? "lossless" : "lossy", read, write });
  },

  examples: [
    { settings: { pattern: "HH:mm" }, forward: ["14:05", null, ""], gives: ["14:05:00", null, ""] },
    {
      settings: { pattern: "h:mm a" },
      forward: ["2:05 pm", "12:00 AM", "12:00 PM"],
      gives: ["14:05:00", "00:00:00", "12:00:00"],
    },
    { settings: { pattern: "h:mm a" }, backward: ["00:30:00"], gives: ["12:30 AM"] },
    { settings: { pattern: "HHmmss" }, forward: ["140509"], gives: ["14:05:09"] },
    { settings: { pattern: "HH:mm:ss.SSS" }, forward: ["14:05:09.250"], gives: ["14:05:09.25"] },
    { settings: { pattern: "HH:mm" }, forward: ["24:00"], fails: "type" },
    { settings: { pattern: "h:mm a" }, forward: ["13:05 PM"], fails: "form" },
    { settings: { pattern: "HH:mm" }, backward: ["14:05:09"], fails: "no-way-back" },
    { settings: { pattern: "h:mm" }, forward: ["2:05"], fails: "settings" },
    { settings: { pattern: "HH" }, forward: ["14"], fails: "settings" },
    { settings: { pattern: "dd HH:mm" }, forward: ["14"], fails: "settings" },
  ],
});

function notATime(text: string) {
  return problem("type", `${quoteValue(text)} is not a time of day.`);
}
