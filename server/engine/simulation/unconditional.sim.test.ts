import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { playWorld } from "./play-world.ts";
import { readWorld, type World } from "./world-file.ts";

const PATH = new URL("../../../docs/worlds/unconditional-shop.yaml", import.meta.url).pathname;
const OVER = new URL("../../../docs/worlds/written-over.yaml", import.meta.url).pathname;
/** From so many half seconds on the write was there already: the edit is one like another. */
const SEEN_TOO_LATE = 7;

let database: TestDatabase;
let base: World;
let over: World;

beforeAll(async () => {
  database = await createTestDatabase();
  base = await readWorld(PATH);
  over = await readWorld(OVER);
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

describe("a system that knows no conditions, and whose log tells what our write went over", () => {
  const all = 10;
  const each = <T>(work: (half: number) => Promise<T>) =>
    Array.from({ length: all }, (_, half) => half).reduce(
      async (before, half) => [...(await before), await work(half)],
      Promise.resolve<T[]>([]),
    );
  const playOver = async (told: Partial<Pick<World, "events" | "faults">>) => {
    const result = await playWorld(database.url, { ...over, ...told });
    expect(result).toMatchObject({ rests: true, problems: [], faultsNotReached: [] });
    return result;
  };
  const stored = ({ audit }: Result) =>
    audit.filter(({ kind, system }) => kind === "stored" && system === "shop");

  test("where a later edit wins, it does whenever it is made, and is brought back", async () => {
    const results = await each((half) =>
      playOver({
        events: [
          { ...erp, at: 12 * SECOND, update: "1", set: { price: "15" } },
          { ...shop, at: 12 * SECOND + half * 500 + 1, update: "1", set: { price: "12" } },
        ],
      }),
    );
    const prices = results.map((one) => [item(one)?.["price"], product(one)?.["price"]]);
    expect(prices).toEqual(results.map(() => ["12", "12"]));
    // Some of them were written over, and two more writes tell it.
    const went = results.filter((one) => stored(one).length === 2);
    expect(went.length).toBeGreaterThan(2);
    for (const one of went) {
      const detail = "It went over what was set there meanwhile: the system knows no conditions.";
      expect(stored(one)).toMatchObject([
        { before: "12", after: "15", cause: { detail } },
        { before: "15", after: "12" },
      ]);
    }
  });

  test("where it is asked, it is whenever it is made, and an answer brings it back", async () => {
    const results = await each((half) =>
      playOver({
        events: [
          { ...erp, at: 12 * SECOND, update: "1", set: { title: "Cord" } },
          { ...shop, at: 12 * SECOND + half * 500, update: "1", set: { name: "Hawser" } },
          { at: 40 * SECOND, answer: "shop", field: "name" },
        ].slice(0, half < SEEN_TOO_LATE ? 3 : 2) as World["events"],
      }),
    );
    const names = results.map((one) => [item(one)?.["name"], product(one)?.["title"]]);
    expect(names).toEqual(results.map(() => ["Hawser", "Hawser"]));
    const answered = results.map(({ questions }) => questions.map(({ state }) => state));
    expect(answered).toEqual(results.map((_, half) => (half < SEEN_TOO_LATE ? ["resolved"] : [])));
  });

  test("wherever the engine crashes, it is asked or came after our write", async () => {
    const whole = await playOver({});
    const first = whole.steps.indexOf("beginWrite before");
    expect(first).toBeGreaterThan(0);
    for (let step = first; step < Math.min(first + 40, whole.steps.length); step += 4) {
      const crashed = await playOver({ faults: [{ step, time: 1, do: "crash" }] });
      const open = crashed.questions.filter(({ state }) => state === "open");
      const isAsked = open.some((one) => one.candidates.some(({ value }) => value === "Hawser"));
      expect({ step, isKept: isAsked || product(crashed)?.["title"] === "Hawser" }).toEqual({
        step,
        isKept: true,
      });
    }
  }, 120_000);
});
