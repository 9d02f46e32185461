import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { type AmountParts, amountOf } from "./amount-of.ts";
import { defineTransform, problem, type StepProblem } from "./transform.ts";

export const quantity = defineTransform({
  id: "quantity",
  summary: "Makes a quantity of a number and its unit: 5 and 'kg' are 5 kg.",
  help:
    "Takes the column of the number, then the column of the unit. Where the system has one unit " +
    "only, name it, and the edge needs no second column; a quantity in another unit then waits " +
    "instead of losing its unit. To convert it put 'Convert a unit' behind this step.",
  accepts: ["decimal", "integer", "text", "enum"],
  returns: ["quantity"],
  settings: z.strictObject({
    unit: z.string().min(1).max(40).optional().describe("The system's only unit"),
  }),
  sentence: ({ unit }) =>
    unit === undefined
      ? "Makes a quantity of a number and its unit; on the way back takes them apart."
      : `Takes the number as ${unit}; on the way back writes the number alone.`,

  compile: ({ unit }) => amountOf({ fixed: unit?.normalize("NFC"), compose: toQuantity, parts }),

  examples: [
    { settings: {}, forward: ["5.0", "kg"], gives: [{ amount: "5", unit: "kg" }] },
    { settings: {}, forward: [null, "kg"], gives: [null] },
    { settings: {}, forward: ["5", ""], fails: "type" },
    { settings: {}, forward: ["five", "kg"], fails: "type" },
    { settings: {}, backward: [{ amount: "5", unit: "kg" }], gives: ["5", "kg"] },
    { settings: {}, backward: [null], previous: [null, "kg"], gives: [null, "kg"] },
    { settings: { unit: "kg" }, forward: ["5"], gives: [{ amount: "5", unit: "kg" }] },
    { settings: { unit: "kg" }, backward: [{ amount: "5", unit: "kg" }], gives: ["5"] },
    { settings: { unit: "kg" }, backward: [{ amount: "5", unit: "lb" }], fails: "other" },
    { settings: {}, backward: ["5 kg"], fails: "type" },
  ],
});

function toQuantity(amount: string, unit: FieldValue): FieldValue | StepProblem {
  if (typeof unit === "string" && unit !== "") return { amount, unit };
  return problem("type", `${quoteValue(unit)} is not a unit.`);
}

function parts(value: FieldValue): AmountParts | StepProblem {
  if (typeof value === "object" && value !== null && "unit" in value) {
    return { amount: value.amount, of: value.unit };
  }
  return problem("type", `${quoteValue(value)} is not a quantity.`);
}
