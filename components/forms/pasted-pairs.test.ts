import { expect, test } from "vitest";
import { readPairs } from "./pairs-text.ts";
import { reviewPasted } from "./pasted-pairs.ts";

const columns = ["The system's value", "The hub's value"] as const;
const review = (text: string, table: readonly (readonly [string, string])[] = []) =>
  reviewPasted(readPairs(text), { table, columns, heading: undefined });

test("a heading is noticed, and left out", () => {
  expect(review("Code\tName\nA\tactive")).toEqual({
    ...{ hasHeading: true, notes: [] },
    pairs: [["A", "active"]],
  });
  expect(review("A\tactive").hasHeading).toBe(false);
  expect(review("Status code\tMeaning\nA\tactive").hasHeading).toBe(true);
});

test("a person knows better whether there is a heading", () => {
  const lines = readPairs("Code\tName");
  expect(reviewPasted(lines, { table: [], columns, heading: false }).pairs).toEqual(lines);
});

test("lines that repeat or contradict an earlier one are told by their number", () => {
  const { pairs, notes } = review("Code\tName\nA\tactive\nA\tactive\nA\tgone\nB\tgone\n\tx");
  expect(pairs).toEqual([
    ["A", "active"],
    ["B", "gone"],
  ]);
  expect(notes).toEqual([
    { line: 3, kind: "repeated", message: "“A” stands in line 2 too." },
    { line: 4, kind: "contradiction", message: "“A” means “gone” here and “active” in line 2." },
    { line: 6, kind: "incomplete", message: "The first column is empty." },
  ]);
});

test("what the table has already is told too", () => {
  const { pairs, notes } = review("A\tactive\nB\tgone", [
    ["A", "active"],
    ["B", "new"],
  ]);
  expect(pairs).toEqual([]);
  expect(notes.map(({ kind }) => kind)).toEqual(["repeated", "in-table"]);
});
