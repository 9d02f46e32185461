import { expect, test } from "vitest";
import { counted, type Need, needWords } from "./need-words.ts";

const names = new Map([
  ["product", "Product"],
  ["erp", "ERP"],
]);
const need = (news: object) =>
  ({
    count: 12,
    oldest: null,
    systems: ["erp"],
    entity: "product",
    blocked: 0,
    detail: null,
    run: null,
    ...news,
  }) as unknown as Need;

test.each([
  ["field", "Decide 12 conflicts in Product", "/conflicts?entity=product&kind=field"],
  ["delete", "Decide 12 deletes in Product", "/conflicts?entity=product&kind=delete"],
  ["identity", "Decide 12 matches in Product", "/conflicts?entity=product&kind=identity"],
  ["held", "Look at 12 held items in Product", "/quarantine?entity=product"],
  ["drift", "Look at 12 changed tables of ERP", "/systems/erp?show=drift"],
  ["failing", "Mend the connection to ERP", "/systems/erp"],
])("%s reads as what to do, and leads there", (kind, act, href) => {
  expect(needWords(need({ kind }), names)).toMatchObject({ act, href });
});

test("one is not many", () => {
  expect([counted(1, "conflict"), counted(1200, "conflict")]).toEqual([
    "1 conflict",
    "1,200 conflicts",
  ]);
});
