import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { notText } from "./each-value.ts";
import type { StepResult } from "./transform.ts";

export const StreetSettings = z.strictObject({
  order: z
    .enum(["street-first", "number-first"])
    .default("street-first")
    .describe("How the line is written: 'Main Street 12', or '12 Main Street'"),
});
export type StreetSettings = z.output<typeof StreetSettings>;

/** "12", "12a", "12 a", "12-14", "12/3": a number, and at most one letter behind each. */
const NUMBER = "\\d{1,6} ?[A-Za-z]?(?:[-/+]\\d{1,6} ?[A-Za-z]?)?";
const LINES = {
  "street-first": new RegExp(`^(?<street>.*\\S) (?<number>${NUMBER})$`, "u"),
  "number-first": /^(?<number>\d{1,6}[A-Za-z]?(?:[-/+]\d{1,6}[A-Za-z]?)?) (?<street>\S.*)$/u,
};

/** Longer texts are no line of an address. */
const LENGTH_MAX = 300;

/** Street and number of a line; without a number that can be told the whole is the street. */
export function splitStreet(line: FieldValue, { order }: StreetSettings): StepResult {
  if (line === null) return { ok: true, values: [null, null] };
  if (typeof line !== "string") return notText(line);
  const { street = line, number = null } =
    (line.length > LENGTH_MAX ? null : LINES[order].exec(line))?.groups ?? {};
  return { ok: true, values: [street, number] };
}

export function joinStreet(
  [street = null, number = null]: readonly FieldValue[],
  { order }: StreetSettings,
): StepResult {
  if (street !== null && typeof street !== "string") return notText(street);
  if (number !== null && typeof number !== "string") return notText(number);
  if (street === null && number === null) return { ok: true, values: [null] };
  const parts = order === "street-first" ? [street, number] : [number, street];
  return { ok: true, values: [parts.filter(Boolean).join(" ")] };
}
