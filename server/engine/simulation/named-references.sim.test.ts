import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { BY_CODE, namedWorld } from "./named-world.ts";
import { playWorld } from "./play-world.ts";
import { faultsIn, namesIn } from "./reference-world.ts";
import { SCENES } from "./scenes.ts";

/** Two steps at which it crashes lie so far apart, for the world has hundreds of them. */
const STEPS_APART = 17;

describe("who refers to whom by a code that changes", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });

  test("is the same in every system, wherever the engine crashes", async () => {
    const world = await namedWorld(null);
    const whole = await playWorld(database.url, world);
    expect(faultsIn(whole)).toEqual([]);
    expect(namesIn(whole, BY_CODE)).toEqual({
      suppliers: ["Acme for Bolt", "Bolt for Acme", "Clay for nobody", "Dune for Acme"],
      prices: ["Acme list 99", "Dune sale 7"],
    });
    for (let step = 0; step < whole.steps.length; step += STEPS_APART) {
      const faults = [{ step, time: 1, do: "crash" as const }];
      const crashed = await playWorld(database.url, { ...world, faults });
      const place = `step ${step}, ${whole.steps[step]}`;
      expect({ place, faults: faultsIn(crashed), ...namesIn(crashed, BY_CODE) }).toEqual({
        ...{ place, faults: [], ...namesIn(whole, BY_CODE) },
      });
    }
  }, 240_000);

  const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
  test.each(seeds)("is the same in every system under accidents, seed %i", async (seed) => {
    expect(await SCENES["named-references"](database.url, seed)).toEqual([]);
  });
});
