import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { playWorld } from "./play-world.ts";
import { faultsIn, namesIn, referenceWorld } from "./reference-world.ts";
import { SCENES } from "./scenes.ts";
import { readWorld } from "./world-file.ts";

const pathOf = (name: string) => new URL(`../../../docs/worlds/${name}`, import.meta.url).pathname;

/** Two steps at which it crashes lie so far apart, for a world has hundreds of them. */
const STEPS_APART = 13;

describe("the worlds of docs/worlds", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });
  const play = async (name: string) => await playWorld(database.url, await readWorld(pathOf(name)));

  test("two edits at once are asked, and the answer goes to both", async () => {
    const result = await play("two-edits.yaml");
    expect(result).toMatchObject({ rests: true, problems: [], faultsNotReached: [] });
    expect(result.systems["erp"]?.["products"]?.["1"]).toMatchObject({ title: "Hawser" });
    expect(result.systems["shop"]?.["items"]?.["1"]).toMatchObject({ name: "Hawser" });
    expect(result.questions).toMatchObject([{ field: "name", state: "resolved" }]);
    expect(result.writes).toHaveLength(1);
    expect(result.audit.map(({ kind }) => kind)).toContain("held");
  });

  test("an older edit does not go over a newer one because both had come to one value", async () => {
    const result = await play("same-by-chance.yaml");
    expect(result).toMatchObject({ rests: true, problems: [] });
    expect(result.systems["erp"]?.["products"]?.["1"]).toMatchObject({ price: "10" });
    expect(result.systems["shop"]?.["items"]?.["1"]).toMatchObject({ price: "10" });
    const last = result.audit.findLast(({ kind }) => kind === "rejected");
    expect(last?.losers).toMatchObject([{ from: "system:erp", value: "12" }]);
  });

  test("a row whose answer was lost is found again, and what the shop made of it is no edit", async () => {
    const result = await play("lost-answer.yaml");
    expect(result).toMatchObject({ rests: true, problems: [], faultsNotReached: [] });
    expect(Object.values(result.systems["shop"]?.["items"] ?? {})).toMatchObject([
      { code: "B-2", name: "Climbi", price: "120" },
    ]);
    expect(result.systems["erp"]?.["products"]?.["1"]).toMatchObject({ title: "Climbing rope" });
    expect(result.story.some((sentence) => sentence.includes("stops dead"))).toBe(true);
  });

  test("whoever refers to whom is the same in every system, wherever the engine crashes", async () => {
    const world = await referenceWorld(null);
    const whole = await playWorld(database.url, world);
    expect(faultsIn(whole)).toEqual([]);
    expect(namesIn(whole)).toEqual({
      suppliers: ["Acme for Bolt", "Bolt for nobody", "Clay for nobody", "Dune for Clay"],
      prices: ["Acme list 99", "Clay sale 7"],
    });
    for (let step = 0; step < whole.steps.length; step += STEPS_APART) {
      const faults = [{ step, time: 1, do: "crash" as const }];
      const crashed = await playWorld(database.url, { ...world, faults });
      const place = `step ${step}, ${whole.steps[step]}`;
      expect({ place, faults: faultsIn(crashed), ...namesIn(crashed) }).toEqual({
        ...{ place, faults: [], ...namesIn(whole) },
      });
    }
  }, 240_000);

  const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
  test.each(seeds)(
    "references under accidents, seed %i: the same in every system",
    async (seed) => {
      expect(await SCENES.references(database.url, seed)).toEqual([]);
    },
  );

  test.each(seeds)("a row that a job makes a moment before us is ours, seed %i", async (seed) => {
    expect(await SCENES["made-beside"](database.url, seed)).toEqual([]);
  });

  test("what we wrote is no edit, where only a whole read shows it", async () => {
    expect(await SCENES["read-in-doubt"](database.url, 1)).toEqual([]);
  });

  test("an answer to what has changed since is refused, and the question stays", async () => {
    const result = await play("late-answer.yaml");
    expect(result).toMatchObject({ rests: true, problems: [], faultsNotReached: [] });
    expect(result.story.join("\n")).toContain("The question about name: moved.");
    expect(result.questions).toMatchObject([{ field: "name", state: "open" }]);
    expect(result.systems["erp"]?.["products"]?.["1"]).toMatchObject({ title: "Cord" });
  });

  test("an id is another row's only once it has been given up", async () => {
    const result = await play("reused-ids.yaml");
    expect(result).toMatchObject({ rests: true, problems: [], questions: [], held: [] });
    const names = Object.values(result.systems["cards"]?.["index"] ?? {}).map(({ name }) => name);
    expect(names.sort()).toEqual(["New hook", "New peg", "New rope"]);
  });

  test("a world is told the same each time", async () => {
    const [first, second] = [await play("lost-answer.yaml"), await play("lost-answer.yaml")];
    expect(second).toEqual(first);
  });
});
