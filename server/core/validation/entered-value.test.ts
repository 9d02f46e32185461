import { expect, test } from "vitest";
import { Field } from "../map/document.ts";
import { readEnteredValue } from "./entered-value.ts";

const price = Field.parse({
  id: "price",
  name: "Price",
  type: "decimal",
  validation: [{ kind: "range", min: "0" }],
});

test("what a person enters is read in canonical form", () => {
  expect(readEnteredValue(price, "12.50")).toEqual({ ok: true, value: "12.5" });
  expect(readEnteredValue(price, null)).toEqual({ ok: true, value: null });
});

test("what does not fit its type or breaks a rule is refused with a sentence", () => {
  expect(readEnteredValue(price, "12,5")).toMatchObject({ ok: false, code: "type" });
  expect(readEnteredValue(price, "-1")).toEqual({
    ok: false,
    code: "range",
    message: '"-1" is below 0.',
  });
});
