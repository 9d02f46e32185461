import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { playWorld } from "./play-world.ts";
import { askedWorld, readAskedWorld, type Told } from "./windows/asked-world.ts";
import { readWorld, type World, type WorldReads } from "./world-file.ts";

const DAY_MS = 86_400_000;

/** The shop tells what has changed by webhooks alone, and is compared as good as never. */
const TOLD: Partial<WorldReads> = { every: undefined, sweepEvery: DAY_MS };

let database: TestDatabase;
let base: World;

beforeAll(async () => {
  database = await createTestDatabase();
  base = await readAskedWorld();
});
afterAll(async () => {
  await database.drop();
});

const play = (told: Told) => playWorld(database.url, askedWorld(base, told));
type Result = Awaited<ReturnType<typeof playWorld>>;

const items = ({ systems }: Result) => Object.values(systems["shop"]?.["items"] ?? {});
const products = ({ systems }: Result) => Object.values(systems["erp"]?.["products"] ?? {});
const writesTo = ({ writes }: Result, system: string) =>
  writes.filter((one) => one.system === system).flatMap(({ changes }) => changes);
const SECOND = 1_000;
const at = 12 * SECOND;
const shop = { system: "shop" } as const;
const erp = { system: "erp" } as const;

function expectRest(result: Result): void {
  const { rests, problems, faultsNotReached } = result;
  expect({ rests, problems, faultsNotReached }).toEqual({
    ...{ rests: true, problems: [], faultsNotReached: [] },
  });
}

describe("a system that is asked what has changed", () => {
  test("two people edit one product at once: both sides have both, and each was written once", async () => {
    const result = await playWorld(database.url, base);
    expectRest(result);
    expect(products(result)[0]).toMatchObject({ title: "Cord", price: "12" });
    expect(items(result)).toMatchObject([
      { code: "A-1", name: "Cord", price: "12" },
      { code: "B-2", name: "Peg", price: "1" },
    ]);
    expect(writesTo(result, "shop")).toHaveLength(2);
    expect(writesTo(result, "erp")).toHaveLength(1);
  });

  test("a transaction that commits late is found, and one that is later than that by comparing", async () => {
    const late = { ...shop, at, update: "1", lateBy: 8 * SECOND, set: { price: "12" } };
    const later = { ...shop, at, update: "1", lateBy: 600 * SECOND, set: { name: "Cord" } };
    const result = await play({ events: [late, later] });
    expectRest(result);
    expect(products(result)[0]).toMatchObject({ title: "Cord", price: "12" });
  });

  test("what happened within its clock's error is a tie, and what did not is decided by time", async () => {
    const events = [
      { ...shop, at: at - SECOND, update: "1", set: { price: "11" } },
      { ...erp, at, update: "1", set: { price: "12" } },
    ];
    const slow = { clockBehind: 30 * SECOND };
    const tie = await play({ events, reads: { ...slow, stamps: 10 * SECOND } });
    expectRest(tie);
    expect(tie.questions).toMatchObject([{ field: "price", state: "open", reason: "tie" }]);
    const newer = await play({ events, reads: { ...slow, stamps: 100 } });
    expectRest(newer);
    expect(newer.questions).toEqual([]);
    expect(items(newer)[0]).toMatchObject({ price: "12" });
    expect(newer.audit.flatMap(({ losers }) => losers ?? [])).toMatchObject([{ value: "11" }]);
  });

  test("a deleted row is missed by the next comparison, asked for by its id, and told once", async () => {
    const result = await play({
      events: [
        { ...shop, at, delete: "2" },
        // It comes while the comparison is under way, and is no page's.
        { ...shop, at: 60 * SECOND, insert: { code: "C-3", name: "Hook", price: "3" } },
      ],
    });
    expectRest(result);
    expect(result.audit.filter(({ kind }) => kind === "row-gone")).toHaveLength(1);
    expect(products(result).map(({ sku }) => sku)).toContain("C-3");
  });
});

test("a row that slips through the pages of a sweep is asked for by its id, and not gone", async () => {
  const path = new URL("../../../docs/worlds/slipping-row.yaml", import.meta.url).pathname;
  const result = await playWorld(database.url, await readWorld(path));
  expectRest(result);
  expect(products(result).map(({ sku }) => sku)).toEqual(["B-2", "C-3"]);
});

describe("a system that tells by hints", () => {
  test("thin, lost, doubled and late ones: the row is read, whatever they say", async () => {
    const result = await play({
      reads: { ...TOLD, sweepEvery: 60 * SECOND },
      events: [
        { ...shop, at, update: "1", set: { price: "11" } },
        { ...shop, at: at + SECOND, update: "1", set: { price: "12" } },
        ...[2, 2, 2, 9].map((s) => ({ ...shop, at: at + s * SECOND, hint: "1" })),
        // Nobody hints at this one.
        { ...shop, at: at + 12 * SECOND, update: "1", set: { name: "Cord" } },
      ],
    });
    expectRest(result);
    expect(products(result)[0]).toMatchObject({ title: "Cord", price: "12" });
    expect(writesTo(result, "erp")).toHaveLength(2);
  });

  test("an update before its create, and a delete before an update of before", async () => {
    const result = await play({
      reads: TOLD,
      events: [
        { ...shop, at, hint: "3" },
        { ...shop, at: at + SECOND, insert: { code: "C-3", name: "Hook", price: "3" } },
        { ...shop, at: at + SECOND, update: "3", set: { price: "4" } },
        { ...shop, at: at + 2 * SECOND, hint: "3" },
        { ...shop, at: at + 20 * SECOND, update: "3", set: { price: "5" } },
        { ...shop, at: at + 20 * SECOND, delete: "3" },
        ...[21, 22].map((s) => ({ ...shop, at: at + s * SECOND, hint: "3" })),
      ],
    });
    expectRest(result);
    expect(result.audit.filter(({ kind }) => kind === "row-gone")).toHaveLength(1);
    const isThird = ({ binding, external_id }: Result["links"][number]) =>
      binding === "shop-product" && external_id === "3";
    expect(result.links.filter(isThird)).toHaveLength(1);
    expect(items(result).map(({ code }) => code)).toEqual(["A-1", "B-2"]);
  });

  test("a webhook that overtakes the response to our own create makes no third record", async () => {
    const result = await play({
      reads: TOLD,
      events: [
        { ...erp, at, insert: { sku: "C-3", title: "Hook", price: "3" } },
        ...[0, 1, 2, 3].map((s) => ({ ...shop, at: at + s * SECOND, hint: "3" })),
      ],
      faults: [
        { place: "write after", time: 2, do: "stall" },
        { place: "answers kept, not committed", time: 2, do: "stall" },
      ],
    });
    expectRest(result);
    expect(result.records).toHaveLength(3);
    expect(items(result).map(({ code }) => code)).toEqual(["A-1", "B-2", "C-3"]);
  });
});

