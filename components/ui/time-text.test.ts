import { expect, test } from "vitest";
import { agoText, clockText, utcText } from "./time-text.ts";

const now = new Date(2026, 10, 23, 14, 14, 0);
const before = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

test.each([
  [2, "now"],
  [45, "45 s ago"],
  [720, "12 min ago"],
  [7_300, "2 h ago"],
  [90_000, "1 day ago"],
  [864_000, "10 days ago"],
  [-20, "now"],
  [-300, "in 5 min"],
])("%d seconds ago reads %s", (seconds, text) => {
  expect(agoText(before(seconds), now)).toBe(text);
});

test("the day is said where it is not today, the year where it is not this one", () => {
  expect(clockText(before(720), now)).toBe("14:02");
  expect(clockText(new Date(2026, 4, 3, 14, 2), now)).toBe("3 May 14:02");
  expect(clockText(new Date(2025, 4, 3, 14, 2), now)).toBe("3 May 2025 14:02");
});

test("UTC to the second", () => {
  expect(utcText(new Date("2026-11-23T13:02:11.900Z"))).toBe("2026-11-23 13:02:11 UTC");
});
