import { z } from "zod";
import { MONTH_LANGUAGES } from "./month-names.ts";

/** How a text of a date or a time is written; the steps of one pattern share these settings. */
export const Pattern = z.string().min(1, { error: "Write a pattern: dd.MM.yyyy." }).max(60);

export const PATTERN_SETTINGS = {
  language: z.enum(MONTH_LANGUAGES).optional().describe("The language of the names of months"),
  firstYear: z
    .int()
    .min(1)
    .max(9_900)
    .optional()
    .describe("The first of the hundred years that yy may mean: 1950 makes 49 the year 2049"),
} as const;

export const PATTERN_HELP =
  "In the pattern yyyy is the year, MM the month, dd the day, MMM or MMMM the month's name, HH:mm " +
  "the time; M, d and H also read one digit; letters that mean themselves stand in 'quotes'. ";
