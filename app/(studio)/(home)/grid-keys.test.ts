import { expect, test } from "vitest";
import { nextPlace } from "./grid-keys.ts";

// a b c
// d . f
const places = ["0:0", "0:1", "0:2", "1:0", "1:2"];

test.each([
  ["ArrowRight", 0, 1],
  ["ArrowRight", 2, null],
  ["ArrowDown", 0, 3],
  ["ArrowDown", 1, 3],
  ["ArrowRight", 3, 4],
  ["ArrowUp", 4, 2],
  ["Home", 4, 0],
  ["End", 0, 4],
  ["a", 0, null],
])("%s from %i leads to %s", (key, from, to) => {
  expect(nextPlace(key, places, from)).toBe(to);
});
