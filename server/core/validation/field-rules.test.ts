import { describe, expect, test } from "vitest";
import { Field } from "../map/document.ts";
import type { FieldValue } from "../values/field-value.ts";
import { compileRules } from "./field-rules.ts";

function breachOf(type: string, rule: unknown, value: FieldValue, options = {}): string | null {
  const field = Field.parse({ id: "f", name: "F", type, options, validation: [rule] });
  const rules = compileRules(field);
  if (!rules.ok) return `does not compile: ${rules.problems[0]?.place}`;
  return rules.check(value)?.message ?? null;
}

const RANGE = { kind: "range", min: "0", max: "99.50" };

/** Goal: each rule on each side of its bound. */
const CASES: readonly (readonly [string, object, FieldValue, string | null])[] = [
  ["text", { kind: "required" }, null, "A value is required."],
  ["text", { kind: "required" }, "", "A value is required."],
  ["set", { kind: "required" }, [], "A value is required."],
  ["boolean", { kind: "required" }, false, null],
  ["text", { kind: "length", max: 3 }, "abc", null],
  ["text", { kind: "length", max: 3 }, "abcd", '"abcd" has more than 3 characters.'],
  ["text", { kind: "length", max: 3 }, "😀😀😀", null],
  ["text", { kind: "length", max: 3 }, "😀😀😀a", '"😀😀😀a" has more than 3 characters.'],
  ["text", { kind: "length", min: 2 }, "😀", '"😀" has fewer than 2 characters.'],
  ["text", { kind: "length", min: 1 }, "", '"" has fewer than 1 character.'],
  ["text", { kind: "length", min: 1 }, null, null],
  ["list", { kind: "length", max: 1 }, ["a", "b"], "a, b has more than 1 member."],
  ["decimal", RANGE, "99.5", null],
  ["decimal", RANGE, "99.51", '"99.51" is above 99.5.'],
  ["decimal", RANGE, "-0.01", '"-0.01" is below 0.'],
  ["decimal", RANGE, "100000000000000000000", '"100000000000000000000" is above 99.5.'],
  ["integer", RANGE, null, null],
  ["money", RANGE, { amount: "100", currency: "EUR" }, "100 EUR is above 99.5."],
  ["date", { kind: "range", min: "2026-01-01" }, "2025-12-31", '"2025-12-31" is below 2026-01-01.'],
  [
    "instant",
    { kind: "range", max: "2026-01-01T01:00:00+01" },
    "2026-01-01T00:00:00.5Z",
    '"2026-01-01T00:00:00.5Z" is above 2026-01-01T00:00:00Z.',
  ],
  ["decimal", { kind: "range", min: "1,5" }, "1", "does not compile: validation[0].min"],
  ["text", { kind: "range", min: "1" }, "1", "does not compile: validation[0]"],
  ["text", { kind: "pattern", pattern: "[A-Z]{2}" }, "AB", null],
  [
    "text",
    { kind: "pattern", pattern: "[A-Z]{2}" },
    "ABC",
    '"ABC" does not have the form [A-Z]{2}.',
  ],
  ["text", { kind: "pattern", pattern: "[A-Z" }, "A", "does not compile: validation[0].pattern"],
  ["boolean", { kind: "pattern", pattern: "t" }, true, "does not compile: validation[0]"],
  ["text", { kind: "one-of", values: ["a", "b"] }, "b", null],
  ["text", { kind: "one-of", values: ["a", "b"] }, "c", '"c" is not one of the 2 allowed values.'],
  ["decimal", { kind: "one-of", values: ["1.0"] }, "1", null],
  [
    "integer",
    { kind: "one-of", values: ["1", "x"] },
    "1",
    "does not compile: validation[0].values[1]",
  ],
];

describe("compileRules", () => {
  test.each(CASES)("%s %j on %j: %s", (type, rule, value, expected) => {
    expect(breachOf(type, rule, value)).toBe(expected);
  });

  test("options of the field count", () => {
    expect(breachOf("text", { kind: "required" }, "  ", { trim: true })).toBe(
      "A value is required.",
    );
    const oneOf = { kind: "one-of", values: ["Ada"] };
    expect(breachOf("text", oneOf, "ADA", { ignoreCase: true })).toBeNull();
  });

  test("the first broken rule is told", () => {
    const validation = [
      { kind: "required" },
      { kind: "length", max: 2 },
      { kind: "pattern", pattern: "a" },
    ];
    const field = Field.parse({ id: "f", name: "F", type: "text", validation });
    const rules = compileRules(field);
    expect(rules.ok && rules.check("bbb")?.code).toBe("length");
    expect(rules.ok && rules.check("b")?.code).toBe("pattern");
    expect(rules.ok && rules.check("a")).toBeNull();
  });
});
