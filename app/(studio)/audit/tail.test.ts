import { expect, test } from "vitest";
import { joinTail, withTail } from "./tail.ts";

const line = (number: number) => ({ stream: "people", number }) as never;
const numbers = (lines: readonly { number: number }[] | null) => lines?.map((one) => one.number);

test("new lines go on top, those that are there stay", () => {
  expect(numbers(joinTail([line(2), line(1)], [line(3), line(2)]))).toEqual([3, 2, 1]);
  expect(numbers(joinTail([line(2), line(1)], [line(2)]))).toEqual([2, 1]);
  expect(numbers(joinTail([], [line(1)]))).toEqual([1]);
});

test("when nothing overlaps something was missed", () => {
  expect(joinTail([line(2), line(1)], [line(9), line(8)])).toBeNull();
  expect(numbers(joinTail([line(2), line(1)], []))).toEqual([2, 1]);
});

test("a tail that the list has read meanwhile counts once", () => {
  expect(numbers(withTail([line(2), line(1)], [line(3), line(2)]))).toEqual([3, 2, 1]);
  expect(numbers(withTail([line(1)], []))).toEqual([1]);
});
