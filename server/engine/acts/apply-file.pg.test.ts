import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CONNECTORS } from "../../connectors/registry.ts";
import { MapDocument } from "../../core/map/document.ts";
import type { MapFile } from "../../core/map/file/map-file.ts";
import { parseMapFile, writeMapFile } from "../../core/map/file.ts";
import { createSecretBox } from "../../platform/secrets.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { listSystems, readSchemas } from "../../storage/systems.ts";
import { createEmptyDatabase, type TestDatabase } from "../../testing/database.ts";
import { ERP_AND_SHOP } from "../../testing/two-systems.ts";
import { type ApplyContext, applyFile } from "./apply-file.ts";
import { connectionsOf } from "./map-connections.ts";
import { type Acting, createActing } from "./testing/acting.ts";

const DOCUMENT = MapDocument.parse({
  ...ERP_AND_SHOP,
  entities: [
    {
      ...{ id: "product", name: "Product", title: "name", matchKeys: [["sku"]] },
      fields: [
        { id: "sku", name: "SKU", type: "text" },
        { id: "name", name: "Name", type: "text" },
      ],
    },
  ],
  bindings: ["erp", "shop"].map((system) => ({
    ...{ id: `${system}-product`, system, object: "public.products", entity: "product" },
    edges: ["sku", "name"].map((id) => ({ id, columns: [id], fields: [id] })),
  })),
});

const TABLE = "create table products (sku text primary key, name text)";

let acting: Acting;
let erp: TestDatabase;
let shop: TestDatabase;
const box = createSecretBox("ab".repeat(32));

beforeEach(async () => {
  [acting, erp, shop] = await Promise.all([
    createActing(),
    createEmptyDatabase(),
    createEmptyDatabase(),
  ]);
  await Promise.all([erp.sql.unsafe(TABLE), shop.sql.unsafe(TABLE)]);
});

afterEach(() => Promise.all([acting.end(), erp.drop(), shop.drop()]));

function context(variables: Record<string, string>): ApplyContext {
  const variable = (name: string) => variables[name];
  return { ...acting.as("ana@example.com"), box, connectors: CONNECTORS, variable };
}

const urls = () => ({ ERP_URL: erp.url, SHOP_URL: shop.url });

const CONNECTIONS: MapFile["connections"] = {
  erp: { connector: "postgres", settings: { url: { secret: "env:ERP_URL" } } },
  shop: { connector: "postgres", settings: { url: { secret: "env:SHOP_URL" }, ssl: "disable" } },
};
const FILE: MapFile = { document: DOCUMENT, connections: CONNECTIONS };
const ACT = { file: FILE, note: "", acknowledged: [], dryRun: false };

/** What the hub would write into a file now. */
async function exported(): Promise<MapFile> {
  const { sql } = acting.as("").hub;
  const document = (await readLiveVersion(sql))?.document;
  if (document === undefined) throw new Error("Nothing is published.");
  const systems = document.systems.map(({ id }) => id);
  return { document, connections: connectionsOf(await listSystems(sql), systems, box) };
}

