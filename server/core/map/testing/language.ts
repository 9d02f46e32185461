import type { Dimension } from "../dimension.ts";

/** Two languages, for tests of what has a value in each. */
export const LANGUAGE: Dimension = {
  id: "language",
  name: "Language",
  members: [
    { id: "en", name: "English" },
    { id: "de", name: "German" },
  ],
};
