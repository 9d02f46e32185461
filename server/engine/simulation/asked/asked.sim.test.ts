import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { playAsked } from "./play-asked.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** `npm run simulate -- --asked --seeds 1000` plays more of them. */
test("drawn schedules between systems without a log: nothing is lost, doubled or apart", async () => {
  const how = { first: 1, count: 30, forMs: null, keep: true, shrinks: false };
  expect(await playAsked(database.url, how)).toBe(0);
}, 240_000);
