import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { eachValue } from "./each-value.ts";
import { defineTransform } from "./transform.ts";

export const defaultValue = defineTransform({
  id: "default",
  summary: "Gives the hub a value where the system has none.",
  help:
    "Where the system has no value (and, if you say so, the empty text), the hub gets the one " +
    "that you name. A row without a value stays without one as long as the hub's is the default.",
  accepts: ["text", "enum", "integer", "decimal", "boolean", "date", "time", "instant"],
  returns: ["text", "enum", "integer", "decimal", "boolean", "date", "time", "instant"],
  settings: z.strictObject({
    value: z.union([z.string(), z.boolean()]).describe("The value where there is none"),
    alsoEmpty: z.boolean().default(false).describe("Also replace the empty text"),
  }),
  sentence: ({ value, alsoEmpty }) =>
    `Puts ${quoteValue(value)} where there is no value${alsoEmpty ? " or an empty text" : ""}.`,

  compile({ value: standard, alsoEmpty }) {
    return eachValue({
      kind: "lossy",
      read: (value) => (value === null || (alsoEmpty && value === "") ? standard : value),
      write: (value) => value,
    });
  },

  examples: [
    { settings: { value: "EUR" }, forward: [null], gives: ["EUR"] },
    { settings: { value: "EUR" }, forward: ["USD"], gives: ["USD"] },
    { settings: { value: "EUR" }, forward: [""], gives: [""] },
    { settings: { value: "EUR", alsoEmpty: true }, forward: [""], gives: ["EUR"] },
    { settings: { value: false }, forward: [null], gives: [false] },
    { settings: { value: "EUR" }, backward: ["EUR"], previous: [null], gives: [null] },
    { settings: { value: "EUR" }, backward: ["USD"], previous: [null], gives: ["USD"] },
    { settings: { value: "EUR" }, backward: ["EUR"], gives: ["EUR"] },
  ],
});
