import { afterAll, beforeAll, expect, test } from "vitest";
import { postgres } from "../../connectors/postgres/postgres.ts";
import type { Edge } from "../../core/map/document.ts";
import type { Edit } from "../../core/map/edits/edit.ts";
import { SHOP_MAP } from "../../core/map/testing/shop-map.ts";
import type { SuggestionWish, TakenSuggestion } from "../../core/suggest/taken.ts";
import { createEmptyDatabase, type TestDatabase } from "../../testing/database.ts";
import { createTestApi, type TestApi } from "../testing/caller.ts";

let api: TestApi;
let erp: TestDatabase;
let shop: TestDatabase;

const PRODUCTS = `
  create table products (sku text primary key, title text not null, price numeric(10,2),
    stock integer not null default 0, lief text);
  insert into products
  select 'P-' || lpad(n::text, 2, '0'), 'Thing ' || n, n * 1.5, n % 7, 'Supplier ' || n
  from generate_series(1, 30) n`;
const ITEMS = `
  create table items (id int generated always as identity primary key, code text not null unique,
    designation text not null, col_a integer, col_b integer, remark text);
  insert into items (code, designation, col_a, col_b, remark)
  select 'P-' || lpad(n::text, 2, '0'), 'THING ' || n, n * 150, n % 7, 'x' || n * n
  from generate_series(1, 30) n`;

beforeAll(async () => {
  api = await createTestApi([postgres]);
  [erp, shop] = [await createEmptyDatabase(), await createEmptyDatabase()];
  await erp.sql.unsafe(PRODUCTS);
  await shop.sql.unsafe(ITEMS);
  const [erpSystem, shopSystem] = SHOP_MAP.systems;
  for (const [identity, url] of [
    [erpSystem, erp.url],
    [shopSystem, shop.url],
  ] as const) {
    if (identity === undefined) throw new Error("The map for tests has two systems.");
    const settings = { url, schemas: ["public"] };
    await api.as("admin").systems.connect({ connector: "postgres", settings, identity });
  }
  const [entity] = SHOP_MAP.entities;
  const [full, bare] = SHOP_MAP.bindings;
  if (entity === undefined || full === undefined || bare === undefined) {
    throw new Error("The map for tests has an entity and two bindings.");
  }
  await draw({ type: "add-entity", entity });
  await draw({ type: "add-binding", binding: full });
  await draw({ type: "add-binding", binding: { ...bare, edges: [] } });
});

afterAll(async () => {
  await api.close();
  await Promise.all([erp.drop(), shop.drop()]);
});

async function draw(edit: Edit, suggestions?: SuggestionWish): Promise<void> {
  const { revision } = await api.as("editor").maps.draft();
  const answer = await api.as("editor").maps.edit({ revision, edit, suggestions });
  expect(answer).toMatchObject({ kind: "done" });
}

const SKU: Edge = {
  ...{ id: "sku", columns: ["code"], fields: ["sku"], direction: "both", steps: [] },
};

test("before there is a record, rows of the one system are compared with those of the other", async () => {
  const { candidates, rows, problem } = await api
    .as("viewer")
    .maps.suggestions({ binding: "shop-product" });
  expect(problem).toBeNull();
  expect(rows).toBe(30);
  const best = (column: string) => candidates.find((one) => one.column === column);
  expect(best("code")).toMatchObject({ field: "sku" });
  expect(best("code")?.samples[0]).toEqual({ column: "P-01", field: "P-01", meets: true });
  expect(best("designation")).toMatchObject({ field: "name" });
  expect(best("col_a")).toMatchObject({
    field: "price",
    step: { transform: "scale", settings: { operation: "divide", factor: "100" } },
  });
});

test("rows that have the key of a record show what belongs together", async () => {
  await draw({ type: "connect", binding: "shop-product", edge: SKU });
  const found = await api.as("viewer").maps.suggestions({ binding: "shop-product" });
  expect(found.together).toBe(30);
  const stock = found.candidates.find(({ field }) => field === "stock");
  expect(stock).toMatchObject({
    column: "col_b",
    reason: expect.stringContaining("of 30 rows have what their record has"),
  });
  expect(stock?.score).toBeGreaterThan(0.9);
});

test("what leads somewhere is not suggested otherwise", async () => {
  const { candidates } = await api.as("viewer").maps.suggestions({ binding: "shop-product" });
  expect(candidates.some(({ column }) => column === "code")).toBe(false);
  expect(candidates.some(({ field }) => field === "sku")).toBe(false);
  expect(candidates.length).toBeGreaterThan(0);
});

