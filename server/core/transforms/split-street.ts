import type { FieldValue } from "../values/field-value.ts";
import { notText, provingAll, restoring } from "./each-value.ts";
import { joinStreet, StreetSettings, splitStreet } from "./street.ts";
import { defineTransform, type StepResult } from "./transform.ts";

export const splitStreetAndNumber = defineTransform({
  id: "split-street",
  summary: "Takes 'Main Street 12a' apart into street and house number.",
  help:
    "Makes two fields of one column. A number with a letter (12a, 12 a) or a span (12-14) is a " +
    "house number at the end of the line, or at its beginning; without one the whole line is the " +
    "street. 'Route 66' looks like a number too: nobody can tell. On the way back the two are " +
    "joined, and parts that would come back in another place wait.",
  accepts: ["text"],
  returns: ["text"],
  settings: StreetSettings,
  sentence: ({ order }) =>
    `Takes '${order === "street-first" ? "Main Street 12" : "12 Main Street"}' apart into street and \
house number; on the way back joins them.`,

  compile(settings) {
    const forward = ([line = null]: readonly FieldValue[]): StepResult => {
      if (line !== null && typeof line !== "string") return notText(line);
      return splitStreet(line?.trim().replace(/\s+/g, " ") ?? null, settings);
    };
    const write = provingAll(forward, (values) => joinStreet(values, settings));
    return {
      ...{ kind: "lossy", inputs: 1, outputs: 2, forward },
      backward: restoring(forward, write),
    };
  },

  examples: [
    { settings: {}, forward: ["Main Street 12a"], gives: ["Main Street", "12a"] },
    { settings: {}, forward: ["Hauptstr.  12 a"], gives: ["Hauptstr.", "12 a"] },
    {
      settings: {},
      forward: ["Straße des 17. Juni 135-137"],
      gives: ["Straße des 17. Juni", "135-137"],
    },
    { settings: {}, forward: ["Platz des 8. Mai"], gives: ["Platz des 8. Mai", null] },
    {
      settings: { order: "number-first" },
      forward: ["12 Main Street"],
      gives: ["Main Street", "12"],
    },
    { settings: { order: "number-first" }, forward: ["5th Avenue"], gives: ["5th Avenue", null] },
    { settings: {}, forward: [""], gives: ["", null] },
    { settings: {}, forward: [null], gives: [null, null] },
    { settings: {}, backward: ["Main Street", "12"], gives: ["Main Street 12"] },
    { settings: {}, backward: ["Main Street 12", null], fails: "no-way-back" },
    { settings: {}, backward: ["Main Street", "rear house"], fails: "no-way-back" },
    {
      settings: {},
      backward: ["Hauptstr.", "12"],
      previous: ["Hauptstr.  12"],
      gives: ["Hauptstr.  12"],
    },
  ],
});
