import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hub, openHub } from "../../db/client.ts";
import { MapDocument } from "../core/map/document.ts";
import { createSeededRandom } from "../platform/random.ts";
import { verifyAuditChain } from "../storage/audit.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { replay } from "./acts/quarantine.ts";
import { createSmallHub, type SmallHub } from "./testing/small-hub.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

let database: TestDatabase;
let hub: Hub;
let small: SmallHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 4);
  small = await createSmallHub(hub);
});

afterAll(async () => {
  expect((await verifyAuditChain(hub.sql)).problems).toEqual([]);
  await hub.close();
  await database.drop();
});

const random = createSeededRandom(11);

/** Letters of four bytes each that no compression makes shorter. */
function longText(characters: number): string {
  const letters = Array.from({ length: characters }, () => random.integer(0x10000, 0x10fffd));
  return String.fromCodePoint(...letters);
}

type Held = {
  id: string;
  externalId: string;
  record: string | null;
  kind: string;
  code: string;
  message: string;
  columns: unknown;
  state: string;
};

async function heldLike(prefix: string): Promise<Held[]> {
  return await hub.sql<Held[]>`
    select id, external_id as "externalId", record, kind, code, message, columns, state
    from quarantine where external_id like ${`${prefix}%`} order by held_at, id`;
}

async function names(...ids: string[]): Promise<unknown[]> {
  const rows = await hub.sql`
    select r.values->'name'->>'v' as name from links l join records r on r.id = l.record
    where l.external_id = any(${ids}) and l.state = 'live' order by l.external_id`;
  return rows.map((row) => row["name"]);
}

const rope = (sku: string, title = "Rope") => ({ sku, title, price: "1", stock: "1" });

const NUL = "It has a character that the hub cannot keep (U+0000, or half a character).";
const LONG = "Its key, or a value by which it is matched, is too long for the hub to find it by.";

describe("a row that the hub's database does not keep", () => {
  test("is held with its reason; the others of its batch go on, and so does the position", async () => {
    const rows = Object.fromEntries(
      [..."abcdefg"].map((letter) => [`nul-${letter}`, rope(`NUL-${letter}`)]),
    );
    await small.editAll("erp", { ...rows, "nul-d": rope("NUL-d", "Ro\0pe") });
    expect(await names(...Object.keys(rows))).toEqual(Array(6).fill("Rope"));
    expect(await heldLike("nul-")).toMatchObject([
      { externalId: "nul-d", kind: "row", record: null, code: "not-storable", message: NUL },
    ]);
    const [capture] = await hub.sql`select position from captures where system = 'erp'`;
    expect(capture?.["position"]).toBe("000000000007");
    await small.settle();
    expect([...small.rows("shop").values()].map(({ code }) => code)).toContain("NUL-g");
  });

  test("cannot be replayed from what was kept; its next change decides it", async () => {
    const [held] = await heldLike("nul-d");
    expect(await replay(small.acts, { item: held?.id ?? "" })).toMatchObject({
      kind: "held",
      code: "not-storable",
    });
    await small.edit("erp", "nul-d", { title: "Mended" });
    expect(await names("nul-d")).toEqual(["Mended"]);
    expect(await heldLike("nul-d")).toMatchObject([{ state: "resolved" }]);
  });

  test("is held under the beginning of its id, where no index has room for that", async () => {
    const id = `long-${longText(2_500)}`;
    await small.editAll("erp", {
      "before-long": rope("L1"),
      [id]: rope("L2"),
      "behind-long": rope("L3"),
    });
    expect(await names("before-long", "behind-long")).toEqual(["Rope", "Rope"]);
    const [held, ...more] = await heldLike("long-");
    expect(more).toEqual([]);
    expect(held).toMatchObject({ kind: "row", message: LONG, columns: null, state: "held" });
    expect(held?.externalId.length).toBeLessThan(200);
    await small.edit("erp", id, { title: "Again" });
    expect(await heldLike("long-")).toMatchObject([{ id: held?.id, state: "held" }]);
    await small.remove("erp", id);
    expect(await heldLike("long-")).toMatchObject([{ id: held?.id, state: "resolved" }]);
  });

  test("of a record keeps its link, is never matched anew, and can be replayed", async () => {
    await small.editAll("erp", { "kept-a": rope("K1"), "kept-b": rope("K2") });
    await small.editAll("erp", {
      "kept-a": { title: "Ro\0pe", price: "2" },
      "kept-b": { price: "3" },
    });
    expect(await names("kept-a", "kept-b")).toEqual(["Rope", "Rope"]);
    const [held] = await heldLike("kept-");
    const [record] = await hub.sql`
      select record from links where external_id = 'kept-a' and state = 'live'`;
    expect(held).toMatchObject({ externalId: "kept-a", record: record?.["record"], message: NUL });
    await small.remove("erp", "kept-a");
    expect(await heldLike("kept-")).toMatchObject([{ state: "resolved" }]);
  });
});

test("a key that changes with it is followed, so that the row stays its record's", async () => {
  await small.edit("erp", "was", rope("WAS"));
  await small.rekey("erp", "was", "now", { title: "Ro\0pe" });
  expect(await heldLike("now")).toMatchObject([{ message: NUL, state: "held" }]);
  expect(await names("was", "now")).toEqual(["Rope"]);
  await small.edit("erp", "now", { title: "Mended" });
  expect(await names("was", "now")).toEqual(["Mended"]);
  expect(await heldLike("now")).toMatchObject([{ state: "resolved" }]);
});

describe("a match key that no index has room for", () => {
  beforeAll(async () => {
    const document = structuredClone(TRIO_MAP);
    for (const entity of document.entities) {
      entity.matchKeys = [["sku", "name"]];
      for (const field of entity.fields) if (field.id === "name") field.validation = [];
    }
    await small.publish(MapDocument.parse(document));
  });

  test("holds its row alone, also when that is replayed; a shorter one passes", async () => {
    const long = rope(longText(490), longText(490));
    await small.editAll("erp", { "key-a": rope("KEY-A"), "key-b": long, "key-c": rope("KEY-C") });
    expect(await names("key-a", "key-c")).toEqual(["Rope", "Rope"]);
    const [held] = await heldLike("key-");
    expect(held).toMatchObject({
      externalId: "key-b",
      message: LONG,
      columns: { title: long.title },
    });
    expect(await replay(small.acts, { item: held?.id ?? "" })).toEqual({
      kind: "held",
      code: "not-storable",
      message: LONG,
    });
    await small.edit("erp", "key-b", { title: "Short" });
    expect(await names("key-b")).toEqual(["Short"]);
    expect(await heldLike("key-")).toMatchObject([{ state: "resolved" }]);
  });

  test("of a record: what it had stands, and its row passes by a replay once it is short", async () => {
    await small.edit("erp", "old", rope("OLD"));
    const title = longText(490);
    await small.editAll("erp", { old: { sku: longText(490), title }, other: rope("OTHER") });
    expect(await names("old", "other")).toEqual(["Rope", "Rope"]);
    const [held] = await heldLike("old");
    await small.publish(TRIO_MAP);
    expect(await replay(small.acts, { item: held?.id ?? "" })).toEqual({ kind: "released" });
    const [link] = await hub.sql`
      select count(*)::int as count from links where external_id = 'old' and state = 'live'`;
    expect(link).toEqual({ count: 1 });
    const [sku] = await hub.sql`
      select length(r.values->'sku'->>'v') as length from links l join records r on r.id = l.record
      where l.external_id = 'old' and l.state = 'live'`;
    expect(sku?.["length"]).toBe(490);
  });
});
