import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { canonicalInstant, canonicalTime, isDate } from "../values/temporal.ts";
import type { One } from "./each-value.ts";
import { problem, type StepProblem } from "./transform.ts";

/** Treats dates, lets no value and the empty text through, and refuses the rest. */
export function ofDate(convert: (date: string) => One): (value: FieldValue) => One {
  return (value) => {
    if (value === null || value === "") return value;
    return typeof value === "string" && isDate(value) ? convert(value) : notADate(value);
  };
}

/** The same of instants, which come as their one spelling. */
export function ofInstant(convert: (instant: string) => One): (value: FieldValue) => One {
  return (value) => {
    if (value === null || value === "") return value;
    const instant = readInstant(value);
    return typeof instant === "string" ? convert(instant) : instant;
  };
}

/** The same of times of day. */
export function ofTime(convert: (time: string) => One): (value: FieldValue) => One {
  return (value) => {
    if (value === null || value === "") return value;
    const time = typeof value === "string" ? canonicalTime(value) : null;
    if (time !== null && "value" in time) return convert(time.value);
    return problem("type", `${quoteValue(value)} is not a time of day such as 14:02:00.`);
  };
}

export function readInstant(value: FieldValue): string | StepProblem {
  const instant = typeof value === "string" ? canonicalInstant(value) : null;
  if (instant !== null && "value" in instant) return instant.value;
  return problem(
    "type",
    `${quoteValue(value)} is not an instant with its offset such as 2026-02-28T14:02:00Z.`,
  );
}

export function notADate(value: FieldValue): StepProblem {
  return problem("date", `${quoteValue(value)} is not a day of the calendar.`);
}

/** What is meant where a text is not written in the pattern that is set. */
export function notWrittenSo(value: FieldValue, pattern: string): StepProblem {
  return problem("form", `${quoteValue(value)} is not written as ${quoteValue(pattern)}.`);
}

/** What is meant where a value has something that the pattern does not write. */
export function notWritable(value: FieldValue, pattern: string): StepProblem {
  return problem(
    "no-way-back",
    `${quoteValue(value)} cannot be written as ${quoteValue(pattern)}: it says more, or lies ` +
      "outside its years.",
  );
}
