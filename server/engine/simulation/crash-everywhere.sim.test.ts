import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { crashEverywhere } from "./play-small.ts";
import { SCRIPTS } from "./scripts.ts";

describe("a crash at every step of a small script", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });

  test.each(SCRIPTS)("$name: nothing is lost or doubled", async (script) => {
    const { steps, failed } = await crashEverywhere(database.url, script, 1);
    expect(steps).toBeGreaterThan(30);
    const told = failed.map(({ step, place, played: { problems, story } }) =>
      [`crash at step ${step}, ${place}`, ...problems, ...story].join("\n"),
    );
    expect(told).toEqual([]);
  });
});
