import { expect, test } from "vitest";
import { nextRowIndex } from "./data-table-keys.ts";

test.each([
  ["ArrowDown", -1, 10, 0],
  ["ArrowDown", 9, 10, 9],
  ["ArrowUp", -1, 10, 9],
  ["ArrowUp", 0, 10, 0],
  ["Home", 5, 10, 0],
  ["End", 5, 10, 9],
  ["PageDown", 2, 10, 6],
  ["PageDown", 8, 10, 9],
  ["PageUp", 2, 10, 0],
  ["a", 2, 10, null],
  ["ArrowDown", -1, 0, null],
])("%s from row %d of %d", (key, current, count, next) => {
  expect(nextRowIndex(key, current, count, 4)).toBe(next);
});
