import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeEquals } from "../values/equal-value.ts";
import { FIELD_TYPES, type FieldValue } from "../values/field-value.ts";
import { decimals, LAW_RUNS, rawValues, texts } from "../values/testing/value-arbitraries.ts";
import { isSame } from "./each-value.ts";
import { findTransform, TRANSFORMS } from "./registry.ts";
import type { CompiledStep } from "./transform.ts";

type Case = {
  readonly id: string;
  readonly settings: object;
  /** What systems may hold in the columns. */
  readonly columns: fc.Arbitrary<readonly FieldValue[]>;
  /** It has values that it cannot write back without a previous one; refusing them is right. */
  readonly mayRefuse?: true;
};

const none = fc.constant<FieldValue>(null);
const text: fc.Arbitrary<FieldValue> = fc.oneof({ weight: 9, arbitrary: texts }, none);
const number: fc.Arbitrary<FieldValue> = fc.oneof({ weight: 9, arbitrary: decimals }, none);
const name = fc.oneof(
  text,
  fc
    .array(fc.constantFrom("Ada", "van", "der", "Berg", "de", ",", ", ", " ", "-"), {
      maxLength: 6,
    })
    .map((words) => words.join(" ")),
  fc.constantFrom<FieldValue>("", null, "Plato", "García Márquez", "Jan van der Berg", "A, B, C"),
);
const country = fc.constantFrom<FieldValue>(
  ...["Germany", "GERMANY", "Great Britain", "UK", "Congo", "the Netherlands", "Atlantis", ""],
  ...["DE", "de", "GBR", "XK", "Kosovo", "Türkiye", "Turkey", "U.S.A.", "Cote d'Ivoire"],
  null,
);
const cents = fc.bigInt(-(10n ** 20n), 10n ** 20n).map(String);
const plainText = fc
  .array(fc.constantFrom("a", "A", "é", " ", "-", "o'"), { maxLength: 6 })
  .map((parts) => parts.join(""));
const states = fc.constantFrom<FieldValue>("A", "ACT", "G", "Q", "", null, true, false);
const rows = [
  { from: "A", to: "active" },
  { from: "G", to: "gone" },
  { from: true, to: "yes" },
];

const one = (value: fc.Arbitrary<FieldValue>) => fc.tuple(value);
const two = (value: fc.Arbitrary<FieldValue>) => fc.tuple(value, value);

const CASES: readonly Case[] = [
  { id: "trim", settings: {}, columns: two(text) },
  { id: "trim", settings: { inner: true }, columns: one(text) },
  { id: "case", settings: { field: "upper" }, columns: one(text) },
  { id: "case", settings: { field: "lower" }, columns: one(text) },
  { id: "case", settings: { field: "title" }, columns: one(text) },
  { id: "case", settings: { field: "title", column: "upper" }, columns: one(plainText) },
  { id: "empty-as-none", settings: {}, columns: one(text) },
  { id: "empty-as-none", settings: { write: "empty" }, columns: two(text) },
  { id: "default", settings: { value: "a" }, columns: one(text) },
  { id: "default", settings: { value: "a", alsoEmpty: true }, columns: one(text) },
  { id: "value-table", settings: { rows }, columns: one(states) },
  { id: "value-table", settings: { rows, otherwise: "x" }, columns: one(states), mayRefuse: true },
  {
    id: "value-table",
    settings: { rows: [...rows, { from: "ACT", to: "active" }], firstBack: true },
    columns: two(states),
  },
  {
    id: "value-table",
    settings: { rows: [...rows, { from: "", to: null }] },
    columns: one(states),
  },
  {
    id: "value-table",
    settings: { rows: [...rows, { from: null, to: "new" }] },
    columns: one(states),
  },
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
  ...(["name", "alpha-2", "alpha-3"] as const).flatMap((column) =>
    (["name", "alpha-2", "alpha-3"] as const).map((field) => ({
      id: "country-code",
      settings: { column, field },
      columns: one(country),
    })),
  ),
  ...(["given-first", "family-first"] as const).flatMap((order) =>
    (["given", "family"] as const).flatMap((middle) => [
      { id: "join-name", settings: { order, middle }, columns: two(name) },
      { id: "join-name", settings: { order, middle, missing: "empty" }, columns: two(name) },
      { id: "split-name", settings: { order, middle }, columns: one(name) },
      { id: "split-name", settings: { order, middle, missing: "empty" }, columns: one(name) },
    ]),
  ),
  { id: "concatenate", settings: { parts: 2, splits: true }, columns: two(name) },
  {
    id: "concatenate",
    settings: { parts: 3, separator: ", ", splits: true },
    columns: fc.tuple(name, name, name),
  },
  { id: "split-text", settings: { parts: 2, separator: " " }, columns: one(name) },
  { id: "split-text", settings: { parts: 3, separator: ", " }, columns: one(name) },
];

