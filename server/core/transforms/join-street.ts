import type { FieldValue } from "../values/field-value.ts";
import { provingAll, restoring } from "./each-value.ts";
import { joinStreet, StreetSettings, splitStreet } from "./street.ts";
import { defineTransform } from "./transform.ts";

export const joinStreetAndNumber = defineTransform({
  id: "join-street",
  summary: "Makes one line of a street and a house number.",
  help:
    "Takes the column of the street, then that of the number. On the way back a row keeps its " +
    "own parts as long as they give the line; a new line is taken apart at its number, and where " +
    "none can be told the whole is the street.",
  accepts: ["text", "integer"],
  returns: ["text"],
  settings: StreetSettings,
  sentence: ({ order }) =>
    `Joins street and house number to '${order === "street-first" ? "Main Street 12" : "12 Main Street"}'; \
on the way back takes them apart.`,

  compile(settings) {
    const forward = (values: readonly FieldValue[]) => joinStreet(values, settings);
    const write = provingAll(forward, ([line = null]) => splitStreet(line, settings));
    return {
      ...{ kind: "lossy", inputs: 2, outputs: 1, forward },
      backward: restoring(forward, write),
    };
  },

  examples: [
    { settings: {}, forward: ["Main Street", "12a"], gives: ["Main Street 12a"] },
    {
      settings: { order: "number-first" },
      forward: ["Main Street", "12"],
      gives: ["12 Main Street"],
    },
    { settings: {}, forward: ["Main Street", null], gives: ["Main Street"] },
    { settings: {}, forward: [null, null], gives: [null] },
    { settings: {}, backward: ["Straße des 17. Juni 135"], gives: ["Straße des 17. Juni", "135"] },
    { settings: {}, backward: ["Am Markt"], gives: ["Am Markt", null] },
    { settings: {}, backward: ["Route 66"], previous: ["Route 66", ""], gives: ["Route 66", ""] },
    { settings: {}, forward: [true, null], fails: "type" },
  ],
});
