import { z } from "zod";

/** A fixed value in a step's settings. A number is written as its text, as systems give it: "1". */
export const Cell = z.union([z.string(), z.boolean(), z.null()], {
  error: 'Use a text, true, false or null; write a number as a text: "1".',
});
