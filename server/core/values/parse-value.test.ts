import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIELD_TYPES, type FieldType, type FieldValue, type ValueOptions } from "./field-value.ts";
import { parseValue } from "./parse-value.ts";
import { dates, LAW_RUNS, rawValues } from "./testing/value-arbitraries.ts";

/** Goal: what each type takes, how it spells it, and what it refuses. */
const TAKEN: readonly (readonly [FieldType, FieldValue, FieldValue])[] = [
  ["text", "e\u0301", "é"],
  ["text", "  Ada ", "  Ada "],
  ["text", true, "true"],
  ["text", "", ""],
  ["integer", "9007199254740993", "9007199254740993"],
  ["integer", "-0", "0"],
  ["integer", "5.00", "5"],
  ["decimal", "1.00", "1"],
  ["decimal", "-0.00", "0"],
  ["decimal", "-0.50", "-0.5"],
  ["decimal", "123456789012345678901234567890.10", "123456789012345678901234567890.1"],
  ["decimal", "1e+21", "1000000000000000000000"],
  ["decimal", "-1.25e-07", "-0.000000125"],
  ["decimal", "12.5e+1", "125"],
  ["decimal", "100", "100"],
  ["boolean", "true", true],
  ["boolean", false, false],
  ["date", "2024-02-29", "2024-02-29"],
  ["date", "0001-01-01", "0001-01-01"],
  ["time", "14:02", "14:02:00"],
  ["time", "14:02:00.500000", "14:02:00.5"],
  ["time", "14:02:00.123456000", "14:02:00.123456"],
  ["instant", "2026-02-28 14:02:00.50+01", "2026-02-28T13:02:00.5Z"],
  ["instant", "2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"],
  ["instant", "0099-06-01T12:00:00.000001-01", "0099-06-01T13:00:00.000001Z"],
  ["instant", "1890-01-01 00:00:00+00:53:28", "1889-12-31T23:06:32Z"],
  ["enum", "active", "active"],
  ["money", { amount: "9.90", currency: "EUR" }, { amount: "9.9", currency: "EUR" }],
  ["quantity", { amount: "2.0", unit: "kg" }, { amount: "2", unit: "kg" }],
  ["list", ["b", "a", null, "b"], ["b", "a", null, "b"]],
  ["set", ["b", "a", "b"], ["a", "b"]],
  ["reference", "018f", "018f"],
  [
    "json",
    '{ "b": 1.0, "a": [9007199254740993, "\\u0061"] }',
    '{"a":[9007199254740993,"a"],"b":1.0}',
  ],
];