function stepOf({ id, settings }: Case): CompiledStep {
  const prepared = findTransform(id)?.prepare(settings);
  if (prepared?.ok !== true) throw new Error(`${id} does not take ${JSON.stringify(settings)}`);
  return prepared.step;
}

function areSame(a: readonly FieldValue[], b: readonly FieldValue[]): boolean {
  return a.length === b.length && a.every((value, index) => isSame(value, b[index] ?? null));
}

const TITLED = CASES.map((one) => [`${one.id} ${JSON.stringify(one.settings)}`, one] as const);

describe.each(TITLED)("%s", (_, case_) => {
  const step = stepOf(case_);
  const { forward, backward } = step;
  if (backward === undefined) throw new Error("A step without a way back has no laws.");

  test("what has not changed comes back to the letter", () => {
    fc.assert(
      fc.property(case_.columns, (columns) => {
        const there = forward(columns);
        fc.pre(there.ok);
        if (there.ok)
          expect(backward(there.values, columns)).toEqual({ ok: true, values: columns });
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("what is written reads as it was meant, whatever the row had before", () => {
    const previous = fc.option(case_.columns, { nil: null });
    fc.assert(
      fc.property(case_.columns, previous, (columns, before) => {
        const there = forward(columns);
        fc.pre(there.ok);
        if (!there.ok) return;
        const values = there.values.map((v) => (typeof v === "string" ? v.normalize("NFC") : v));
        const back = backward(values, before);
        if (!back.ok) {
          expect(case_.mayRefuse, back.message).toBe(true);
          return;
        }
        const again = forward(back.values);
        expect(
          again.ok && areSame(again.values, values),
          JSON.stringify([values, back, again]),
        ).toBe(true);
      }),
      { numRuns: LAW_RUNS },
    );
  });
});

const LOSSLESS = TITLED.filter(([, case_]) => stepOf(case_).kind === "lossless");

test.each(LOSSLESS)("%s is lossless: it needs no previous value", (_, case_) => {
  const { forward, backward } = stepOf(case_);
  const equals = makeEquals("decimal");
  fc.assert(
    fc.property(case_.columns, (columns) => {
      const there = forward(columns);
      fc.pre(there.ok);
      const back = there.ok ? backward?.(there.values, null) : there;
      const isBack =
        back?.ok === true && back.values.every((value, i) => equals(value, columns[i] ?? null));
      expect(isBack, JSON.stringify([there, back])).toBe(true);
    }),
    { numRuns: LAW_RUNS },
  );
});

test("every transform with a way back is tested for the laws", () => {
  const tested = new Set(CASES.map(({ id }) => id));
  const untested = TRANSFORMS.filter(({ id }) => !tested.has(id)).map(({ id }) => id);
  // What they write says nothing of what they were given.
  expect(untested).toEqual(["first-value", "constant"]);
});

test("no value of any type makes a step throw", () => {
  const any = fc.constantFrom(...FIELD_TYPES).chain((type) => rawValues(type));
  fc.assert(
    fc.property(fc.constantFrom(...CASES), fc.array(any, { maxLength: 3 }), (case_, values) => {
      const step = stepOf(case_);
      expect(typeof step.forward(values).ok).toBe("boolean");
      expect(typeof step.backward?.(values, null).ok).toBe("boolean");
      expect(typeof step.backward?.(values, [...values].reverse()).ok).toBe("boolean");
    }),
    { numRuns: LAW_RUNS },
  );
});
