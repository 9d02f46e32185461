import { expect, test } from "vitest";
import { readSide, sideName, sidesOf } from "./sides.ts";

test.each([
  ["what the address says", { from: "2", to: "5" }, true, { from: 2, to: 5 }],
  ["a version with the one before it", { from: null, to: "5" }, true, { from: 4, to: 5 }],
  ["the draft with what is live", { from: null, to: null }, true, { from: "live", to: "draft" }],
  ["the newest with the one before", { from: null, to: null }, false, { from: 6, to: 7 }],
  ["the first with nothing", { from: null, to: "1" }, false, { from: 0, to: 1 }],
  ["a broken address is no address", { from: "x", to: "1e9" }, false, { from: 6, to: 7 }],
] as const)("compares %s", (_, params, isChanged, sides) => {
  expect(sidesOf(params, 7, isChanged)).toEqual(sides);
});

test("names the sides", () => {
  expect(
    [0, 3, 7, "live", "draft"].map((side) => sideName(readSide(String(side)) ?? 0, 7)),
  ).toEqual(["Nothing", "Version 3", "Version 7, live", "Version 7, live", "Draft"]);
});
