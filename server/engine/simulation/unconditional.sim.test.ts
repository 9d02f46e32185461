import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { playWorld } from "./play-world.ts";
import { readWorld, type World } from "./world-file.ts";

const PATH = new URL("../../../docs/worlds/unconditional-shop.yaml", import.meta.url).pathname;

let database: TestDatabase;
let base: World;

beforeAll(async () => {
  database = await createTestDatabase();
  base = await readWorld(PATH);
});
afterAll(async () => {
  await database.drop();
});

const SECOND = 1_000;
const shop = { system: "shop" } as const;
const erp = { system: "erp" } as const;

async function play(told: Partial<Pick<World, "events" | "faults">>) {
  const result = await playWorld(database.url, { ...base, ...told });
  expect(result).toMatchObject({ rests: true, problems: [], faultsNotReached: [] });
  return result;
}

type Result = Awaited<ReturnType<typeof playWorld>>;

const item = ({ systems }: Result) => systems["shop"]?.["items"]?.["1"];
const product = ({ systems }: Result) => systems["erp"]?.["products"]?.["1"];
const losers = ({ audit }: Result) => audit.flatMap((line) => line.losers ?? []);

describe("a system that knows no conditions", () => {
  test("is read right before it is written: an edit that nobody has told is not written over", async () => {
    const result = await play({});
    // The ERP's price is the newer one; the shop's is named as having lost, and was never covered.
    expect(item(result)).toMatchObject({ name: "Cord", price: "15" });
    expect(product(result)).toMatchObject({ title: "Cord", price: "15" });
    expect(losers(result)).toMatchObject([{ from: "system:shop", value: "12" }]);
  });

  test("an edit of what the hub writes there is asked about where its policy asks", async () => {
    const result = await play({
      events: [
        { ...shop, at: 12 * SECOND, update: "1", set: { name: "Hawser" } },
        { ...erp, at: 14 * SECOND, update: "1", set: { title: "Cord" } },
      ],
    });
    expect(result.questions).toMatchObject([{ field: "name", state: "open" }]);
    expect(item(result)).toMatchObject({ name: "Hawser" });
  });

  test("nor is a row deleted that somebody has edited meanwhile", async () => {
    const bindings = base.map.bindings.map((one) => ({
      ...one,
      ...{ whenRowGone: "delete" as const, whenRecordDeleted: "delete" as const },
    }));
    const events = [
      { ...shop, at: 12 * SECOND, update: "1", set: { name: "Hawser" } },
      { ...erp, at: 14 * SECOND, delete: "1" },
    ];
    const world = { ...base, events, map: { ...base.map, bindings } };
    const result = await playWorld(database.url, world);
    expect(item(result)).toMatchObject({ name: "Hawser" });
    expect(result.questions).toMatchObject([{ kind: "delete", state: "open" }]);
  });

  test("wherever the engine crashes, what was edited there is decided or asked", async () => {
    const whole = await play({});
    // From where the engine is about to write for the first time.
    const first = whole.steps.indexOf("beginWrite before");
    expect(first).toBeGreaterThan(0);
    for (let step = first; step < Math.min(first + 40, whole.steps.length); step += 4) {
      const crashed = await play({ faults: [{ step, time: 1, do: "crash" }] });
      // Edits that wait for an engine together are of one moment: then a person is asked.
      const isAsked = crashed.questions.some(({ state }) => state === "open");
      const price = isAsked ? "12" : "15";
      expect({ step, ...item(crashed) }).toMatchObject({ step, name: "Cord", price });
      expect(losers(crashed)).toMatchObject([{ from: "system:shop", value: "12" }]);
    }
  }, 120_000);

  test("between the look and the write stays a window: what is edited in it is written over", async () => {
    const events = [
      { ...erp, at: 12 * SECOND, update: "1", set: { price: "15" } },
      { ...shop, at: 12 * SECOND + 500, update: "1", set: { price: "12" } },
    ];
    // The call stands still on its way; a condition would have told it of the edit.
    const result = await play({
      events,
      faults: [{ place: "write before", time: 1, do: "stall" }],
    });
    expect(item(result)).toMatchObject({ price: "15" });
    expect(losers(result)).toEqual([]);
  });
});
