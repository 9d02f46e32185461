import { expect, test } from "vitest";
import { RecentRows } from "./recent.ts";

const ROPE = { name: "Rope" };
const CORD = { name: "Cord" };

test("a row that is told again as it was is no news, however often it is asked for", () => {
  const recent = new RecentRows();
  expect(recent.isNews("items", "1", ROPE)).toBe(true);
  recent.told("items", "1", ROPE);
  recent.endRound("items");
  for (let round = 0; round < 3; round += 1) {
    expect(recent.isNews("items", "1", ROPE)).toBe(false);
    recent.endRound("items");
  }
  expect(recent.isNews("items", "1", CORD)).toBe(true);
});

test("a row that goes back to what was asked for is news after an answer between", () => {
  const recent = new RecentRows();
  recent.isNews("items", "1", ROPE);
  recent.told("items", "1", ROPE);
  recent.endRound("items");
  // Our own write was answered, and somebody has put the old name back since.
  recent.told("items", "1", CORD);
  expect(recent.isNews("items", "1", ROPE)).toBe(true);
  recent.told("items", "1", ROPE);
  recent.forget("items", "1");
  expect(recent.isNews("items", "1", ROPE)).toBe(true);
});

test("rows that leave the stretch are forgotten, and objects are apart", () => {
  const recent = new RecentRows();
  recent.isNews("items", "1", ROPE);
  recent.told("items", "1", ROPE);
  expect(recent.isNews("parts", "1", ROPE)).toBe(true);
  recent.endRound("items");
  recent.endRound("items");
  expect(recent.isNews("items", "1", ROPE)).toBe(true);
});
