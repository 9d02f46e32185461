import { parseAsString, parseAsStringLiteral } from "nuqs";

/** What of a record is open, as it stands in the address. */
export const RECORD_VIEW = {
  /** The field whose value is explained. */
  field: parseAsString,
  /** As of this moment, ISO 8601 UTC; null: now. */
  at: parseAsString,
  /** Which half shows where there is room for one. */
  view: parseAsStringLiteral(["values", "story"]).withDefault("values"),
};
