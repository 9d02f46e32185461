/**
 * Dates, times and instants as text, without a time zone of this machine anywhere: a date stays
 * the date that was written, and an instant needs an offset.
 */

/** Days that every month has, and an instant as we spell it: the common case, at one look. */
const PLAIN_DATE = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;
const PLAIN_INSTANT =
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{0,5}[1-9])?Z$/;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|([+-])(\d{2})(?::?(\d{2})(?::(\d{2}))?)?)$/;

/** Digits of a second's fraction that every room of the product keeps. */
const FRACTION_DIGITS_MAX = 6;

/** Why a text is not a value, or the value's one spelling. */
export type Temporal = { readonly value: string } | { readonly problem: "form" | "precision" };

const NOT_THE_FORM: Temporal = { problem: "form" };

/** A day of the proleptic Gregorian calendar, years 1 to 9999: "2026-02-28". */
export function isDate(text: string): boolean {
  if (PLAIN_DATE.test(text)) return true;
  const match = DATE.exec(text);
  if (match === null) return false;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month === 2) {
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  }
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * A time of day from 00:00 to 23:59:59.999999. Finer than a microsecond is refused, not cut.
 *
 * "14:02" => "14:02:00" · "14:02:00.500" => "14:02:00.5" · "24:00:00" => a problem
 */
export function canonicalTime(text: string): Temporal {
  const match = TIME.exec(text);
  if (match === null) return NOT_THE_FORM;
  const [, hour = "", minute = "", second = "00", digits = ""] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return NOT_THE_FORM;
  const fraction = withoutZerosAtEnd(digits);
  if (fraction.length > FRACTION_DIGITS_MAX) return { problem: "precision" };
  return { value: `${hour}:${minute}:${second}${fraction === "" ? "" : `.${fraction}`}` };
}

/**
 * A moment, in UTC with up to six digits of a second. Without an offset it is no moment.
 *
 * "2026-02-28 14:02:00.50+01" => "2026-02-28T13:02:00.5Z"
 */
export function canonicalInstant(text: string): Temporal {
  if (PLAIN_INSTANT.test(text)) return { value: text };
  const match = INSTANT.exec(text);
  if (match === null) return NOT_THE_FORM;
  const [, date = "", timeText = "", zone = "", sign = "+", hours, minutes, seconds] = match;
  const time = canonicalTime(timeText);
  if (!isDate(date)) return NOT_THE_FORM;
  if ("problem" in time) return time;
  if (zone === "Z") return { value: `${date}T${time.value}Z` };
  const offset = secondsOf(hours, minutes, seconds);
  return offset === null ? NOT_THE_FORM : shift(date, time.value, sign === "-" ? offset : -offset);
}

function secondsOf(hours = "00", minutes = "00", seconds = "00"): number | null {
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Moves a wall time by whole seconds; its fraction stays as it is written. */
function shift(date: string, time: string, seconds: number): Temporal {
  const fraction = time.slice(8);
  const moved = new Date(Date.parse(`${date}T${time.slice(0, 8)}Z`) + seconds * 1000);
  const year = moved.getUTCFullYear();
  if (year < 1 || year > 9999) return NOT_THE_FORM;
  return { value: `${moved.toISOString().slice(0, 19)}${fraction}Z` };
}

/**
 * Orders two canonical times, dates or instants; a plain comparison puts "…:00Z" after "…:00.5Z".
 */
export function compareTemporal(a: string, b: string): number {
  const left = a.endsWith("Z") ? a.slice(0, -1) : a;
  const right = b.endsWith("Z") ? b.slice(0, -1) : b;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.slice(0, end);
}
