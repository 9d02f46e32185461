import { expect, test } from "vitest";
import type { LogLine } from "../../../../server/core/audit/log-line.ts";
import { hubLine, linesOf, moments, stepMoment, systemLine } from "./record-data.ts";

const at = (second: number) => `2026-03-01T12:00:0${second}.000Z`;
const line = (second: number, told: Partial<LogLine>): LogLine =>
  ({ stream: "capture:erp", number: second, at: at(second), losers: null, ...told }) as LogLine;

const LINES = [
  line(1, { kind: "created", system: "erp", field: null, after: { name: "Rope", price: "9" } }),
  line(2, { kind: "row-created", system: "shop", field: null, after: { name: "Rope" } }),
  line(2, { kind: "accepted", system: "erp", field: "price", after: "10", number: 3 }),
  line(4, { kind: "set", system: null, field: "name", after: "Cord" }),
  line(5, { kind: "stored", system: "shop", field: "name", after: "Cord" }),
];

test("a field's lines, newest first, with the values of made records", () => {
  const lines = linesOf(LINES, "name");
  expect(lines.map(({ kind }) => kind)).toEqual(["stored", "set", "row-created", "created"]);
  expect(hubLine(lines)?.after).toBe("Cord");
  expect(systemLine(lines, "shop")?.kind).toBe("stored");
  expect(systemLine(lines, "erp")?.kind).toBe("created");
  expect(hubLine(linesOf(LINES, "price"))?.after).toBe("10");
});

test("steps go from moment to moment and end in the present", () => {
  const all = moments(LINES);
  expect(all).toEqual([at(1), at(2), at(4), at(5)]);
  expect(stepMoment(all, null, -1)).toBe(at(4));
  expect(stepMoment(all, at(4), -1)).toBe(at(2));
  expect(stepMoment(all, at(1), -1)).toBe(at(1));
  expect(stepMoment(all, at(2), 1)).toBe(at(4));
  expect(stepMoment(all, at(5), 1)).toBeNull();
});
