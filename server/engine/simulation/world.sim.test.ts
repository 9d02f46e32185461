import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { playWorld } from "./play-world.ts";
import { readWorld } from "./world-file.ts";

const pathOf = (name: string) => new URL(`../../../docs/worlds/${name}`, import.meta.url).pathname;

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

  test("a row whose answer was lost is found again, and what the shop made of it is no edit", async () => {
    const result = await play("lost-answer.yaml");
    expect(result).toMatchObject({ rests: true, problems: [], faultsNotReached: [] });
    expect(Object.values(result.systems["shop"]?.["items"] ?? {})).toMatchObject([
      { code: "B-2", name: "Climbi", price: "120" },
    ]);
    expect(result.systems["erp"]?.["products"]?.["1"]).toMatchObject({ title: "Climbing rope" });
    expect(result.story.some((sentence) => sentence.includes("stops dead"))).toBe(true);
  });

  test("a world is told the same each time", async () => {
    const [first, second] = [await play("lost-answer.yaml"), await play("lost-answer.yaml")];
    expect(second).toEqual(first);
  });
});
