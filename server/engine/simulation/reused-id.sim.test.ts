import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { playWorld } from "./play-world.ts";
import { readWorld, type World, type WorldEvent, type WorldObject } from "./world-file.ts";

const PATH = new URL("../../../docs/worlds/reused-id.yaml", import.meta.url).pathname;

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

type Told = {
  readonly events?: readonly WorldEvent[];
  readonly more?: readonly WorldEvent[];
  readonly items?: Partial<WorldObject>;
  readonly map?: World["map"];
};

/** The world of the file with other events, and another object in its shop. */
async function play({ events, more = [], items = {}, map = base.map }: Told) {
  const { shop: asked } = base.systems;
  const object = asked?.objects["items"];
  if (asked === undefined || object === undefined) throw new Error("There is no shop.");
  const objects = { items: { ...object, ...items } };
  const result = await playWorld(database.url, {
    ...{ ...base, map },
    events: [...(events ?? base.events), ...more],
    systems: { ...base.systems, shop: { ...asked, objects } },
  });
  expect(result).toMatchObject({ rests: true, problems: [], faultsNotReached: [] });
  return result;
}

type Result = Awaited<ReturnType<typeof playWorld>>;

const items = ({ systems }: Result) => systems["shop"]?.["items"] ?? {};
const products = ({ systems }: Result) => Object.values(systems["erp"]?.["products"] ?? {});
const held = (result: Result) => result.held.filter(({ state }) => state === "held");
const statesAt = ({ links }: Result, id: string) =>
  links
    .filter(({ system, external_id }) => system === "shop" && external_id === id)
    .map(({ state }) => state)
    .sort();

/** What happens in the shop alone. */
const inShop = () => base.events.filter((event) => "system" in event && event.system === "shop");

/** Somebody works elsewhere, until all rows of the shop have been read once more. */
const LATER = { ...erp, at: 80 * SECOND, update: "2", set: { title: "Pin" } };

const HOOK = { id: "1", code: "C-3", name: "Hook", price: "3" };

