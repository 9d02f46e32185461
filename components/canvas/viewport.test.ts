import { describe, expect, test } from "vitest";
import type { CanvasNode } from "./flow-types.ts";
import { openingView, viewWith, wholeView } from "./viewport.ts";

const box = (id: string, type: string, x: number, width: number, height: number) =>
  ({ id, type, position: { x, y: 0 }, width, height, data: {} }) as unknown as CanvasNode;

const NODES = [
  box("entity", "entity", 0, 336, 400),
  box("left", "system", -464, 288, 300),
  box("right", "system", 512, 288, 2_000),
];

describe("a canvas opens", () => {
  test("with all columns in the middle, life-size, from their top", () => {
    expect(openingView(NODES, { width: 1_384, height: 700 })).toEqual({ zoom: 1, x: 524, y: 32 });
  });

  test("smaller where the room is less, but still readable", () => {
    const { zoom } = openingView(NODES, { width: 1_000, height: 700 });
    expect(zoom).toBeCloseTo(0.74);
    expect(openingView(NODES, { width: 600, height: 700 })).toMatchObject({ zoom: 0.66 });
  });

  test("with the entity in the middle where not all of it fits", () => {
    const { x, zoom } = openingView(NODES, { width: 600, height: 700 });
    expect(168 * zoom + x).toBe(300);
  });
});

test("the whole is shown however small", () => {
  const { zoom } = wholeView(NODES, { width: 1_384, height: 700 }, 0.1);
  expect(zoom).toBeCloseTo(0.318);
});

describe("a row that is to be seen", () => {
  const size = { width: 800, height: 600 };
  const at = (x: number, y: number) => ({ x, y, width: 100, height: 20 });

  test("moves nothing where it is in sight", () => {
    expect(viewWith(at(100, 100), { x: 0, y: 0, zoom: 1 }, size)).toBeNull();
  });

  test("moves the canvas as little as it can", () => {
    expect(viewWith(at(760, 590), { x: 0, y: 0, zoom: 1 }, size)).toEqual({
      ...{ x: -92, y: -42, zoom: 1 },
    });
    expect(viewWith(at(-50, 100), { x: 0, y: 0, zoom: 1 }, size)).toMatchObject({ x: 82, y: 0 });
  });
});
