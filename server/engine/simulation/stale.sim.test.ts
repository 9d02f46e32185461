import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { playWorld } from "./play-world.ts";
import { askedWorld, readAskedWorld, type Told } from "./windows/asked-world.ts";
import { readWorld, type World, type WorldEvent, type WorldReads } from "./world-file.ts";

/** What a replica answers is four seconds old; what is written stands at once. */
const SECOND = 1_000;
const BEHIND: Partial<WorldReads> = { every: SECOND, behind: 4 * SECOND };
const UNSAID: Partial<WorldReads> = { ...BEHIND, undeclared: true };
const AT = 20 * SECOND;
const erp = { at: AT, system: "erp" } as const;
const shop = { system: "shop" } as const;

let database: TestDatabase;
let base: World;
/** Where a row that is gone takes its record with it, and the record its rows. */
let deleting: World["map"];

beforeAll(async () => {
  database = await createTestDatabase();
  base = await readAskedWorld();
  const bindings = base.map.bindings.map((binding) => ({
    ...binding,
    ...{ whenRowGone: "delete" as const, whenRecordDeleted: "delete" as const },
  }));
  deleting = { ...base.map, bindings };
});
afterAll(async () => {
  await database.drop();
});

const ONE = {
  erp: [{ sku: "A-1", title: "Rope", price: "9.5" }],
  shop: [{ code: "A-1", name: "Rope", price: "9.5" }],
};

async function play(told: Told) {
  const world = askedWorld(base, { map: deleting, rows: ONE, ...told });
  const result = await playWorld(database.url, world);
  expect(result).toMatchObject({ rests: true, problems: [], faultsNotReached: [] });
  return result;
}
type Result = Awaited<ReturnType<typeof play>>;

const names = ({ systems, questions }: Result) => ({
  erp: Object.entries(systems["erp"]?.["products"] ?? {}).map(([id, { title }]) => id + title),
  shop: Object.entries(systems["shop"]?.["items"] ?? {}).map(([id, { name }]) => id + name),
  asked: questions.length,
});

const both = (...of: string[]) => ({ erp: of, shop: of, asked: 0 });

/** The shop tells of each row that somebody has written, us too, a second later. */
const hinted = (row: number): WorldEvent => ({ ...shop, at: AT + 2 * SECOND, hint: String(row) });

const renamed: WorldEvent = { ...erp, update: "1", set: { title: "Cord" } };
const made: WorldEvent = { ...erp, insert: { sku: "B-2", title: "Peg", price: "1" } };
const deleted: WorldEvent = { ...erp, delete: "1" };

describe("a system whose reads lag", () => {
  test("what was there before our write is no edit, where it says so", async () => {
    const events = [renamed, hinted(1)];
    expect(names(await play({ events, reads: BEHIND }))).toEqual(both("1Cord"));
    expect(names(await play({ events, reads: UNSAID }))).not.toEqual(both("1Cord"));
  });

  test("a row that we have made is not gone because it is not shown yet", async () => {
    const events = [made, hinted(2)];
    expect(names(await play({ events, reads: BEHIND }))).toEqual(both("1Rope", "2Peg"));
    // It went everywhere, and came back as another one.
    expect(names(await play({ events, reads: UNSAID })).erp).toEqual(["1Rope", "3Peg"]);
  });

  test("lagging-shop.yaml: the row that we have made stays, in both", async () => {
    const path = new URL("../../../docs/worlds/lagging-shop.yaml", import.meta.url).pathname;
    const result = await playWorld(database.url, await readWorld(path));
    expect(result).toMatchObject({ rests: true, problems: [] });
    expect(names(result)).toEqual(both("1Rope", "2Peg"));
  });

  test("a row that we have deleted is not made again because it is still shown", async () => {
    const events = [deleted, hinted(1)];
    const result = await play({ events, reads: BEHIND });
    expect(names(result)).toEqual(both());
    expect(result.writes.map(({ system }) => system)).toEqual(["shop"]);
    const unsaid = await play({ events, reads: UNSAID });
    // It came back in the ERP, until the shop showed that it is gone.
    expect(unsaid.writes.map(({ system }) => system)).toEqual(["erp", "erp", "shop"]);
  });

  test("a create without an answer is looked for once it can be seen, and not made twice", async () => {
    const faults = [{ place: "write after", time: 1, do: "fail" as const }];
    const events = [made];
    // Longer than it takes until a create of unknown outcome is tried again.
    const behind = 15 * SECOND;
    const reads = { ...BEHIND, behind };
    expect(names(await play({ events, faults, reads }))).toEqual(both("1Rope", "2Peg"));
    const twice = await play({ events, faults, reads: { ...UNSAID, behind } });
    expect(names(twice).shop).toEqual(["1Rope", "2Peg", "3Peg"]);
  });

  test("what people do there is seen so much later, each time and deletes too", async () => {
    const edits = ["Line", "Hawser", "Twine"].map(
      (name, place): WorldEvent => ({
        ...{ ...shop, at: AT + place * SECOND, update: "1", set: { name } },
      }),
    );
    expect(names(await play({ events: edits, reads: BEHIND }))).toEqual(both("1Twine"));
    const gone: WorldEvent = { ...shop, at: AT, delete: "1" };
    const reads = { ...BEHIND, sweepEvery: 15 * SECOND };
    expect(names(await play({ events: [gone], reads }))).toEqual(both());
  });

  test("wherever the engine crashes, the end is the same", async () => {
    const told: Told = { events: [renamed, made, hinted(1), hinted(2)], reads: BEHIND };
    const whole = await play(told);
    expect(names(whole)).toEqual(both("1Cord", "2Peg"));
    const first = whole.steps.indexOf("beginWrite before");
    for (let step = first; step < Math.min(first + 60, whole.steps.length); step += 6) {
      const crashed = await play({ ...told, faults: [{ step, time: 1, do: "crash" }] });
      expect({ step, ...names(crashed) }).toEqual({ step, ...both("1Cord", "2Peg") });
    }
  }, 120_000);
});
