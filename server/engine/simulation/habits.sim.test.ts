import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { playWorld } from "./play-world.ts";
import { readWorld, type World } from "./world-file.ts";

const pathOf = (name: string) => new URL(`../../../docs/worlds/${name}`, import.meta.url).pathname;

type Result = Awaited<ReturnType<typeof playWorld>>;

/**
 * What everybody has at the end, and what waits for a person. How often a row was written is
 * another number where an engine dies before it is.
 */
const endOf = ({ systems, questions, held, rests, problems }: Result) => ({
  ...{ rests, problems },
  systems: JSON.parse(
    JSON.stringify(systems, (name, value) => (name === "changes" ? undefined : value)),
  ),
  questions: questions.map(({ field, reason, state }) => ({ field, reason, state })),
  held: held.map(({ field, code, value }) => ({ field, code, value })),
});

const kindsOf = ({ audit }: Result, system: string) =>
  audit.flatMap((line) => (line.system === system ? [line.kind] : []));

describe("systems with habits of their own", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });
  const play = async (name: string, change: (world: World) => World = (world) => world) =>
    await playWorld(database.url, change(await readWorld(pathOf(name))));

  test("what a target rounds, re-cases, computes and counts comes to rest, told once", async () => {
    const result = await play("awkward-shop.yaml");
    expect(result).toMatchObject({ rests: true, problems: [], questions: [], failures: {} });
    expect(result.systems["erp"]?.["products"]).toMatchObject({
      1: { title: "Cord", price: "12.34" },
      2: { title: "Banned", price: "3.2" },
    });
    expect(result.systems["shop"]?.["items"]).toMatchObject({
      1: { name: "CORD", price: "12.3", label: "CORD at 12.3", changes: "3" },
      2: { name: "PEG", price: "3.2", label: "PEG at 3.2", changes: "2" },
    });
    expect(kindsOf(result, "shop").filter((kind) => kind === "adjusted")).toHaveLength(2);
    expect(result.held).toMatchObject([{ field: "name", code: "check" }]);
  });

  test("a row that a system only says it has written is sent again", async () => {
    const result = await play("lying-shop.yaml");
    expect(result).toMatchObject({ rests: true, problems: [], questions: [], held: [] });
    expect(result.systems["shop"]?.["items"]).toMatchObject({
      1: { price: "12" },
      2: { price: "2" },
    });
    expect(kindsOf(result, "shop").filter((kind) => kind === "stored")).toHaveLength(2);
  });

  test("of a system that never does what it says a person is told, and nothing waits on", async () => {
    const result = await play("lying-shop.yaml", (world) => withTraits(world, { lies: 1 }));
    expect(result).toMatchObject({ rests: true, problems: [], questions: [] });
    expect(result.systems["shop"]?.["items"]).toMatchObject({
      1: { price: "9.5" },
      2: { price: "1" },
    });
    expect(result.held).toMatchObject([
      { field: "price", code: "not-written", value: { value: "12" } },
      { field: "price", code: "not-written", value: { value: "2" } },
    ]);
  });

  test("what was there before our write, and is shown again, is nobody's edit: it is asked", async () => {
    const result = await play("lying-asked.yaml");
    expect(result).toMatchObject({ rests: true, problems: [], held: [] });
    expect(result.questions).toMatchObject([
      { field: "price", reason: "drift", state: "resolved" },
    ]);
    expect(result.systems["erp"]?.["products"]?.["2"]).toMatchObject({ price: "2" });
    expect(result.systems["shop"]?.["items"]?.["2"]).toMatchObject({ price: "2" });
  });

  test("whoever sets a value back to what was there before makes an edit like another", async () => {
    const back = { at: 30_000, system: "shop", update: "2", set: { price: "1" } };
    const result = await play("lying-asked.yaml", (world) => ({
      ...withTraits(world, { lies: undefined }),
      events: [...world.events.filter((event) => !("answer" in event)), back],
    }));
    expect(result).toMatchObject({ rests: true, problems: [], questions: [], held: [] });
    expect(result.systems["erp"]?.["products"]?.["2"]).toMatchObject({ price: "1" });
  });

  test("a system that was restored is held, and said so: nothing of its past is taken", async () => {
    const result = await play("restored-shop.yaml");
    expect(result.rests).toBe(false);
    expect(result.failures["shop"]).toMatch(/was restored from an older state/);
    expect(result.systems["erp"]?.["products"]).toMatchObject({
      1: { price: "14" },
      2: { price: "3" },
    });
    expect(result.systems["shop"]?.["items"]).toMatchObject({
      1: { price: "9.5" },
      2: { price: "1" },
    });
  });

  test("rows that a target deletes along with one of ours are gone everywhere, once", async () => {
    const result = await play("references.yaml", (world) => {
      const gone = { whenRowGone: "delete", whenRecordDeleted: "delete" } as const;
      const bindings = world.map.bindings.map((binding) => ({ ...binding, ...gone }));
      const deleted = { at: 60_000, system: "erp", object: "suppliers", delete: "1" };
      return {
        ...withTraits(world, { cascades: { "tags.vendor": "vendors" } }),
        map: { ...world.map, bindings },
        events: [...world.events, deleted],
      };
    });
    expect(result).toMatchObject({ rests: true, problems: [], questions: [] });
    expect(Object.keys(result.systems["erp"]?.["suppliers"] ?? {})).toEqual(["2", "3", "4"]);
    expect(Object.values(result.systems["erp"]?.["prices"] ?? {})).toMatchObject([
      { kind: "sale" },
    ]);
    expect(Object.values(result.systems["shop"]?.["tags"] ?? {})).toMatchObject([{ kind: "sale" }]);
    expect(result.audit.filter(({ kind }) => kind === "deleted")).toHaveLength(2);
  });

  // So far apart lie two steps at which it crashes, for a world has hundreds of them.
  test.each([
    ["awkward-shop.yaml", 17],
    ["lying-asked.yaml", 61],
  ])(
    "%s: wherever the engine crashes, the end is the same",
    async (name, stepsApart) => {
      const whole = await play(name);
      for (let step = 0; step < whole.steps.length; step += stepsApart) {
        const faults = [{ step, time: 1, do: "crash" as const }];
        const crashed = await play(name, (world) => ({ ...world, faults }));
        const place = `step ${step}, ${whole.steps[step]}`;
        expect({ place, ...endOf(crashed) }).toEqual({ place, ...endOf(whole) });
      }
    },
    240_000,
  );
});

function withTraits(world: World, traits: Partial<World["systems"][string]["traits"]>): World {
  const { shop } = world.systems;
  if (shop === undefined) throw new Error("There is no shop.");
  const changed = { ...shop, traits: { ...shop.traits, ...traits } };
  return { ...world, systems: { ...world.systems, shop: changed } };
}
