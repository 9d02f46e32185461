import { describe, expect, test } from "vitest";
import { ObjectSchema } from "../map/object-schema.ts";
import type { Columns, FieldValue } from "../values/field-value.ts";
import { checkTargetLimits } from "./target-limits.ts";

const column = {
  type: "text",
  nativeType: "text",
  nullable: true,
  hasDefault: false,
  readOnly: false,
};

const SCHEMA = ObjectSchema.parse({
  name: "public.products",
  kind: "table",
  key: ["id"],
  columns: [
    {
      ...column,
      name: "id",
      type: "integer",
      nullable: false,
      hasDefault: true,
      min: "-32768",
      max: "32767",
    },
    { ...column, name: "name", nullable: false, lengthMax: 3 },
    {
      ...column,
      name: "price",
      type: "decimal",
      nativeType: "numeric(5,2)",
      precision: 5,
      scale: 2,
    },
    {
      ...column,
      name: "sold",
      type: "decimal",
      nativeType: "numeric(3,-2)",
      precision: 3,
      scale: -2,
    },
    { ...column, name: "state", type: "enum", values: ["A", "B"] },
    { ...column, name: "gross", type: "decimal", readOnly: true, nullable: false },
  ],
  uniques: [],
  references: [],
});

/** Goal: each limit on each side of its bound. */
const CASES: readonly (readonly [string, FieldValue, string | null])[] = [
  ["name", null, "The system requires a value in name."],
  ["name", "", null],
  ["name", "😀😀😀", null],
  ["name", "abcd", '"abcd" is longer than the 3 characters of name.'],
  ["price", "999.99", null],
  ["price", "-999.99", null],
  ["price", "0.01", null],
  ["price", "1000", '"1000" does not fit price (numeric(5,2)): at most 3 digits before the point.'],
  [
    "price",
    "0.001",
    '"0.001" does not fit price (numeric(5,2)): at most 2 digits after the point.',
  ],
  ["price", null, null],
  ["sold", "12300", null],
  ["sold", "12345", '"12345" does not fit sold (numeric(3,-2)): only multiples of 1e2.'],
  ["id", "32767", null],
  ["id", "-32768", null],
  ["id", "32768", '"32768" is above 32767, the largest value of id.'],
  ["id", "-32769", '"-32769" is below -32768, the smallest value of id.'],
  ["id", "99999999999999999999", '"99999999999999999999" is above 32767, the largest value of id.'],
  ["state", "B", null],
  ["state", "C", '"C" is not one of the values of state.'],
  ["gross", "1", "The system computes gross itself."],
  ["colour", "red", "The system has no such column any more."],
];

describe("checkTargetLimits", () => {
  test.each(CASES)("an update of %s to %j: %s", (name, value, message) => {
    const problems = checkTargetLimits(SCHEMA, { [name]: value }, "update");
    expect(problems[0]?.message ?? null).toBe(message);
    if (message !== null) expect(problems).toMatchObject([{ field: name, value }]);
  });

  test("an object whose schema is not known has no known limits", () => {
    expect(checkTargetLimits(null, { name: null }, "create")).toEqual([]);
  });

  test.each<readonly [string, Columns, readonly string[]]>([
    ["takes defaults for what is left out or null", { id: null, name: "abc" }, []],
    ["misses a required column", { price: "1" }, ["name"]],
    ["misses a required column that is null", { name: null }, ["name"]],
    ["tells every problem", { price: "0.001", state: "C" }, ["price", "state", "name"]],
  ])("a create %s", (_, columns, found) => {
    expect(checkTargetLimits(SCHEMA, columns, "create").map((p) => p.field)).toEqual(found);
  });
});
