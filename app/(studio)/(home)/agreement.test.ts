import { expect, test } from "vitest";
import { agreementOf, shareText } from "./agreement.ts";

test.each([
  [5000, 0, "100 %"],
  [5000, 1, "99.9 %"],
  [200, 100, "50.0 %"],
  [5000, 4999, "0.1 %"],
  [10, 10, "0 %"],
  [0, 0, "–"],
])("%i records, %i apart: %s", (records, apart, text) => {
  expect(shareText(records, apart)).toBe(text);
});

test("entities add up", () => {
  const sum = agreementOf([
    { records: 10, apart: 1 },
    { records: 5, apart: 0 },
  ]);
  expect(sum).toEqual({ records: 15, apart: 1 });
});
