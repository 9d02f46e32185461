import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { playDrawn } from "./play-drawn.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** `npm run simulate -- --asked --seeds 1000`, or `--awkward`, plays more of them. */
const HOW = { first: 1, count: 30, forMs: null, keep: true, shrinks: false };

test("drawn schedules between systems without a log: nothing is lost, doubled or apart", async () => {
  expect(await playDrawn(database.url, "asked", HOW)).toBe(0);
}, 240_000);

test("drawn schedules of rules and habits that no theme has: the same holds", async () => {
  expect(await playDrawn(database.url, "awkward", HOW)).toBe(0);
}, 240_000);
