import { expect, test } from "vitest";
import { type Level, levelAt } from "./zoom-level.ts";

test.each<readonly [number, Level | undefined, Level]>([
  [1, undefined, "rows"],
  [0.6, undefined, "rows"],
  [0.59, undefined, "headers"],
  [0.2, undefined, "bullets"],
  [0.56, "rows", "rows"],
  [0.54, "rows", "headers"],
  [0.64, "headers", "headers"],
  [0.65, "headers", "rows"],
  [0.24, "headers", "headers"],
  [0.22, "headers", "bullets"],
  [0.27, "bullets", "bullets"],
  [0.28, "bullets", "headers"],
  [0.1, "rows", "bullets"],
  [0.9, "bullets", "rows"],
])("zoom %f after %s => %s", (zoom, before, level) => {
  expect(levelAt(zoom, before)).toBe(level);
});
