import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { runSeed } from "./run.ts";

/** How many seeds every test run plays; thousands more are played on demand: `npm run simulate`. */
const SEEDS = 200;

/** Later seeds that failed once: what they found is mended, and stays so. */
const KEPT = [
  201, 206, 220, 259, 287, 297, 300, 307, 316, 326, 327, 330, 335, 358, 382, 417, 426, 451, 472,
  475, 497, 610, 614, 843, 927, 1242, 1355,
];

describe("the engine under people, accidents and calm", () => {
  let database: TestDatabase;
  let other: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    other = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
    await other.drop();
  });

  const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);
  for (const seed of [...seeds, ...KEPT]) {
    test(`seed ${seed}: nothing lost, all agree, then silence`, async () => {
      const { problems, story } = await runSeed(database.url, seed);
      expect(problems, story.join("\n")).toEqual([]);
    });
  }

  test("a seed is a story: told in two databases, it is the same to the letter", async () => {
    // One is full of what other seeds left behind, so that its tables lie in another order.
    const first = await runSeed(database.url, 7);
    const second = await runSeed(other.url, 7);
    expect(second.story).toEqual(first.story);
  });
});
