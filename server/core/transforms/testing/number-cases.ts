import fc from "fast-check";
import { canonicalDecimal } from "../../values/decimal.ts";
import type { FieldValue } from "../../values/field-value.ts";
import { decimals } from "../../values/testing/value-arbitraries.ts";
import { cents, type LawCase, madeOf, number, one, text, two } from "./law-case.ts";

const written = madeOf("1", "23", "456", ".", ",", " ", "-", "0");
const percentages = fc.oneof(
  fc.tuple(number, fc.constantFrom("%", " %", "\u00a0%", "")).map((parts) => parts.join("")),
  text,
);
const weighed = (...units: readonly string[]) =>
  fc.record({
    amount: decimals.map((amount) => canonicalDecimal(amount) ?? "0"),
    unit: fc.constantFrom(...units),
  });
const minor = fc.oneof(cents, number);
const currency = fc.constantFrom<FieldValue>(
  ...["EUR", "eur", "€", "$", "kr", "Yen", "¥", "978", "008", "8", "532", "XCG", "ANG", ""],
  null,
);

export const NUMBER_CASES: readonly LawCase[] = [
  { id: "scale", settings: { operation: "divide", factor: "100" }, columns: one(number) },
  { id: "scale", settings: { operation: "multiply", factor: "0.001" }, columns: one(number) },
  { id: "scale", settings: { operation: "divide", factor: "1.25" }, columns: one(number) },
  { id: "scale", settings: { operation: "multiply", factor: "2.54" }, columns: one(number) },
  {
    id: "scale",
    settings: { operation: "divide", factor: "100", fieldDigits: 1, rounding: "half-even" },
    columns: one(number),
  },
  {
    id: "scale",
    settings: { operation: "divide", factor: "100", columnDigits: 0, rounding: "half-up" },
    columns: one(cents),
  },
  { id: "money", settings: {}, columns: fc.tuple(number, fc.constantFrom("EUR", "USD")) },
  { id: "money", settings: { currency: "EUR" }, columns: one(number) },
  { id: "number-format", settings: { decimal: "point" }, columns: two(written) },
  {
    id: "number-format",
    settings: { decimal: "comma", groups: "point", digits: 2 },
    columns: one(written),
    mayRefuse: true,
  },
  { id: "number-format", settings: { decimal: "comma", groups: "space" }, columns: one(written) },
  { id: "number-format", settings: { decimal: "point", minus: "behind" }, columns: one(written) },
  { id: "add", settings: { operation: "add", amount: "0.1" }, columns: two(number) },
  { id: "add", settings: { operation: "subtract", amount: "1" }, columns: one(number) },
  { id: "round", settings: { digits: 2 }, columns: two(number) },
  { id: "round", settings: { digits: -3, rounding: "half-even" }, columns: one(number) },
  { id: "sign", settings: { operation: "opposite" }, columns: two(number) },
  { id: "sign", settings: { operation: "leave out" }, columns: one(number) },
  { id: "percent", settings: { column: "percent" }, columns: two(number) },
  { id: "percent", settings: { column: "share", field: "percent" }, columns: one(number) },
  { id: "percent", settings: { column: "with sign" }, columns: one(percentages) },
  { id: "unit", settings: { column: "lb", field: "kg" }, columns: two(number) },
  { id: "unit", settings: { column: "°F", field: "°C" }, columns: one(number) },
  {
    id: "unit",
    settings: { column: "°F", field: "K", fieldDigits: 2, rounding: "half-up" },
    columns: one(number),
    mayRefuse: true,
  },
  { id: "unit", settings: { column: "in", field: "cm" }, columns: one(weighed("in", "cm")) },
  { id: "quantity", settings: {}, columns: fc.tuple(number, fc.constantFrom("kg", "", "m²")) },
  { id: "quantity", settings: { unit: "kg" }, columns: one(number) },
  { id: "minor-money", settings: {}, columns: fc.tuple(minor, fc.constantFrom("EUR", "JPY", "x")) },
  { id: "minor-money", settings: { currency: "KWD" }, columns: one(minor) },
  ...(["code", "number", "name"] as const).flatMap((column) =>
    (["code", "number", "name"] as const).map((field) => ({
      id: "currency-code" as const,
      settings: { column, field },
      columns: one(currency),
    })),
  ),
];
