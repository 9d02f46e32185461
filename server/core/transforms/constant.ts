import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { Cell } from "./cell.ts";
import { defineTransform } from "./transform.ts";

export const constant = defineTransform({
  id: "constant",
  summary: "Always gives the same value.",
  help:
    "On an edge that only writes, the column always gets this value; on one that only reads, the " +
    "field does. It cannot do both: whatever was there would be lost.",
  accepts: ["text", "enum", "integer", "decimal", "boolean", "date", "time", "instant"],
  returns: ["text", "enum", "integer", "decimal", "boolean", "date", "time", "instant"],
  settings: z.strictObject({
    value: Cell.describe("The value"),
  }),
  sentence: ({ value }) => `Always gives ${quoteValue(value)}.`,

  compile({ value }) {
    return {
      kind: "one-way",
      inputs: 1,
      outputs: 1,
      forward: () => ({ ok: true, values: [value] }),
      backward: () => ({ ok: true, values: [value] }),
    };
  },

  examples: [
    { settings: { value: "EUR" }, forward: ["anything"], gives: ["EUR"] },
    { settings: { value: true }, backward: ["anything"], gives: [true] },
    { settings: { value: "EUR" }, backward: ["USD"], previous: ["CHF"], gives: ["EUR"] },
  ],
});
