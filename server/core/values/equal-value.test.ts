import Big from "big.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalDecimal, compareDecimals } from "./decimal.ts";
import { isBlank, isEqualValue, makeEquals } from "./equal-value.ts";
import { FIELD_TYPES, type FieldType, type FieldValue, type ValueOptions } from "./field-value.ts";
import { compareTemporal } from "./temporal.ts";
import { decimals, LAW_RUNS, rawValues, texts } from "./testing/value-arbitraries.ts";

type Case = readonly [string, FieldType, FieldValue, FieldValue, boolean, ValueOptions | null];

/** Goal: what means the same and what does not. */
const CASES: readonly Case[] = [
  ["trailing zeros", "decimal", "1.0", "1.00", true, null],
  ["huge integers", "integer", "9007199254740993", "9007199254740992", false, null],
  ["NFC and NFD", "text", "Zo\u0308e", "Zöe", true, null],
  [
    "one instant in two zones",
    "instant",
    "2026-02-28 14:00:00+01",
    "2026-02-28T13:00:00Z",
    true,
    null,
  ],
  ["two wall times", "instant", "2026-02-28T14:00:00Z", "2026-02-28T14:00:00+01:00", false, null],
  ["a microsecond", "instant", "2026-02-28T14:00:00.000001Z", "2026-02-28T14:00:00Z", false, null],
  ["null and empty", "text", null, "", false, null],
  ["null and null", "text", null, null, true, null],
  ["case", "text", "Ada", "ADA", false, null],
  ["case that means nothing", "text", "Straße", "STRASSE", true, { ignoreCase: true }],
  ["a final sigma", "text", "ΟΔΟΣ", "οδοσ", true, { ignoreCase: true }],
  ["white space", "text", "Ada ", "Ada", false, null],
  ["white space that means nothing", "text", "Ada\u00a0", " Ada", true, { trim: true }],
  ["order in a set", "set", ["b", "a"], ["a", "b", "b"], true, null],
  ["order in a list", "list", ["b", "a"], ["a", "b"], false, null],
  ["members by their type", "list", ["1.0"], ["1"], true, { items: "decimal" }],
  ["case in a set", "set", ["A", "a", "b"], ["B", "a"], true, { ignoreCase: true }],
  [
    "money",
    "money",
    { amount: "1.0", currency: "EUR" },
    { amount: "1", currency: "EUR" },
    true,
    null,
  ],
  [
    "currencies",
    "money",
    { amount: "1", currency: "EUR" },
    { amount: "1", currency: "USD" },
    false,
    null,
  ],
  ["order of keys", "json", '{"a":1,"b":2}', '{"b":2, "a":1}', true, null],
  ["a value that does not fit", "integer", "x", "x", true, null],
  ["two values that do not fit", "integer", "x", "y", false, null],
];

describe("isEqualValue", () => {
  test.each(CASES)("%s", (_, type, a, b, equal, options) => {
    expect(isEqualValue(type, options ?? {}, a, b)).toBe(equal);
    expect(isEqualValue(type, options ?? {}, b, a)).toBe(equal);
  });

  const settings = fc.constantFrom<ValueOptions>(
    {},
    { trim: true },
    { ignoreCase: true },
    { trim: true, ignoreCase: true },
  );

  test.each(FIELD_TYPES)("is an equivalence on %s", (type) => {
    const value = fc.oneof(
      rawValues(type),
      texts,
      fc.constantFrom<FieldValue>(null, "", "1", "01"),
    );
    fc.assert(
      fc.property(value, value, value, settings, (a, b, c, options) => {
        const equals = makeEquals(type, options);
        expect(equals(a, structuredClone(a))).toBe(true);
        expect(equals(a, b)).toBe(equals(b, a));
        if (equals(a, b) && equals(b, c)) expect(equals(a, c)).toBe(true);
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("composed and decomposed texts mean the same, with and without options", () => {
    fc.assert(
      fc.property(texts, settings, (text, options) => {
        expect(isEqualValue("text", options, text.normalize("NFC"), text.normalize("NFD"))).toBe(
          true,
        );
      }),
      { numRuns: LAW_RUNS },
    );
  });
});

describe("isBlank", () => {
  test.each<readonly [FieldValue, boolean]>([
    [null, true],
    ["", true],
    [[], true],
    [" ", false],
    [false, false],
    ["0", false],
    [[null], false],
  ])("%j => %s", (value, blank) => {
    expect(isBlank(value)).toBe(blank);
  });

  test("white space alone is blank where it means nothing", () => {
    expect(isBlank(" \u00a0", { trim: true })).toBe(true);
  });
});

describe("order", () => {
  test("of decimals is by size, not by text", () => {
    expect(compareDecimals("10", "9")).toBeGreaterThan(0);
    expect(compareDecimals("-10", "-9.5")).toBeLessThan(0);
    expect(compareDecimals("100000000000000000000.1", "100000000000000000000.2")).toBeLessThan(0);
  });

  test("of decimals agrees with a calculator", () => {
    const canonical = decimals.map((text) => canonicalDecimal(text) ?? "0");
    fc.assert(
      fc.property(canonical, canonical, (a, b) => {
        expect(Math.sign(compareDecimals(a, b))).toBe(new Big(a).cmp(b));
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("of instants sees fractions", () => {
    expect(compareTemporal("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5Z")).toBeLessThan(0);
    expect(compareTemporal("2026-01-01T00:00:01Z", "2026-01-01T00:00:00.5Z")).toBeGreaterThan(0);
  });
});
