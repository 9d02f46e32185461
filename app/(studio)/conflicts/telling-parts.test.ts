import { expect, test } from "vitest";
import { tellingParts } from "./telling-parts.ts";

test("long values are cut to where they differ, between words", () => {
  expect(tellingParts(["Rope 10 mm, red", "Rope 10 mm (blue)"])).toEqual([
    "… mm, red",
    "… mm (blue)",
  ]);
});

test("short ones, numbers of parts and one alone stay whole", () => {
  expect(tellingParts(["Rope", "Ropes"])).toEqual(["Rope", "Ropes"]);
  expect(tellingParts(["A long product name"])).toEqual(["A long product name"]);
  expect(tellingParts([null, "A long product name"])).toEqual([null, "A long product name"]);
});
