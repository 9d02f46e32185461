import { expect, test } from "vitest";
import { gapsOf, Tally, tallyTable } from "./tally.ts";

test("what is checked counts for the faults that were there before, and for no later ones", () => {
  const tally = new Tally();
  tally.check("covered", 2);
  tally.strike("crash");
  tally.check("covered", 3);
  tally.strike("cut");
  tally.strike("cut");
  tally.check("covered", 5);
  expect(tally.checked.get("crash")?.get("covered")).toBe(8);
  expect(tally.checked.get("cut")?.get("covered")).toBe(5);
  expect(tally.all.get("covered")).toBe(10);
  expect(tally.struck.get("cut")).toBe(2);
});

test("the table has a row for each fault, and names what never came together", () => {
  const run = new Tally();
  run.strike("stall");
  run.check("owner", 4);
  const tally = new Tally();
  tally.take(run);
  tally.take(run);
  const row = tallyTable(tally)
    .split("\n")
    .find((line) => line.includes("a step is held up"));
  expect(row?.split("|").map((cell) => cell.trim())).toContain("8");
  expect(gapsOf(tally)).not.toContain("stall × owner");
  expect(gapsOf(tally)).toContain("crash × owner");
});
