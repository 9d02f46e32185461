import { expect, test } from "vitest";
import { unmappedValues } from "./unmapped-values.ts";

const seen = [
  { value: "A", count: 5 },
  { value: "g ", count: 2 },
  { value: "g", count: 2 },
  { value: null, count: 9 },
  { value: ["list"], count: 1 },
  { value: true, count: 1 },
];

test("values that the table does not name come with their counts, the commonest first", () => {
  expect(unmappedValues(seen, [], [{ from: "A", to: "active" }])).toEqual([
    { value: "g ", count: 2 },
    { value: "g", count: 2 },
    { value: true, count: 1 },
  ]);
});

test("a value counts as the steps before the table make it", () => {
  const trim = { transform: "trim", settings: {} };
  const upper = { transform: "case", settings: { field: "upper" } };
  const found = unmappedValues(seen, [trim, upper], []);
  expect(found).toEqual([
    { value: "A", count: 5 },
    { value: "G", count: 4 },
    { value: true, count: 1 },
  ]);
});
