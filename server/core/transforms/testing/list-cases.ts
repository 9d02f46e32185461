import fc from "fast-check";
import type { FieldValue } from "../../values/field-value.ts";
import { type LawCase, madeOf, number, one, text, two } from "./law-case.ts";

const listed = madeOf("red", "green", ",", ", ", " ", ";", "\n");
const member = fc.constantFrom<FieldValue>("a", "A", "b", "c", "10", "9");
const list: fc.Arbitrary<FieldValue> = fc.oneof(
  { weight: 9, arbitrary: fc.array(member, { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const numbers = fc.array(number, { maxLength: 4 });
const state = fc.constantFrom<FieldValue>("X", "x", "Y", "yes", "no", "", " ", null);
const rows = [
  { from: "a", to: "one" },
  { from: "b", to: "two" },
];
const streets = madeOf("Main", "Street", " ", "12", "a", "-", "/", "17.", "66");
const words = madeOf("a", "b", " (", ")", "{", "/", "12");

export const LIST_CASES: readonly LawCase[] = [
  { id: "split-list", settings: {}, columns: two(listed) },
  { id: "split-list", settings: { separator: "\\n" }, columns: one(listed) },
  { id: "split-list", settings: { column: "list" }, columns: one(list), mayRefuse: true },
  { id: "list-item", settings: {}, columns: two(list), mayRefuse: true },
  { id: "list-item", settings: { place: -1 }, columns: one(list), mayRefuse: true },
  { id: "list-item", settings: { place: 3 }, columns: one(list), mayRefuse: true },
  { id: "sort-list", settings: {}, columns: two(list) },
  { id: "sort-list", settings: { as: "number", order: "falling" }, columns: one(numbers) },
  { id: "distinct", settings: {}, columns: two(list) },
  { id: "distinct", settings: { ignoreCase: true }, columns: one(list) },
  { id: "list-contains", settings: { member: "a" }, columns: two(list) },
  { id: "list-table", settings: { rows }, columns: one(list) },
  {
    id: "list-table",
    settings: { rows, otherwise: "three" },
    columns: two(list),
    mayRefuse: true,
  },
  {
    id: "conditional",
    settings: { operator: "is", values: ["X", "x"], yes: "yes", no: "no" },
    columns: two(state),
  },
  {
    id: "conditional",
    settings: { operator: "blank", yes: "none" },
    columns: one(fc.oneof(state, text)),
  },
  {
    id: "conditional",
    settings: { type: "decimal", operator: "at-least", values: ["5"], no: "5" },
    columns: one(number),
  },
  {
    id: "conditional",
    settings: { operator: "starts-with", values: ["a"], yes: false, no: "z" },
    columns: one(text),
    mayRefuse: true,
  },
  {
    id: "template",
    settings: { text: "{1} ({2})", splits: true },
    columns: two(words),
    mayRefuse: true,
  },
  {
    id: "template",
    settings: { text: "[{2}/{1}/{3}", splits: true, missing: "none" },
    columns: fc.tuple(words, words, words),
  },
  {
    id: "expression",
    settings: { expression: "value.trim().upper()", back: "value.lower()" },
    columns: one(words),
    mayRefuse: true,
  },
  {
    id: "expression",
    settings: {
      expression: "value * 4",
      takes: [{ name: "value", type: "decimal" }],
      gives: "decimal",
      back: "value / 4",
    },
    columns: one(number),
    mayRefuse: true,
  },
  ...(["street-first", "number-first"] as const).flatMap((order): LawCase[] => [
    { id: "join-street", settings: { order }, columns: two(streets), mayRefuse: true },
    { id: "split-street", settings: { order }, columns: one(streets), mayRefuse: true },
  ]),
];