test("of a system that does not answer they are by names, and that is said", async () => {
  const { sql } = api.services.hub;
  await sql`update systems set connector = 'gone' where id = 'erp'`;
  await draw({ type: "disconnect", binding: "erp-product", edge: "price" });
  const remembered = await api.as("viewer").maps.suggestions({ binding: "erp-product" });
  // Its rows were read a moment ago for the other one, and are good for a minute.
  expect(remembered).toMatchObject({ rows: 30, problem: null });
  const object = { binding: "erp-product", changes: { object: "public.other" } };
  await draw({ type: "change-binding", ...object });
  await sql`insert into objects (system, name, schema, version, discovered_at)
    select system, 'public.other', jsonb_set(schema, '{name}', '"public.other"'), version,
      discovered_at from objects
    where system = 'erp' and name = 'public.products'`;
  const lost = await api.as("viewer").maps.suggestions({ binding: "erp-product" });
  expect(lost.rows).toBe(0);
  expect(lost.problem).toMatch(
    /^ERP could not be read now: .* These are by names and types alone\.$/,
  );
  expect(lost.candidates[0]).toMatchObject({ column: "price", field: "price", samples: [] });
});

test("a pair that somebody dismissed is no rival of the others, until it is let back in", async () => {
  const pair = { binding: "shop-product", column: "col_b", field: "stock" };
  const editor = api.as("editor");
  const scoreOf = async (column: string) => {
    const { candidates } = await editor.maps.suggestions({ binding: "shop-product" });
    return candidates.find((one) => one.column === column && one.field === "stock")?.score ?? 0;
  };
  const [before, rival] = [await scoreOf("col_b"), await scoreOf("remark")];
  await editor.maps.dismissSuggestions({ pairs: [pair], dismissed: true });
  const { dismissed } = await api.as("viewer").maps.suggestions({ binding: "shop-product" });
  expect(dismissed).toEqual([pair]);
  expect(await scoreOf("col_b")).toBe(0);
  expect(await scoreOf("remark")).toBeGreaterThanOrEqual(rival);
  await expect(
    api.as("viewer").maps.dismissSuggestions({ pairs: [pair], dismissed: false }),
  ).rejects.toThrow("editor");
  await editor.maps.dismissSuggestions({ pairs: [pair], dismissed: false });
  expect(await scoreOf("col_b")).toBe(before);
});

const STOCK: Edge = {
  ...{ id: "stock", columns: ["col_b"], fields: ["stock"], direction: "both", steps: [] },
};
const TAKEN: TakenSuggestion = {
  ...{ binding: "shop-product", edge: "stock", column: "col_b", field: "stock" },
  ...{ score: 0.95, reason: "The names are the same." },
};
const DRAW: Edit = { type: "connect", binding: "shop-product", edge: STOCK };
const ERASE: Edit = { type: "disconnect", binding: "shop-product", edge: "stock" };

async function marks(): Promise<string[]> {
  return (await api.as("viewer").maps.draft()).suggested.map(({ edge }) => edge);
}

test("what was taken stays marked for everybody until somebody confirms it", async () => {
  const editor = api.as("editor");
  await draw(DRAW, { taken: [TAKEN], confirmed: [] });
  expect(await marks()).toEqual(["stock"]);
  const confirm: Edit = { type: "batch", label: "Confirm 1 suggestion", edits: [] };
  await draw(confirm, { taken: [], confirmed: [TAKEN] });
  expect(await marks()).toEqual([]);
  expect(await editor.maps.undo()).toMatchObject({ label: "Confirm 1 suggestion" });
  expect(await marks()).toEqual(["stock"]);
  await editor.maps.redo();
  expect(await marks()).toEqual([]);
  await editor.maps.undo();
});

test("a mark goes with its line, is not on one that a person draws, and comes back by undo", async () => {
  const editor = api.as("editor");
  await draw(ERASE);
  expect(await marks()).toEqual([]);
  await draw(DRAW);
  expect(await marks()).toEqual([]);
  await editor.maps.undo();
  await editor.maps.undo();
  expect(await marks()).toEqual(["stock"]);
  // Until nothing can bring its line back any more.
  await editor.maps.discard();
  expect(await marks()).toEqual([]);
  await editor.maps.undo();
  expect(await marks()).toEqual(["stock"]);
});
