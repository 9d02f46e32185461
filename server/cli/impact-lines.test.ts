import { expect, test } from "vitest";
import type { Evaluated, Impact } from "../core/impact/impact.ts";
import { SHOP_MAP } from "../core/map/testing/shop-map.ts";
import { impactLines } from "./impact-lines.ts";

const [system] = SHOP_MAP.systems;
if (system === undefined) throw new Error("The map for tests has a system.");

const EXACT: Evaluated = { records: 12_000, of: 12_000, unread: [], doubts: [] };

function linesOf(evaluated: Evaluated, all = false): string {
  const none = { created: 0, changed: 0, deleted: 0 };
  const impact: Impact = {
    ...{ evaluated, hub: { ...none, changed: 120 }, conflicts: { appear: 12, vanish: 0 } },
    ...{ quarantine: { appear: 0, vanish: 0 }, rows: [], rowsLeftOut: 0, fuses: [] },
    systems: [
      {
        ...{ system: system?.id ?? "", ...none, changed: 120, unchanged: 1_080, blocked: 0 },
        ...{ rows: 1_200, reads: 1_200, calls: 1, keys: 0 },
      },
    ],
  };
  const told = { title: "the draft", document: SHOP_MAP, impact, all, rowsMax: 20 };
  return impactLines(told).join("\n");
}

test("where all was looked at, a number is a number", () => {
  const lines = linesOf(EXACT);
  expect(lines).toContain("Exact: every record was looked at.");
  expect(lines).toMatch(/ 0 +120 +1080 +0 +0 +1\n/);
  expect(lines).toContain("Questions: 12 more, 0 fewer.");
});

test("of a sample numbers are ranges, and it says of how many, and how to have all", () => {
  const sample = { ...EXACT, records: 1_200, doubts: ["What nobody can tell."] };
  const lines = linesOf(sample);
  expect(lines).toContain("A sample: 1,200 of 12,000 records were looked at.");
  expect(lines).toContain("--all looks at every record.");
  expect(lines).toContain("What nobody can tell.");
  expect(lines).toMatch(/ 0–39 +1011–1420 +10580–10989 +0–39 +0–39 +~10\n/);
  expect(lines).toContain("Questions: 68–209 more, 0–39 fewer.");
  // More than even that looks at.
  expect(linesOf(sample, true)).not.toContain("--all");
});