const REFUSED: readonly (readonly [FieldType, FieldValue, string])[] = [
  ["text", "a\0b", '"a b" is not a text: it contains the character NUL.'],
  ["text", "a\ud800", "is not a text: it contains half a character."],
  ["text", ["a"], "a is not a text."],
  ["integer", "007", '"007" is not a whole number.'],
  ["integer", "1e+3", '"1e+3" is not a whole number.'],
  ["integer", "1.5", '"1.5" is not a whole number.'],
  ["integer", "", '"" is not a whole number.'],
  ["decimal", "12,5", '"12,5" is not a decimal number.'],
  ["decimal", "1E5", '"1E5" is not a decimal number.'],
  ["decimal", "NaN", '"NaN" is not a decimal number.'],
  ["decimal", "Infinity", '"Infinity" is not a decimal number.'],
  ["decimal", " 1", '" 1" is not a decimal number.'],
  ["decimal", "1e+999", '"1e+999" is not a decimal number.'],
  ["boolean", "yes", '"yes" is not true or false.'],
  ["boolean", "1", '"1" is not true or false.'],
  ["date", "2026-02-29", '"2026-02-29" is not a date of the calendar such as 2026-02-28.'],
  ["date", "2026-13-01", "is not a date"],
  ["date", "0000-01-01", "is not a date"],
  ["date", "0044-03-15 BC", "is not a date"],
  ["date", "2026-02-28T00:00:00Z", "is not a date"],
  ["time", "24:00:00", "is not a time of day"],
  ["time", "12:00:60", "is not a time of day"],
  ["time", "12:00:00.1234567", '"12:00:00.1234567" is finer than a microsecond.'],
  ["instant", "2026-02-28T14:02:00", "is not an instant with its offset"],
  ["instant", "2026-02-30T14:02:00Z", "is not an instant"],
  ["instant", "0001-01-01T00:00:00+01", "is not an instant"],
  ["instant", "infinity", "is not an instant"],
  ["enum", "", '"" is not a code.'],
  ["money", { amount: "9.9", currency: "euro" }, "9.9 euro is not an amount of money"],
  ["money", "9.90", '"9.90" is not an amount of money with its currency.'],
  ["quantity", { amount: "x", unit: "kg" }, "x kg is not a quantity with its unit."],
  ["list", "a,b", '"a,b" is not a list.'],
  ["set", ["a", ["b"]], "Item 2: b is not a text."],
  ["reference", "", '"" is not a reference'],
  ["json", '{"a":1,"a":2}', "is not JSON with each key once."],
  ["json", "{'a':1}", "is not JSON"],
  ["json", "[1,]", "is not JSON"],
  ["json", "01", "is not JSON"],
  ["json", "[1 2]", "is not JSON"],
  ["json", '"\n"', "is not JSON"],
  ["json", "", '"" is not JSON'],
  ["json", "[".repeat(10_000), "is not JSON"],
];

describe("parseValue", () => {
  test.each(TAKEN)("reads %s %j as %j", (type, raw, value) => {
    expect(parseValue(type, undefined, raw)).toEqual({ ok: true, value });
  });

  test.each(REFUSED)("refuses %s %j: %s", (type, raw, message) => {
    const result = parseValue(type, undefined, raw);
    expect(result.ok ? result.value : result.message).toContain(message);
  });

  test("an enum takes its members only", () => {
    const options: ValueOptions = { values: ["Active", "Gone"] };
    expect(parseValue("enum", options, "Active")).toEqual({ ok: true, value: "Active" });
    expect(parseValue("enum", options, "active")).toEqual({
      ok: false,
      code: "enum",
      message: '"active" is not one of the 2 values of this field.',
    });
    expect(parseValue("enum", { ...options, ignoreCase: true, trim: true }, " active")).toEqual({
      ok: true,
      value: "Active",
    });
  });

  test("items have the type that the field declares", () => {
    const options: ValueOptions = { items: "decimal" };
    expect(parseValue("set", options, ["2.0", "10", "2"])).toEqual({
      ok: true,
      value: ["10", "2"],
    });
    expect(parseValue("list", options, ["2", "x"])).toMatchObject({ ok: false, code: "type" });
  });

  test.each(FIELD_TYPES)("null is a value of %s", (type) => {
    expect(parseValue(type, undefined, null)).toEqual({ ok: true, value: null });
  });

  test.each(FIELD_TYPES)("the canonical form of %s is its own canonical form", (type) => {
    fc.assert(
      fc.property(rawValues(type), (raw) => {
        const once = parseValue(type, undefined, raw);
        expect(once.ok).toBe(true);
        if (once.ok) expect(parseValue(type, undefined, once.value)).toEqual(once);
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("a date stays the date that was written, whatever zone this machine is in", () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseValue("date", undefined, date)).toEqual({ ok: true, value: date });
        const noon = parseValue("instant", undefined, `${date}T12:00:00Z`);
        expect(noon).toEqual({ ok: true, value: `${date}T12:00:00Z` });
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("every text is taken or refused, by every type, without an exception", () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_TYPES), fc.string({ unit: "binary" }), (type, raw) => {
        expect(typeof parseValue(type, undefined, raw).ok).toBe("boolean");
      }),
      { numRuns: LAW_RUNS },
    );
  });
});