describe("a row that got the id of a deleted one", () => {
  test("is asked about, and neither takes nor gives anything meanwhile", async () => {
    const result = await play({});
    expect(held(result)).toMatchObject([{ kind: "row", code: "id-reused", external_id: "1" }]);
    expect(items(result)["1"]).toEqual(HOOK);
    expect(products(result).map(({ sku, title }) => `${sku} ${title}`)).toEqual([
      "A-1 Cord",
      "B-2 Peg",
    ]);
    expect(statesAt(result, "1")).toEqual(["doubted"]);
    expect(result.records).toHaveLength(2);
  });

  test("is matched like any other once a person says so, and the one before is gone", async () => {
    const more = [{ ...shop, at: 40 * SECOND, row: "1", is: "another" as const }];
    const result = await play({ events: inShop(), more, map: deleting(base.map) });
    expect(held(result)).toEqual([]);
    expect(statesAt(result, "1")).toEqual(["gone", "live"]);
    expect(items(result)["1"]).toEqual(HOOK);
    expect(products(result).map(({ sku }) => sku)).toEqual(["B-2", "C-3"]);
  });

  test("takes no edit with it that the one before had still to get: that is asked", async () => {
    const more = [{ ...shop, at: 40 * SECOND, row: "1", is: "another" as const }];
    const result = await play({ more, map: deleting(base.map) });
    expect(result.questions).toMatchObject([{ kind: "delete", reason: "row-gone-with-edits" }]);
    expect(products(result).map(({ sku }) => sku)).toEqual(["A-1", "B-2", "C-3"]);
  });

  test("is the same by a person's word, and what it has is an edit of it", async () => {
    const more = [{ ...shop, at: 40 * SECOND, row: "1", is: "the same" as const }];
    const result = await play({ more });
    expect(held(result)).toEqual([]);
    expect(statesAt(result, "1")).toEqual(["live"]);
    expect(products(result)[0]).toMatchObject({ sku: "C-3", price: "3" });
    // Both sides have changed the name: that is a question, as ever.
    expect(result.questions).toMatchObject([{ field: "name", state: "open" }]);
  });

  test("whose keys come back is the row that it was", async () => {
    const events = [
      { ...shop, at: 12 * SECOND, update: "1", set: { code: "C-3" } },
      { ...shop, at: 30 * SECOND, update: "1", set: { code: "A-1", price: "7" } },
    ];
    const result = await play({ events });
    expect(held(result)).toEqual([]);
    expect(products(result)[0]).toMatchObject({ sku: "A-1", price: "7" });
    expect(result.audit.map(({ rule }) => rule)).toContain("id-reused");
  });

  test("and is deleted again before anybody has said anything was the record's last there", async () => {
    const more = [
      { ...shop, at: 40 * SECOND, delete: "1" },
      { ...shop, at: 40 * SECOND, hint: "1" },
    ];
    const result = await play({ events: inShop(), more, map: deleting(base.map) });
    expect(held(result)).toEqual([]);
    expect(statesAt(result, "1")).toEqual(["gone"]);
    expect(products(result).map(({ sku }) => sku)).toEqual(["B-2"]);
  });

  test("and vanishes without a word was the record's last there once a whole read misses it", async () => {
    const events = [...inShop(), { ...shop, at: 40 * SECOND, delete: "1" }];
    const result = await play({ events, more: [LATER], map: deleting(base.map) });
    expect(result.held).toMatchObject([{ code: "id-reused", state: "resolved" }]);
    expect(statesAt(result, "1")).toEqual(["gone"]);
    expect(products(result).map(({ sku }) => sku)).toEqual(["B-2"]);
    const ends = result.audit.filter(
      ({ kind, rule }) => kind === "row-gone" && rule === "row-gone",
    );
    expect(ends.map(({ cause }) => cause["detail"])).toEqual([
      "Nobody had said yet whether it was still the same row under its id.",
    ]);
  });

  test("and vanishes without a word takes no edit with it that its record had still to get", async () => {
    const more = [{ ...shop, at: 40 * SECOND, delete: "1" }, LATER];
    const result = await play({ more, map: deleting(base.map) });
    expect(result.questions).toMatchObject([{ kind: "delete", reason: "row-gone-with-edits" }]);
    expect(held(result)).toEqual([]);
  });

  test("where no id is given anew, a row with another key is the same row", async () => {
    const events = [{ ...shop, at: 12 * SECOND, update: "1", set: { code: "C-3" } }];
    const result = await play({ events, items: { reusesIds: false } });
    expect(held(result)).toEqual([]);
    expect(products(result)[0]).toMatchObject({ sku: "C-3" });
  });
});

describe("a system that tells when a row was made", () => {
  const made = () => ({
    madeAt: "made",
    columns: { ...base.systems["shop"]?.objects["items"]?.columns, made: plain("instant") },
  });
  const plain = (type: "instant") => ({ type, required: false, generated: false });

  test("shows by that alone that a row with all the same keys is another one", async () => {
    const events = [
      { ...shop, at: 12 * SECOND, delete: "1" },
      { ...shop, at: 12 * SECOND, insert: { code: "A-1", name: "Hook", price: "3" } },
      { ...erp, at: 25 * SECOND, update: "1", set: { title: "Cord" } },
    ];
    const result = await play({ events, items: made() });
    expect(held(result)).toMatchObject([{ kind: "row", code: "id-reused" }]);
    expect(items(result)["1"]).toMatchObject({ name: "Hook", price: "3" });
    expect(products(result)[0]).toMatchObject({ title: "Cord", price: "9.5" });
  });

  test("shows that it is the same row whose keys somebody has changed", async () => {
    const events = [{ ...shop, at: 12 * SECOND, update: "1", set: { code: "C-3" } }];
    const result = await play({ events, items: made() });
    expect(held(result)).toEqual([]);
    expect(products(result)[0]).toMatchObject({ sku: "C-3" });
  });
});

/** A map in which a record goes with its row. */
function deleting(map: World["map"]): World["map"] {
  const bindings = map.bindings.map((one) => ({
    ...one,
    ...{ whenRowGone: "delete" as const, whenRecordDeleted: "delete" as const },
  }));
  return { ...map, bindings };
}
