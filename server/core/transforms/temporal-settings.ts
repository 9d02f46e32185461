import { z } from "zod";
import { canonicalTime } from "../values/temporal.ts";

/** A time of day in a step's settings: "12:00", as its canonical spelling. */
export const TimeOfDay = z.string().transform((text, context) => {
  const time = canonicalTime(text);
  if ("value" in time) return time.value;
  context.addIssue({ code: "custom", message: "Write a time of day as 12:00." });
  return z.NEVER;
});
