import { expect, test } from "vitest";
import type { FieldValue } from "./field-value.ts";
import { formatValue, quoteValue } from "./format-value.ts";

test.each<readonly [FieldValue, string, string]>([
  [null, "no value", "no value"],
  ["", "empty text", '""'],
  [[], "empty list", "empty list"],
  ["Ada", "Ada", '"Ada"'],
  [false, "false", "false"],
  [{ amount: "9.99", currency: "EUR" }, "9.99 EUR", "9.99 EUR"],
  [{ amount: "2", unit: "kg" }, "2 kg", "2 kg"],
  [["a", null], "a, no value", "a, no value"],
])("%j is shown as %s and quoted as %s", (value, shown, quoted) => {
  expect(formatValue(value)).toBe(shown);
  expect(quoteValue(value)).toBe(quoted);
});

test("a quoted value is short, on one line, and never ends in half a character", () => {
  expect(quoteValue("a\nb")).toBe('"a b"');
  expect(quoteValue("😀".repeat(61))).toBe(`"${"😀".repeat(60)}…"`);
  expect(quoteValue("😀".repeat(60))).toBe(`"${"😀".repeat(60)}"`);
  expect(quoteValue("x".repeat(1_000_000))).toHaveLength(63);
});
