import { expect, test } from "vitest";
import { TRANSFORMS } from "../../../server/core/transforms/registry.ts";
import { findSteps } from "./find-steps.ts";

const firstFor = (query: string) =>
  findSteps(TRANSFORMS, query, ["text"])[0]?.choices[0]?.transform.id;

test.each([
  ["case", "case"],
  ["phone", "phone"],
  ["date format", "date-format"],
  ["28.02.2026", "date-format"],
  ["4006381333931", "gtin"],
  ["newsletter", "list-contains"],
  ["summer time", "instant-format"],
  ["ean", "gtin"],
  ["words for yes", "boolean-words"],
])("%j finds %s", (query, id) => {
  expect(firstFor(query)).toBe(id);
});

test("without a query every step is there, in the groups of the palette", () => {
  const groups = findSteps(TRANSFORMS, "", []);
  expect(groups.flatMap(({ choices }) => choices)).toHaveLength(TRANSFORMS.length);
  expect(groups[0]?.group).toBe("Text");
});

test("what cannot take what arrives is told, and comes after what can", () => {
  const dates = findSteps(TRANSFORMS, "", ["date"]).find(
    ({ group }) => group === "Dates and times",
  );
  const fits = dates?.choices.map(({ isFit }) => isFit) ?? [];
  expect(fits).toContain(false);
  expect(fits).toEqual(fits.toSorted((a, b) => Number(b) - Number(a)));
});

test("nothing is found where one word stands nowhere", () => {
  expect(findSteps(TRANSFORMS, "date xyzzy", [])).toEqual([]);
});
