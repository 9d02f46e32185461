import { describe, expect, test } from "vitest";
import {
  CONDITION_OPERATORS,
  Condition,
  type ConditionOperator,
  valuesOf,
} from "../map/document.ts";
import type { FieldType, FieldValue } from "../values/field-value.ts";
import { compileCondition } from "./condition.ts";
import { conditionWords, OPERATOR_WORDS } from "./condition-words.ts";

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
  ["at-most", "decimal", ["10"], null, false],
  ["at-least", "decimal", ["9"], "10", true],
];

describe("compileCondition", () => {
  test.each(CASES)("%s %s %j of %j => %s", (operator, type, values, value, holds) => {
    const compiled = compileCondition({ operator, values }, { type });
    expect(compiled.ok && compiled.holds(value)).toBe(holds);
  });

  test("it is about values as their field compares them", () => {
    const options = { ignoreCase: true, trim: true };
    const region = (operator: ConditionOperator, value: string) =>
      compileCondition({ operator, values: [value] }, { type: "text", options });
    const holds = (one: ReturnType<typeof region>, value: string) => one.ok && one.holds(value);
    expect(holds(region("is", "EU"), " eu ")).toBe(true);
    expect(holds(region("is-not", "EU"), "eu")).toBe(false);
    expect(holds(region("starts-with", "eu-"), "EU-7")).toBe(true);
  });

  test.each<[ConditionOperator, string[], string]>([
    ["is", [], '"is" compares with at least one value, and 0 are given.'],
    ["above", ["1", "2"], '"is above" compares with exactly one value, and 2 are given.'],
    ["blank", ["1"], '"is empty" compares with no value, and 1 is given.'],
  ])("%s with %j is told: %s", (operator, values, message) => {
    expect(compileCondition({ operator, values }, { type: "integer" })).toEqual({
      ok: false,
      message,
    });
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
    const words = conditionWords({ of: "age", operator, values });
    expect(words).toBe(`age ${OPERATOR_WORDS[operator]} ${values.join(" or ")}`.trim());
  }
});

describe("as maps wrote them before", () => {
  test.each([
    [
      { field: "region", is: "one-of", values: ["EU"] },
      { of: "region", operator: "is", values: ["EU"] },
    ],
    [
      { field: "region", is: "none-of", values: ["EU"] },
      { of: "region", operator: "is-not", values: ["EU"] },
    ],
    [
      { field: "stock", is: "at-least", value: "5" },
      { of: "stock", operator: "at-least", values: ["5"] },
    ],
    [
      { field: "state", is: "present" },
      { of: "state", operator: "not-blank", values: [] },
    ],
    [
      { field: "state", is: "blank" },
      { of: "state", operator: "blank", values: [] },
    ],
    [
      { column: "country", operator: "is", values: ["DE"] },
      { of: "country", operator: "is", values: ["DE"] },
    ],
  ])("%j is read as %j", (before, now) => {
    expect(Condition.parse(before)).toEqual(now);
    expect(Condition.parse(now)).toEqual(now);
  });
});
