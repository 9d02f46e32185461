import { expect, test } from "vitest";
import { valueState, valueText } from "./value-text.ts";

test.each([
  [undefined, "absent", "absent"],
  [null, "null", "null"],
  ["", "empty", ""],
  [[], "empty", ""],
  ["Ada", "value", "Ada"],
  [true, "value", "true"],
  [{ amount: "9007199254740993.10", currency: "EUR" }, "value", "9007199254740993.10 EUR"],
  [{ amount: "2", unit: "kg" }, "value", "2 kg"],
  [["a", null, ""], "value", 'a, null, ""'],
])("%j is %s and reads %j", (value, state, text) => {
  expect(valueState(value)).toBe(state);
  expect(valueText(value)).toBe(text);
});
