import { expect, test } from "vitest";
import { codeOf, idOf, lineOf } from "./suggest-identity.ts";

test.each([
  ["Web shop (DE)", "web-shop-de"],
  ["ERP", "erp"],
  ["3PL", "s-3pl"],
  ["Ärzte", "arzte"],
  ["…", ""],
])("%s is called %s in files", (name, id) => {
  expect(idOf(name)).toBe(id);
});

test.each([
  ["Web shop", [], "WS"],
  ["ERP", [], "ER"],
  ["ERP", ["ER"], "EP"],
  ["E", [], "E0"],
  ["", [], ""],
])("%s gets a code that nobody has (%j)", (name, taken, code) => {
  expect(codeOf(name, taken)).toBe(code);
});

test("lines are handed out in order, then evenly", () => {
  expect(lineOf([1, 2, 4])).toBe(3);
  expect(lineOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1])).toBe(2);
});
