import { expect, test } from "vitest";
import { durationMs, listOf, numbersOf } from "./arguments.ts";

test("a time has a number and a unit", () => {
  expect(["250ms", "90s", "10m", "1.5h"].map(durationMs)).toEqual([
    250, 90_000, 600_000, 5_400_000,
  ]);
  for (const wrong of ["10", "m", "ten minutes", "-5s"]) {
    expect(() => durationMs(wrong)).toThrow(`"${wrong}" is no time`);
  }
});

test("lists are told apart by commas", () => {
  expect(listOf("alpha,beta")).toEqual(["alpha", "beta"]);
  expect(listOf(undefined)).toBeUndefined();
  expect(numbersOf("")).toEqual([]);
  expect(numbersOf("3,17")).toEqual([3, 17]);
  expect(() => numbersOf("3,x")).toThrow('"x" is no whole number');
});