/** Three new products, of which the shop takes a name of six characters at most. */
const THREE = ["C-3", "D-4", "E-5"].map((sku, place) => ({
  ...{ ...erp, at, insert: { sku, title: place === 1 ? "Long rope" : "Hook", price: "3" } },
}));
const SHORT = {
  name: { type: "text", required: false, generated: false, lengthMax: 6 },
} as const;

describe("what is written to a system without a log", () => {
  test("the rest of a call that it has no time for goes on later, and nothing twice", async () => {
    const result = await play({ reads: { callRows: 1 }, events: THREE });
    expectRest(result);
    expect(items(result).map(({ code }) => code)).toEqual(["A-1", "B-2", "C-3", "D-4", "E-5"]);
    expect(writesTo(result, "shop")).toHaveLength(4);
  });

  test("where one bad row spoils a call, the others are written all the same", async () => {
    const result = await play({ reads: { wholeCalls: true }, columns: SHORT, events: THREE });
    expectRest(result);
    expect(items(result).map(({ code }) => code)).toEqual(["A-1", "B-2", "C-3", "E-5"]);
    expect(result.held).toMatchObject([{ state: "held", field: "name" }]);
  });

  test("a replacing update erases nothing that is not mapped", async () => {
    const result = await play({
      reads: { replaces: true },
      columns: { note: { type: "text", required: false, generated: false } },
      events: [
        { ...shop, at, update: "1", set: { note: "fragile" } },
        { ...erp, at: at + SECOND, update: "1", set: { title: "Cord" } },
      ],
    });
    expectRest(result);
    expect(items(result)[0]).toMatchObject({ name: "Cord", note: "fragile" });
  });

  test("a row that was edited meanwhile is not overwritten, but read and decided", async () => {
    const result = await play({
      reads: TOLD,
      events: [
        { ...shop, at, update: "1", set: { name: "Hawser" } },
        { ...erp, at: at + SECOND, update: "1", set: { title: "Cord" } },
      ],
    });
    expectRest(result);
    expect(result.questions).toMatchObject([{ field: "name", reason: "policy-review" }]);
    expect(items(result)[0]).toMatchObject({ name: "Hawser" });
  });

  test("what the answer shows is what the shop has made of it; what is read later is asked", async () => {
    const told = { traits: { truncates: { "items.name": 6 } } };
    const events = [{ ...erp, at, update: "1", set: { title: "Long rope" } }];
    const shown = await play({ ...told, events });
    expectRest(shown);
    expect(shown.audit.map(({ kind }) => kind)).toContain("adjusted");
    expect(products(shown)[0]).toMatchObject({ title: "Long rope" });
    const silent = await play({ ...told, events, reads: { silent: true } });
    expectRest(silent);
    expect(silent.questions).toMatchObject([{ field: "name", reason: "policy-review" }]);
    expect(products(silent)[0]).toMatchObject({ title: "Long rope" });
  });

  test("an edit between our write and the reading of its row is asked, and not taken for ours", async () => {
    const path = new URL("../../../docs/worlds/edited-before-read.yaml", import.meta.url).pathname;
    const result = await playWorld(database.url, await readWorld(path));
    expectRest(result);
    expect(items(result)).toMatchObject([{ name: "Hawser" }]);
    expect(result.questions).toMatchObject([{ field: "name", state: "open" }]);
  });

  test("a create whose answer was lost is looked for, adopted, and not made twice", async () => {
    const result = await play({
      events: [{ ...erp, at, insert: { sku: "C-3", title: "Hook", price: "3" } }],
      faults: [{ place: "write after", time: 2, do: "fail" }],
    });
    expectRest(result);
    expect(items(result).map(({ code }) => code)).toEqual(["A-1", "B-2", "C-3"]);
    expect(result.records).toHaveLength(3);
  });

  test("wherever the engine crashes, the end is the same", async () => {
    const whole = await playWorld(database.url, base);
    for (let step = 0; step < whole.steps.length; step += STEPS_APART) {
      const faults = [{ step, time: 1, do: "crash" as const }];
      const crashed = await playWorld(database.url, { ...base, faults });
      const place = `step ${step}, ${whole.steps[step]}`;
      const { rests, problems, systems, questions } = crashed;
      expect({ place, rests, problems, systems, questions }).toEqual({
        ...{ place, rests: true, problems: [], systems: whole.systems, questions: [] },
      });
    }
  }, 240_000);
});

/** Two steps at which it crashes lie so far apart, for a world has hundreds of them. */
const STEPS_APART = 41;
