import { describe, expect, test } from "vitest";
import { CONDITION_OPERATORS, type ConditionOperator, valuesOf } from "../map/document.ts";
import type { FieldType, FieldValue } from "../values/field-value.ts";
import { compileCondition } from "./condition.ts";
import { conditionWords, OPERATOR_WORDS } from "./scope-words.ts";

type Row = [ConditionOperator, FieldType, string[], FieldValue, boolean];

const CASES: Row[] = [
  ["is", "text", ["DE", "AT"], "AT", true],
  ["is", "text", ["DE"], "de", false],
  ["is", "text", ["é"], "e\u0301", true],
  ["is", "decimal", ["1.50"], "1.5", true],
  ["is", "instant", ["2026-01-01T00:00:00Z"], "2026-01-01T01:00:00+01:00", true],
  ["is", "boolean", ["true"], true, true],
  ["is", "text", ["DE"], null, false],
  ["is-not", "text", ["DE"], null, true],
  ["is-not", "integer", ["7"], "007", true],
  ["is-not", "integer", ["9007199254740993"], "9007199254740993", false],
  ["below", "integer", ["10"], "9", true],
  ["below", "integer", ["10"], "10", false],
  ["at-most", "decimal", ["10"], "10.0", true],
  ["above", "date", ["2026-01-31"], "2026-02-01", true],
  ["at-least", "date", ["2026-02-01"], "2026-01-31", false],
  ["at-least", "integer", ["0"], null, false],
  ["below", "integer", ["0"], null, false],
  ["below", "integer", ["0"], "no number", false],
  ["starts-with", "text", ["EU-"], "EU-7", true],
  ["starts-with", "text", ["EU-"], null, false],
  ["blank", "text", [], "", true],
  ["blank", "text", [], "x", false],
  ["not-blank", "integer", [], null, false],
  ["not-blank", "integer", [], "0", true],
];

describe("compileCondition", () => {
  test.each(CASES)("%s %s %j of %j => %s", (operator, type, values, value, holds) => {
    const compiled = compileCondition({ operator, values }, { type });
    expect(compiled.ok && compiled.holds(value)).toBe(holds);
  });

  test.each<[ConditionOperator, FieldType, string]>([
    ["is", "integer", "x"],
    ["below", "text", "x"],
    ["below", "date", "31.1.2026"],
    ["starts-with", "integer", "1"],
  ])("%s of %s with %s is told, with the reason", (operator, type, value) => {
    const compiled = compileCondition({ operator, values: [value] }, { type });
    expect(compiled).toMatchObject({ ok: false, message: expect.stringMatching(/\.$/) });
  });
});

test("every operator has words, and takes as many values as they say", () => {
  for (const operator of CONDITION_OPERATORS) {
    const values = { none: [], one: ["7"], many: ["7", "8"] }[valuesOf(operator)];
    const words = conditionWords({ column: "age", operator, values });
    expect(words).toBe(`age ${OPERATOR_WORDS[operator]} ${values.join(" or ")}`.trim());
  }
});
