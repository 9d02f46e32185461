import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, isProblem, type One } from "./each-value.ts";
import {
  type Calculation,
  calculation,
  divideExactly,
  divideRounded,
  Exact,
  ROUNDING_SETTINGS,
  type Rounding,
  rounds,
} from "./exact.ts";
import { defineTransform, problem } from "./transform.ts";
import { UNIT_NAMES, UNITS, type UnitName } from "./units.ts";

export const unit = defineTransform({
  id: "unit",
  summary: "Converts pounds to kilograms, inches to centimetres, °F to °C: exactly.",
  help:
    "Choose the system's unit and the hub's; both must measure the same. A number is converted as " +
    "it is; a quantity must be in the unit that you name, and gets the other one. Sizes are exact " +
    "by definition (1 lb is 0.45359237 kg), and nothing is rounded unless you say to how many " +
    "digits: a result with endless digits is a problem then, and the value waits.",
  accepts: ["integer", "decimal", "text", "quantity"],
  returns: ["integer", "decimal", "quantity"],
  settings: z.strictObject({
    column: z.enum(UNIT_NAMES).describe("The system's unit"),
    field: z.enum(UNIT_NAMES).describe("The hub's unit"),
    ...ROUNDING_SETTINGS,
  }),
  sentence: ({ column, field, ...settings }) => {
    const main = `Converts ${column} to ${field}; on the way back the opposite`;
    return rounds(settings) === true ? `${main}, rounding where it must.` : `${main}, exactly.`;
  },

  compile({ column, field, ...settings }) {
    if (column === field) return "Both sides have the same unit, so no step is needed.";
    const [from, to] = [UNITS[column], UNITS[field]];
    if (from.measures !== to.measures) {
      return `${column} measures ${from.measures} and ${field} ${to.measures}.`;
    }
    const isRounded = rounds(settings);
    if (typeof isRounded === "string") return isRounded;
    const { fieldDigits, columnDigits, rounding } = settings;
    return eachValue({
      kind: isRounded ? "lossy" : "lossless",
      read: conversion(column, field, fieldDigits, rounding),
      write: conversion(field, column, columnDigits, rounding),
    });
  },

  examples: [
    { settings: { column: "lb", field: "kg" }, forward: ["10"], gives: ["4.5359237"] },
    { settings: { column: "lb", field: "kg" }, backward: ["4.5359237"], gives: ["10"] },
    { settings: { column: "lb", field: "kg" }, backward: ["1"], fails: "inexact" },
    {
      settings: { column: "in", field: "cm" },
      forward: ["2", null, ""],
      gives: ["5.08", null, ""],
    },
    { settings: { column: "°F", field: "°C" }, forward: ["212", "-40"], gives: ["100", "-40"] },
    { settings: { column: "°F", field: "°C" }, forward: ["0"], fails: "inexact" },
    {
      settings: { column: "°F", field: "°C", fieldDigits: 1, rounding: "half-up" },
      forward: ["0"],
      gives: ["-17.8"],
    },
    {
      settings: { column: "°F", field: "°C", fieldDigits: 1, rounding: "half-up" },
      backward: ["-17.8"],
      previous: ["0"],
      gives: ["0"],
    },
    {
      settings: { column: "lb", field: "kg" },
      forward: [{ amount: "2", unit: "lb" }],
      gives: [{ amount: "0.90718474", unit: "kg" }],
    },
    {
      settings: { column: "lb", field: "kg" },
      backward: [{ amount: "0.90718474", unit: "kg" }],
      gives: [{ amount: "2", unit: "lb" }],
    },
    {
      settings: { column: "lb", field: "kg" },
      forward: [{ amount: "2", unit: "g" }],
      fails: "unit",
    },
    { settings: { column: "lb", field: "kg" }, forward: ["two"], fails: "type" },
    { settings: { column: "lb", field: "m" }, forward: ["1"], fails: "settings" },
  ],
});

function conversion(
  from: UnitName,
  to: UnitName,
  digits: number | undefined,
  rounding: Rounding | undefined,
): (value: FieldValue) => One {
  const convert = calculation(calculator(from, to), digits, rounding);
  return (value) => {
    if (value === null || typeof value !== "object" || !("unit" in value)) return convert(value);
    if (value.unit !== from) return problem("unit", `${quoteValue(value)} is not in ${from}.`);
    const amount = convert(value.amount);
    return isProblem(amount) ? amount : { amount: String(amount), unit: to };
  };
}

/** ((value + a) × size − b × parts) / parts: one division at the end, so nothing rounds twice. */
function calculator(from: UnitName, to: UnitName): Calculation {
  const [a, b] = [UNITS[from], UNITS[to]];
  const size = new Exact(a.size).times(b.parts);
  const parts = new Exact(a.parts).times(b.size);
  const above = (value: string) =>
    new Exact(value).plus(a.offset).times(size).minus(parts.times(b.offset));
  return {
    exact: (value) => divideExactly(above(value), parts)?.toFixed() ?? null,
    rounded: (value, digits, rounding) => divideRounded(above(value), parts, digits, rounding),
  };
}
