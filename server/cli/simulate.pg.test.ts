import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { writeMapFile } from "../core/map/file.ts";
import { playWorld } from "../engine/simulation/play-world.ts";
import { readWorld } from "../engine/simulation/world-file.ts";
import { SANDBOX_MAP } from "../sandbox/sandbox-map.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { runCli } from "./program.ts";

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fieldline-simulate-"));
  database = await createTestDatabase();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

/** Two systems that share products: what is special of a map. */
function mapWith(fields: object[], erp: object[], shop: object[]): string {
  const sku = (column: string) => ({ id: "sku", columns: [column], fields: ["sku"] });
  return stringify({
    fieldline: 1,
    systems: [
      { id: "erp", name: "ERP", code: "ER", line: 1 },
      { id: "shop", name: "Shop", code: "SH", line: 2 },
    ],
    entities: [
      {
        ...{ id: "product", name: "Product", title: "sku", matchKeys: [["sku"]] },
        fields: [{ id: "sku", name: "SKU", type: "text" }, ...fields],
      },
    ],
    bindings: [
      {
        ...{ id: "erp-product", system: "erp", object: "products", entity: "product" },
        edges: [sku("sku"), ...erp],
      },
      {
        ...{ id: "shop-product", system: "shop", object: "items", entity: "product" },
        edges: [sku("code"), ...shop],
      },
    ],
  });
}

const newest = { policy: { kind: "newest" } };
const price = { id: "price", name: "Price", type: "decimal", ...newest };
const name = { id: "name", name: "Name", type: "text", ...newest };
const edge = (id: string, column: string, more: object = {}) => ({
  ...{ id, columns: [column], fields: [id] },
  ...more,
});
const inCase = (field: string) => ({ steps: [{ transform: "case", settings: { field } }] });
const rounded = {
  ...{ operation: "divide", factor: "1", fieldDigits: 0, rounding: "half-up" },
};

async function simulate(text: string, ...options: string[]) {
  const path = join(folder, "map.yaml");
  await writeFile(path, text);
  const said = { out: "", err: "" };
  const terminal = {
    out: (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
  };
  const exit = await runCli(["simulate", path, ...options], terminal, () => {
    throw new Error("It opens no hub.");
  });
  return { exit, ...said };
}

describe("a map that is broken by a schedule", () => {
  test("one that sends a value round and round is found, in a short story", async () => {
    const map = mapWith(
      [price, { ...price, id: "list", name: "List" }],
      [edge("price", "amount", { direction: "in" }), edge("list", "amount", { direction: "out" })],
      [
        edge("price", "p", { direction: "out" }),
        edge("list", "p", {
          ...{ direction: "in" },
          steps: [{ transform: "scale", settings: { operation: "multiply", factor: "2" } }],
        }),
      ],
    );
    const { exit, out } = await simulate(map, "--seeds", "20");
    expect(exit).toBe(1);
    expect(out).toMatch(/ping-pong: \w+ of row \d+ of \w+ \w+ was written/);
    expect(out.split("\n").length).toBeLessThan(60);
  });

  test("two cases of one text are found, as a world that plays it again", async () => {
    const map = mapWith(
      [name],
      [edge("name", "title", inCase("lower"))],
      [edge("name", "name", inCase("upper"))],
    );
    const { exit, out } = await simulate(map, "--seeds", "30", "--json");
    expect(exit).toBe(1);
    const { found } = JSON.parse(out);
    expect(found.problems.join()).toContain("stuck: name");
    const path = join(folder, "world.json");
    // The checks would not let such a map be published: the same schedule under a better one.
    const better = structuredClone(found.world);
    for (const binding of better.map.bindings) for (const one of binding.edges) one.steps = [];
    const { format: _, ...shape } = better.map;
    await writeFile(path, JSON.stringify({ ...better, map: { fieldline: 1, ...shape } }));
    expect(await playWorld(database.url, await readWorld(path))).toMatchObject({ rests: true });
  });

  test.each([
    [
      "rounded on one side only",
      mapWith(
        [price],
        [edge("price", "price")],
        [edge("price", "whole", { steps: [{ transform: "scale", settings: rounded }] })],
      ),
      "stuck: price",
    ],
    [
      "owned by a system that is not read",
      mapWith(
        [{ ...price, ownership: { tiers: [{ systems: ["shop"] }] } }],
        [edge("price", "price")],
        [edge("price", "price", { direction: "out" })],
      ),
      "lost: price",
    ],
  ])("%s", async (_, map, problem) => {
    const { exit, out } = await simulate(map, "--seeds", "40");
    expect(out).toContain(problem);
    expect(exit).toBe(1);
  });
});

describe("a good map", () => {
  test("the sandbox's comes through, and says how many schedules were tried", async () => {
    const text = writeMapFile({ document: SANDBOX_MAP, connections: {} });
    const { exit, out } = await simulate(text, "--seeds", "15", "--seed", "100");
    expect(out).toContain("15 schedules were tried, and none of them breaks");
    expect(exit).toBe(0);
  });

  test("a target that shortens texts breaks nothing", async () => {
    const map = mapWith([name], [edge("name", "title")], [edge("name", "name")]);
    const columns = { id: { type: "integer", generated: true }, code: "text", name: "text" };
    const path = join(folder, "systems.yaml");
    const traits = { truncates: { "items.name": 5 } };
    await writeFile(path, stringify({ shop: { objects: { items: { columns } }, traits } }));
    const { exit, out } = await simulate(map, "--seeds", "15", "--systems", path);
    expect(out).toContain("none of them breaks");
    expect(exit).toBe(0);
  });
});

test("what is no map is refused with its place", async () => {
  const { exit, err } = await simulate("fieldline: 2");
  expect(exit).toBe(2);
  expect(err).toContain("map.yaml:1:");
});
