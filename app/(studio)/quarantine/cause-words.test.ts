import { expect, test } from "vitest";
import { causeHint, causeTitle } from "./cause-words.ts";

const NAMES = {
  systems: [
    { id: "erp", name: "ERP", code: "ER", line: 1 },
    { id: "shop", name: "Shop", code: "SH", line: 2 },
  ],
  entities: [{ id: "product", name: "Product", fields: [{ id: "price", name: "Price" }] }],
} as never;

const cause = (kind: "value" | "row" | "delivery", code: string, system = "erp") => ({
  kind,
  code,
  system,
  entity: "product",
  field: kind === "row" ? null : "price",
});

test("a cause reads as a sentence", () => {
  expect(causeTitle(cause("value", "range"), NAMES)).toBe("Price from ERP is out of range");
  expect(causeTitle(cause("delivery", "unique", "shop"), NAMES)).toBe(
    "Price for Shop is taken by another row",
  );
  expect(causeTitle(cause("row", "ambiguous-match"), NAMES)).toBe(
    "Rows of ERP match more than one record",
  );
  expect(causeTitle(cause("value", "reference-missing"), NAMES)).toBe(
    "Price from ERP waits for what it refers to",
  );
  expect(causeTitle(cause("delivery", "23514", "gone"), NAMES)).toBe("Price for gone is refused");
});

test("says what happens meanwhile", () => {
  for (const kind of ["value", "row", "delivery"] as const) {
    expect(causeHint(cause(kind, "range"), NAMES)).toMatch(/^[A-Z].*\.$/);
    expect(causeHint(cause(kind, "reference-missing"), NAMES)).toMatch(/goes on by itself/);
  }
});
