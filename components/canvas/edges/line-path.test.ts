import { expect, test } from "vitest";
import { chevronPath, cubicOf, cubicPath, pointAt } from "./line-path.ts";

const from = { x: 0, y: 10, way: 1 } as const;
const to = { x: 200, y: 50, way: -1 } as const;

test("a line leaves and enters its rows level, with tangents of 90 px", () => {
  const line = cubicOf({ from, to, atFrom: "none", atTo: "chevron", failing: null });
  expect(cubicPath(line)).toBe("M1 10C90 10 110 50 197 50");
});

test("an end that fails is parted from its line", () => {
  const whole = cubicOf({ from, to, atFrom: "none", atTo: "none", failing: null });
  const broken = cubicOf({ from, to, atFrom: "none", atTo: "none", failing: "to" });
  expect(whole[6] - broken[6]).toBe(18);
});

test("the middle of a line lies between its ends", () => {
  const line = cubicOf({ from, to, atFrom: "none", atTo: "none", failing: null });
  expect(pointAt(line, 0.5)).toEqual({ x: 100, y: 30 });
  expect(pointAt(line, 0)).toEqual({ x: 1, y: 10 });
});

test("a chevron points at the box that values arrive at", () => {
  expect(chevronPath(to)).toBe("M192 46L197 50L192 54");
  expect(chevronPath(from)).toBe("M8 6L3 10L8 14");
});
