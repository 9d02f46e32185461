import { expect, test } from "vitest";
import { durationOf, durationWords, kindWords, NUMBERS, stateWords } from "./run-words.ts";

test.each([
  [0.4, "0.4 s"],
  [42, "42 s"],
  [75, "1 min 15 s"],
  [120, "2 min"],
  [7_300, "2 h"],
])("%d s reads %s", (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});

test("a run that goes on lasts until now", () => {
  const run = { startedAt: "2026-03-01T12:00:00Z", finishedAt: null };
  expect(durationOf(run, new Date("2026-03-01T12:01:00Z"))).toBe(60);
});

test("what was not counted is no zero; what is skipped follows from the rest", () => {
  const numbers = (counts: Record<string, number>) => NUMBERS.map(({ of }) => of(counts));
  expect(numbers({ read: 20, decided: 12, conflicts: 1 })).toEqual([20, null, 8, 1, null]);
  expect(numbers({})).toEqual([null, null, null, null, null]);
});

test("an unknown kind or state is shown as it is", () => {
  expect(kindWords("backtest")).toBe("backtest");
  expect(stateWords("resting")).toEqual({ lamp: "waiting", words: "resting" });
});
