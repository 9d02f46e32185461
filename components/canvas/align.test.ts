import fc from "fast-check";
import { expect, test } from "vitest";
import { aligned, between, type LaidBox } from "./align.ts";

const box = (id: string, x: number, y: number, height = 100): LaidBox => ({
  ...{ id, x, y, width: 288, height },
});

test("in a column boxes have one left edge, and stay where they do not meet", () => {
  const places = aligned([box("low", 40, 500), box("high", 0, 0), box("met", 90, 60)], "column");
  expect([...places]).toEqual([
    ["high", { x: 0, y: 0 }],
    ["met", { x: 0, y: 132 }],
    ["low", { x: 0, y: 500 }],
  ]);
});

test("in a row they have one upper edge", () => {
  const places = aligned([box("right", 300, 20), box("left", 0, 90)], "row");
  expect([...places]).toEqual([
    ["left", { x: 0, y: 20 }],
    ["right", { x: 464, y: 20 }],
  ]);
});

const boxes = fc
  .array(
    fc.record({
      x: fc.integer({ min: -2_000, max: 2_000 }),
      y: fc.nat({ max: 2_000 }),
      height: fc.integer({ min: 60, max: 900 }),
    }),
    {
      ...{ minLength: 1, maxLength: 12 },
    },
  )
  .map((all) => all.map(({ x, y, height }, at) => box(`b${at}`, x, y, height)));

test("no box lies over another afterwards, and a second time moves none", () => {
  fc.assert(
    fc.property(boxes, fc.constantFrom("column" as const, "row" as const), (all, way) => {
      const places = aligned(all, way);
      const after = all.map((one) => ({ ...one, ...places.get(one.id) }));
      for (const a of after) {
        for (const b of after) {
          if (a === b) continue;
          const isBeside = a.x + a.width <= b.x || b.x + b.width <= a.x;
          const isApart = a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect(isBeside || isApart).toBe(true);
        }
      }
      expect(new Map(aligned(after, way))).toEqual(new Map(places));
    }),
  );
});

test("a move begins where the box was and ends where it is put", () => {
  const [from, to] = [
    { x: 0, y: 10 },
    { x: 100, y: 30 },
  ];
  expect(between(from, to, 0)).toEqual(from);
  expect(between(from, to, 0.5)).toEqual({ x: 50, y: 20 });
  expect(between(from, to, 1)).toEqual(to);
});
