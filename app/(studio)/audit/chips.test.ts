import { expect, test } from "vitest";
import { type AuditFilter, NO_FILTER } from "./audit-filter.ts";
import { chipsOf } from "./chips.ts";
import { KIND_GROUPS } from "./kind-groups.ts";

const NAMES = {
  systems: [{ id: "erp", name: "ERP", code: "ER", line: 1 }],
  entities: [
    { id: "product", name: "Product", fields: [{ id: "price", name: "Price", type: "decimal" }] },
  ],
} as never;

const words = (filter: Partial<AuditFilter>) =>
  chipsOf({ ...NO_FILTER, ...filter }, NAMES).map((chip) => chip.words);

test("every part of the filter is a chip in words", () => {
  expect(
    words({
      entity: "product",
      field: "price",
      system: "erp",
      actor: "person",
      kind: [...(KIND_GROUPS.find(({ id }) => id === "writes")?.kinds ?? [])],
      from: "2026-03-01T12:00:00.000Z",
    }),
  ).toEqual([
    "Product",
    "field Price",
    "in ERP",
    "by people",
    "Writes to systems",
    "from 2026-03-01 12:00",
  ]);
});

test("what the map does not know is named by its id; no filter, no chip", () => {
  expect(words({ field: "gone", actor: "system:old", kind: ["set"] })).toEqual([
    "field gone",
    "by old",
    "Set by hand",
  ]);
  expect(words({})).toEqual([]);
});