describe("applying a map file", () => {
  test("sets systems up, reads what they hold and publishes, all from the file", async () => {
    expect(await applyFile(context(urls()), ACT)).toMatchObject({
      kind: "applied",
      systems: [
        { system: "erp", change: "added", objects: 1 },
        { system: "shop", change: "added", objects: 1 },
      ],
      published: { kind: "published", version: 1 },
    });
    const { sql } = acting.as("").hub;
    const rows = await listSystems(sql);
    expect(rows[0]?.settings).toEqual({ url: { secret: "env:ERP_URL" } });
    expect(JSON.stringify(rows)).not.toContain(erp.url);
    expect(Object.keys(await readSchemas(sql))).toEqual(["erp", "shop"]);
  });

  test("a second time changes nothing", async () => {
    await applyFile(context(urls()), ACT);
    expect(await applyFile(context(urls()), ACT)).toEqual({
      kind: "applied",
      systems: [
        { system: "erp", change: "same", objects: 1 },
        { system: "shop", change: "same", objects: 1 },
      ],
      published: { kind: "unchanged", version: 1 },
    });
  });

  test("what is exported is what was applied, and applying it changes nothing", async () => {
    await applyFile(context(urls()), ACT);
    const parsed = parseMapFile(writeMapFile(await exported()));
    if (!parsed.ok) throw new Error("The hub writes files that it reads.");
    expect(parsed.file).toEqual(FILE);
    // Where the variables are not set, the secrets that the hub has stay.
    const again = await applyFile(context({}), { ...ACT, file: parsed.file });
    expect(again).toMatchObject({
      systems: [{ change: "same" }, { change: "same" }],
      published: { kind: "unchanged" },
    });
  });

  test("a secret that is looked up anew each time stays that: its value may change", async () => {
    await applyFile(context(urls()), ACT);
    const { sql } = acting.as("").hub;
    // As the sandbox is set up: its address has another port at each start.
    await sql`update systems set secrets = null where id = 'erp'`;
    const again = await applyFile(context(urls()), ACT);
    expect(again).toMatchObject({ systems: [{ system: "erp", change: "same" }, {}] });
    const [row] = await sql`select secrets from systems where id = 'erp'`;
    expect(row).toEqual({ secrets: null });
  });

  test("a stored secret stays when the file says so, or says nothing", async () => {
    await applyFile(context(urls()), ACT);
    for (const settings of [{ url: { secret: "stored" } }, {}]) {
      const file = { ...FILE, connections: { erp: { connector: "postgres", settings } } };
      expect(await applyFile(context({}), { ...ACT, file })).toMatchObject({
        systems: [{ system: "erp", change: "same" }],
      });
    }
  });

  test("a dry run tells and does nothing", async () => {
    expect(await applyFile(context(urls()), { ...ACT, dryRun: true })).toMatchObject({
      kind: "tried",
      systems: [{ change: "added" }, { change: "added" }],
    });
    const { sql } = acting.as("").hub;
    expect(await listSystems(sql)).toEqual([]);
    expect(await readLiveVersion(sql)).toBeNull();
  });

  test("a map with an error leaves nothing behind, not even the systems", async () => {
    const document = structuredClone(DOCUMENT);
    document.bindings[0]?.edges[1]?.columns.splice(0, 1, "nmae");
    const outcome = await applyFile(context(urls()), { ...ACT, file: { ...FILE, document } });
    expect(outcome.kind === "problems" && outcome.problems[0]?.message).toContain(
      "ERP public.products has no column nmae. Did you mean name?",
    );
    const { sql } = acting.as("").hub;
    expect(await listSystems(sql)).toEqual([]);
    expect(await readSchemas(sql)).toEqual({});
  });
});

describe("settings that do not fit are named", () => {
  test.each<[string, MapFile["connections"], string]>([
    [
      "a variable that is not set",
      { erp: { connector: "postgres", settings: { url: { secret: "env:NOPE" } } } },
      "erp url: The environment variable NOPE is not set. Set it and try again.",
    ],
    [
      "a secret in the open",
      { erp: { connector: "postgres", settings: { host: "db", password: "hunter2" } } },
      'erp password: A secret must not stand in a file. Write { secret: "env:PASSWORD" } and',
    ],
    [
      "a secret that is not stored",
      { erp: { connector: "postgres", settings: { password: { secret: "stored" } } } },
      "erp password: The hub has no such secret stored yet.",
    ],
    [
      "an unknown setting",
      { erp: { connector: "postgres", settings: { hots: "db" } } },
      "erp hots: The connector postgres has no such setting. Did you mean host?",
    ],
    [
      "a setting of the wrong type",
      { erp: { connector: "postgres", settings: { host: "db", port: "many" } } },
      "erp port: ",
    ],
    [
      "an unknown connector",
      { erp: { connector: "postgers", settings: {} } },
      "erp null: There is no connector postgers. Did you mean postgres?",
    ],
  ])("%s", async (_what, connections, expected) => {
    const file = { ...FILE, connections };
    const outcome = await applyFile(context({}), { ...ACT, file });
    const problems = outcome.kind === "settings" ? outcome.problems : [];
    const lines = problems.map((one) => `${one.system} ${one.setting}: ${one.message}`);
    expect(lines[0]).toContain(expected);
    expect(lines.join()).not.toContain("hunter2");
  });
});

test("a password that does not work is told as the system tells it, and nothing is stored", async () => {
  const wrong = erp.url.replace(/\/\/[^@]*@/, "//nobody:wrong-password@");
  const outcome = await applyFile(context({ ...urls(), ERP_URL: wrong }), ACT);
  expect(outcome).toMatchObject({ kind: "unreachable", failures: [{ system: "erp" }] });
  expect(JSON.stringify(outcome)).not.toContain("wrong-password");
  expect(await listSystems(acting.as("").hub.sql)).toEqual([]);
});
