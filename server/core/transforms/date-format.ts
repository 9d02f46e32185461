import { z } from "zod";
import { isDate } from "../values/temporal.ts";
import { eachValue, ofText } from "./each-value.ts";
import { PATTERN_HELP, PATTERN_SETTINGS, Pattern } from "./pattern-settings.ts";
import { compilePattern, dateOf, partsOf, type TemporalPattern } from "./temporal-pattern.ts";
import { notADate, notWritable, notWrittenSo, ofDate } from "./temporal-values.ts";
import { type CompiledStep, defineTransform } from "./transform.ts";

export const dateFormat = defineTransform({
  id: "date-format",
  summary: "Reads dates as people write them: '28.02.2026' or 'Feb 28, 2026'.",
  help:
    `${PATTERN_HELP}Nothing is guessed: a text that is not written so, or that is no day of the ` +
    "calendar, is a problem and waits. Two digits of a year need the first of the hundred years " +
    "that they may mean. Many systems write a text such as 00000000 for no date: name it, and it " +
    "is no value.",
  accepts: ["text", "enum", "integer"],
  returns: ["date"],
  settings: z.strictObject({
    pattern: Pattern.describe("How the system writes a date: dd.MM.yyyy, M/d/yy, d. MMMM yyyy"),
    ...PATTERN_SETTINGS,
    none: z.string().min(1).max(60).optional().describe("What it writes for no date: 00000000"),
  }),
  sentence: ({ pattern, none }) => {
    const blank = none === undefined ? "" : `, and "${none}" for no date`;
    return `Reads dates written as ${pattern}${blank}; on the way back writes them so.`;
  },

  compile({ none, ...settings }) {
    const pattern = compilePattern(settings);
    if (typeof pattern === "string") return pattern;
    return whyNoDate(pattern) ?? dateStep(pattern, settings.pattern, none);
  },

  examples: [
    { settings: { pattern: "dd.MM.yyyy" }, forward: ["28.02.2026"], gives: ["2026-02-28"] },
    { settings: { pattern: "MM/dd/yyyy" }, forward: ["02/28/2026"], gives: ["2026-02-28"] },
    { settings: { pattern: "d.M.yyyy" }, forward: ["5.3.2026"], gives: ["2026-03-05"] },
    {
      settings: { pattern: "d. MMMM yyyy", language: "de" },
      forward: ["5. März 2026", "05. mrz. 2026"],
      gives: ["2026-03-05", "2026-03-05"],
    },
    {
      settings: { pattern: "MMM d, yyyy", language: "en" },
      backward: ["2026-02-28"],
      gives: ["Feb 28, 2026"],
    },
    {
      settings: { pattern: "dd.MM.yy", firstYear: 1950 },
      forward: ["01.01.49", "01.01.50"],
      gives: ["2049-01-01", "1950-01-01"],
    },
    {
      settings: { pattern: "dd.MM.yy", firstYear: 1950 },
      backward: ["2050-01-01"],
      fails: "no-way-back",
    },
    {
      settings: { pattern: "yyyyMMdd", none: "00000000" },
      forward: ["20240229", "00000000", null],
      gives: ["2024-02-29", null, null],
    },
    {
      settings: { pattern: "yyyyMMdd", none: "00000000" },
      backward: [null],
      gives: ["00000000"],
    },
    {
      settings: { pattern: "yyyyMMdd", none: "00000000" },
      backward: [null],
      previous: [null],
      gives: [null],
    },
    { settings: { pattern: "'Q'MM-dd/yyyy" }, forward: ["Q02-28/2026"], gives: ["2026-02-28"] },
    { settings: { pattern: "dd.MM.yyyy" }, forward: [null, ""], gives: [null, ""] },
    { settings: { pattern: "dd.MM.yyyy" }, forward: ["2026-02-28"], fails: "form" },
    { settings: { pattern: "dd.MM.yyyy" }, forward: ["29.02.2025"], fails: "date" },
    { settings: { pattern: "dd.MM.yyyy" }, forward: ["01.01.0000"], fails: "date" },
    { settings: { pattern: "dd.MM.yyyy" }, forward: [" 28.02.2026"], fails: "form" },
    { settings: { pattern: "d.M.yyyy" }, backward: ["9999-12-31"], gives: ["31.12.9999"] },
    {
      settings: { pattern: "d.M.yyyy" },
      backward: ["2026-03-05"],
      previous: ["05.3.2026"],
      gives: ["05.3.2026"],
    },
    { settings: { pattern: "dd.MM.yy" }, forward: ["01.01.49"], fails: "settings" },
    { settings: { pattern: "d MMM yyyy" }, forward: ["1 May 2026"], fails: "settings" },
    { settings: { pattern: "dMyyyy" }, forward: ["112026"], fails: "settings" },
    { settings: { pattern: "MM.yyyy" }, forward: ["02.2026"], fails: "settings" },
    { settings: { pattern: "dd.MM.yyyy HH:mm" }, forward: ["x"], fails: "settings" },
    { settings: { pattern: "dd.MM.jjjj" }, forward: ["x"], fails: "settings" },
  ],
});

function whyNoDate({ has }: TemporalPattern): string | null {
  if (!has.has("year") || !has.has("month") || !has.has("day")) {
    return "A date needs year, month and day in its pattern.";
  }
  return has.size > 3 ? "A date has no time of day. Use 'Date and time format'." : null;
}

function dateStep(pattern: TemporalPattern, written: string, none: string | undefined) {
  const read = ofText((text) => {
    const parts = pattern.read(text);
    if (parts === null) return notWrittenSo(text, written);
    const date = dateOf(parts);
    return isDate(date) ? date : notADate(text);
  });
  const write = ofDate((date) => pattern.write(partsOf({ date })) ?? notWritable(date, written));
  const step: CompiledStep = eachValue({
    kind: pattern.isExact && none === undefined ? "lossless" : "lossy",
    read: (value) => (none !== undefined && value === none ? null : read(value)),
    write: (value) => (none !== undefined && value === null ? none : write(value)),
  });
  return step;
}
