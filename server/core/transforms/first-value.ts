import { z } from "zod";
import { FIELD_TYPES, type FieldValue } from "../values/field-value.ts";
import { defineTransform } from "./transform.ts";

const VALUES_MAX = 20;

export const firstValue = defineTransform({
  id: "first-value",
  summary: "Sends the first of several fields that has a value.",
  help:
    "The system gets the value of the first field; where that one has none, of the second, and so " +
    "on: a German name, else the English one. The hub's values stay as they are. The edge writes " +
    "only: what stands in the column does not say which field it came from.",
  accepts: FIELD_TYPES,
  returns: FIELD_TYPES,
  settings: z.strictObject({
    fields: z.int().min(2).max(VALUES_MAX).describe("How many fields are tried, in their order"),
    alsoEmpty: z.boolean().default(false).describe("The empty text counts as no value"),
  }),
  sentence: ({ fields, alsoEmpty }) =>
    `Sends the first of ${fields} fields that has a value${alsoEmpty ? " and is not empty" : ""}.`,

  compile({ fields, alsoEmpty }) {
    const isNone = (value: FieldValue) => value === null || (alsoEmpty && value === "");
    const rest = Array<null>(fields - 1).fill(null);
    return {
      kind: "one-way",
      writesOnly: true,
      inputs: 1,
      outputs: fields,
      forward: ([value = null]) => ({ ok: true, values: [value, ...rest] }),
      backward: (values) => ({
        ok: true,
        values: [values.find((value) => !isNone(value)) ?? null],
      }),
    };
  },

  examples: [
    { settings: { fields: 2 }, backward: ["Lampe", "Lamp"], gives: ["Lampe"] },
    { settings: { fields: 2 }, backward: [null, "Lamp"], gives: ["Lamp"] },
    { settings: { fields: 3 }, backward: [null, null, "Lampe"], gives: ["Lampe"] },
    { settings: { fields: 2 }, backward: ["", "Lamp"], gives: [""] },
    { settings: { fields: 2, alsoEmpty: true }, backward: ["", "Lamp"], gives: ["Lamp"] },
    { settings: { fields: 2 }, backward: [null, null], gives: [null] },
    { settings: { fields: 2 }, forward: ["Lampe"], gives: ["Lampe", null] },
  ],
});
