import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgres } from "../../connectors/postgres/postgres.ts";
import { SHOP_MAP } from "../../core/map/testing/shop-map.ts";
import { createEmptyDatabase, type TestDatabase } from "../../testing/database.ts";
import { createTestApi, type TestApi } from "../testing/caller.ts";

let api: TestApi;
let erp: TestDatabase;
let shop: TestDatabase;

const PRODUCTS = `
  create table products (sku text primary key, title text not null, price numeric(10,2),
    stock integer not null default 0, colour text);
  insert into products select 'P-' || lpad(n::text, 2, '0'), 'Thing ' || n, n, n, 'red'
  from generate_series(1, 30) n`;
const ITEMS = `
  create table items (id int generated always as identity primary key, code text not null unique,
    name text not null, price_cents integer);
  insert into items (code, name, price_cents)
  select 'P-' || lpad(n::text, 2, '0'), 'Thing ' || n, n * 100 from generate_series(1, 30) n`;

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
});

afterAll(async () => {
  await api.close();
  await Promise.all([erp.drop(), shop.drop()]);
});

const { entities, bindings } = SHOP_MAP;

test("viewers see the map and cannot draw", async () => {
  const viewer = api.as("viewer");
  await expect(viewer.maps.draft()).resolves.toMatchObject({ live: null, base: 0 });
  await expect(viewer.maps.undo()).rejects.toThrow("editor");
  await expect(viewer.maps.saveLayout({ entity: "product", places: [] })).rejects.toThrow("editor");
});

describe("drawing", () => {
  test("an edit gives the new revision, and the document only to who does not have it", async () => {
    const editor = api.as("editor");
    const { revision } = await editor.maps.draft();
    const [entity] = entities;
    if (entity === undefined) throw new Error("The map for tests has an entity.");
    const made = await editor.maps.edit({ revision, edit: { type: "add-entity", entity } });
    expect(made).toMatchObject({
      kind: "done",
      draft: { revision: revision + 1, document: null, undo: "Add entity Product", redo: null },
    });
    const [binding] = bindings;
    if (binding === undefined) throw new Error("The map for tests has bindings.");
    // Made on the revision before: brought onto the present one, since it is about another thing.
    const late = await editor.maps.edit({ revision, edit: { type: "add-binding", binding } });
    expect(late.kind).toBe("moved");
    const now = await editor.maps.edit({
      revision: revision + 1,
      edit: { type: "add-binding", binding },
    });
    expect(now).toMatchObject({ kind: "done", draft: { revision: revision + 2 } });
  });

  test("an edit that cannot be made is refused in words", async () => {
    const editor = api.as("editor");
    const { revision } = await editor.maps.draft();
    const edit = { type: "remove-field" as const, entity: "product", field: "colour" };
    const answer = await editor.maps.edit({ revision, edit });
    expect(answer).toMatchObject({ kind: "refused", message: expect.stringContaining("colour") });
  });

  test("a stale edit of the same thing is told, with the draft as it is", async () => {
    const { revision } = await api.as("editor").maps.draft();
    const rename = (name: string) => ({
      revision,
      edit: {
        type: "change-field" as const,
        ...{ entity: "product", field: "stock", changes: { name } },
      },
    });
    expect(await api.as("admin").maps.edit(rename("On hand"))).toMatchObject({ kind: "done" });
    const late = await api.as("editor").maps.edit(rename("Quantity"));
    expect(late).toMatchObject({ kind: "moved", message: expect.stringContaining("admin@") });
    const draft = await api.as("editor").maps.draft();
    const [product] = draft.document.entities;
    expect(product?.fields.map(({ name }) => name)).toContain("On hand");
  });

  test("undo and redo are one's own", async () => {
    const undone = await api.as("admin").maps.undo();
    expect(undone).toMatchObject({ kind: "done", draft: { redo: "Rename Stock to On hand" } });
    // The admin's system is by now what the editor's binding stands on.
    const built = await api.as("admin").maps.undo();
    expect(built).toMatchObject({ kind: "moved", message: expect.stringContaining("editor@") });
    expect(await api.as("admin").maps.redo()).toMatchObject({ kind: "done" });
    expect(await api.as("editor").maps.redo()).toEqual({ kind: "nothing" });
  });
});

describe("the sample", () => {
  test("before there is a record, rows of the first object flow, matched by key", async () => {
    const editor = api.as("editor");
    const { revision } = await editor.maps.draft();
    const [, binding] = bindings;
    if (binding === undefined) throw new Error("The map for tests has two bindings.");
    await editor.maps.edit({ revision, edit: { type: "add-binding", binding } });
    const { source, samples, reads } = await editor.maps.sample({ entity: "product" });
    expect(source).toBe("rows");
    expect(samples).toHaveLength(20);
    expect(samples[0]).toMatchObject({
      record: null,
      hub: { sku: "P-01", price: "1" },
      rows: {
        "erp-product": { columns: { colour: "red" } },
        "shop-product": { columns: { code: "P-01", price_cents: "100" } },
      },
    });
    expect(reads["shop-product"]).toEqual({ how: "now", problem: null });
    const colours = { binding: "erp-product", column: "colour" };
    expect(await editor.maps.columnValues(colours)).toEqual({
      ...{ values: [{ value: "red", count: 30 }], rows: 30, problem: null },
    });
  });

  test("records step in both directions, and show what was last seen of a lost system", async () => {
    const { sql } = api.services.hub;
    const ids: string[] = [];
    for (let n = 1; n <= 25; n += 1) {
      const id = api.services.ids.next();
      ids.push(id);
      const sku = `P-${String(n).padStart(2, "0")}`;
      const values = { sku: { v: sku, by: "system:erp", at: "2026-01-01T00:00:00Z" } };
      await sql`insert into records (id, entity, values, created_at)
        values (${id}, 'product', ${JSON.stringify(values)}::text::jsonb, now())`;
      await sql`insert into links
        (id, record, binding, system, external_id, incarnation, state, columns, bases)
        values (${api.services.ids.next()}, ${id}, 'erp-product', 'erp', ${sku}, 0, 'live',
          ${JSON.stringify({ sku, title: "Seen" })}::text::jsonb, '{}')`;
    }
    const viewer = api.as("viewer");
    const first = await viewer.maps.sample({ entity: "product" });
    expect(first).toMatchObject({ source: "records", hasBefore: false, hasAfter: true });
    expect(first.samples.map(({ record }) => record)).toEqual(ids.slice(0, 20));
    expect(first.samples[0]?.rows["erp-product"]?.columns).toMatchObject({ title: "Thing 1" });
    const after = ids[19] ?? "";
    const second = await viewer.maps.sample({ entity: "product", after });
    expect(second.samples.map(({ record }) => record)).toEqual(ids.slice(20));
    expect(second).toMatchObject({ hasBefore: true, hasAfter: false });
    const back = await viewer.maps.sample({ entity: "product", before: ids[20] ?? "" });
    expect(back.samples.map(({ record }) => record)).toEqual(ids.slice(0, 20));
    expect(await viewer.maps.sample({ entity: "product", find: "p-03" })).toMatchObject({
      samples: [],
    });

    // What the hub has seen counts where it knows the column, and else the system's rows of now.
    const valuesOf = (column: string) =>
      viewer.maps.columnValues({ binding: "erp-product", column });
    expect(await valuesOf("title")).toMatchObject({ values: [{ value: "Seen", count: 25 }] });
    expect(await valuesOf("colour")).toMatchObject({ values: [{ value: "red", count: 30 }] });

    await sql`update systems set connector = 'gone' where id = 'erp'`;
    const lost = await viewer.maps.sample({ entity: "product" });
    expect(lost.reads["erp-product"]).toMatchObject({ how: "last-seen" });
    expect(lost.reads["erp-product"]?.problem).toContain("ERP could not be read now");
    expect(lost.samples[0]?.rows["erp-product"]?.columns).toEqual({ sku: "P-01", title: "Seen" });
    await sql`update systems set connector = 'postgres' where id = 'erp'`;
  });
});

describe("publishing", () => {
  /** What a look finds is told in preview.pg.test.ts. */
  const seen = { preview: null, reason: "Nobody has looked." };

  test("errors block, warnings want to be seen, then there is a version", async () => {
    const editor = api.as("editor");
    const { revision } = await editor.maps.draft();
    const bad = {
      type: "change-binding" as const,
      binding: "erp-product",
      changes: { object: "x" },
    };
    await editor.maps.edit({ revision, edit: bad });
    const { problems } = await editor.maps.check();
    expect(problems[0]).toMatchObject({ severity: "error", code: "unknown-object" });
    const blocked = await editor.maps.publish({
      ...{ revision: revision + 1, note: "", acknowledged: problems.map(({ key }) => key) },
      seen,
    });
    expect(blocked.kind).toBe("problems");
    await editor.maps.undo();

    const { revision: now } = await editor.maps.draft();
    const stale = await editor.maps.publish({
      revision: 1,
      note: "",
      acknowledged: [],
      seen,
    });
    expect(stale.kind).toBe("moved");
    const warnings = (await editor.maps.check()).problems;
    expect(warnings.every(({ severity }) => severity === "warning")).toBe(true);
    const acknowledged = warnings.map(({ key }) => key);
    const note = "First products";
    expect(await editor.maps.publish({ revision: now, note, acknowledged, seen })).toMatchObject({
      kind: "published",
      version: 1,
    });
    expect(await editor.maps.draft()).toMatchObject({
      live: { number: 1, note: expect.stringContaining(note) },
      base: 1,
    });
  });

  test("versions are listed, compared in sentences, rolled back and exported", async () => {
    const editor = api.as("editor");
    const { revision } = await editor.maps.draft();
    const ownership = { tiers: [{ systems: ["shop"], when: "always" as const }] };
    const edit = {
      type: "set-ownership" as const,
      ...{ entity: "product", field: "price" },
      ownership: { ...ownership, refused: "review" as const },
    };
    await editor.maps.edit({ revision, edit });
    const pending = await editor.maps.diff({ from: "live", to: "draft" });
    expect(pending).toMatchObject({ from: 1, to: null, changed: 1 });
    expect(pending.entities[0]?.fields[0]?.changes[0]).toMatchObject({
      sentence: "Who owns Price has changed",
      after: "Shop owns it; other edits wait for a decision",
    });
    const acknowledged = (await editor.maps.check()).problems.map(({ key }) => key);
    const { revision: now } = await editor.maps.draft();
    const note = "Shop decides";
    await editor.maps.publish({ revision: now, note, acknowledged, seen });
    const back = await editor.maps.rollBack({
      ...{ number: 1, note: "", acknowledged, seen },
    });
    expect(back).toMatchObject({ kind: "published", version: 3 });

    const { versions, count } = await api.as("viewer").maps.versions({});
    expect(count).toBe(3);
    expect(versions.map(({ number, restores }) => [number, restores])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ]);
    expect(versions.every(({ run }) => run !== null)).toBe(true);
    const same = await api.as("viewer").maps.diff({ from: 1, to: 3 });
    expect(same.changed).toBe(0);
    await expect(api.as("viewer").maps.version({ number: 9 })).rejects.toThrow("no version “9”");
    expect(await api.as("viewer").maps.version({ number: 3 })).toMatchObject({
      isLive: true,
      restores: 1,
      holds: { entities: 1, fields: 4, edges: 7 },
    });
    const file = await editor.maps.exportFile({ of: 3 });
    expect(file.name).toBe("map-version-3.yaml");
    expect(file.text).toContain("object: public.products");
  });

  test("one rule of an earlier version comes back into the draft, and can be undone", async () => {
    const editor = api.as("editor");
    const rule = { kind: "ownership", place: { entity: "product", field: "price" } } as const;
    const wanted = { version: 2, rule };
    await expect(api.as("viewer").maps.restoreRule(wanted)).rejects.toThrow("editor");
    const undo = "Bring back who owns Price, as in version 2";
    expect(await editor.maps.restoreRule(wanted)).toMatchObject({ kind: "done", draft: { undo } });
    const pending = await editor.maps.diff({ from: "live", to: "draft" });
    expect(pending).toMatchObject({ changed: 1 });
    expect(pending.entities[0]?.fields[0]?.changes[0]).toMatchObject({
      after: "Shop owns it; other edits wait for a decision",
    });
    const again = await editor.maps.restoreRule(wanted);
    expect(again).toEqual({ kind: "refused", message: "The draft says so already." });
    await editor.maps.undo();
    expect((await editor.maps.diff({ from: "live", to: "draft" })).changed).toBe(0);
    await expect(editor.maps.restoreRule({ ...wanted, version: 9 })).rejects.toThrow(
      "no version “9”",
    );
  });
});

describe("a map file", () => {
  test("becomes the draft as one edit, and what it says of systems' ways is left alone", async () => {
    const editor = api.as("editor");
    const { name, text } = await editor.maps.exportFile({ of: "live" });
    expect(await editor.maps.importFile({ name, text })).toEqual({ kind: "same" });
    await expect(api.as("viewer").maps.importFile({ name, text })).rejects.toThrow("editor");
    const renamed = text
      .replace("name: Price", "name: Cost")
      .replace("connector: postgres", "connector: nowhere");
    expect(await editor.maps.importFile({ name, text: renamed })).toEqual({ kind: "done" });
    const pending = await editor.maps.diff({ from: "live", to: "draft" });
    expect(pending.entities[0]?.fields[0]?.changes[0]).toMatchObject({
      sentence: "Price is now called Cost",
    });
    expect(pending.changed).toBe(1);
    expect((await editor.maps.draft()).undo).toBe(`Bring in ${name}`);
    expect((await editor.maps.exportFile({ of: "live" })).text).not.toContain("nowhere");
    await editor.maps.undo();
    expect((await editor.maps.diff({ from: "live", to: "draft" })).changed).toBe(0);
  });

  test("with mistakes changes nothing, and each is told with its line", async () => {
    const editor = api.as("editor");
    const { name, text } = await editor.maps.exportFile({ of: "live" });
    const { revision } = await editor.maps.draft();
    const wrong = text.replace("type: decimal", "sort: decimal");
    const line = wrong.split("\n").findIndex((one) => one.includes("sort: decimal")) + 1;
    expect(await editor.maps.importFile({ name, text: wrong })).toMatchObject({
      kind: "problems",
      problems: expect.arrayContaining([
        expect.objectContaining({ line, message: expect.stringContaining("sort") }),
      ]),
    });
    const garbage = await editor.maps.importFile({ name: "photo.yaml", text: "\u0000\u0001{[" });
    expect(garbage).toMatchObject({ kind: "problems" });
    expect((await editor.maps.draft()).revision).toBe(revision);
  });
});

test("records that break a line are found, and what the hub does not know is said", async () => {
  const viewer = api.as("viewer");
  const at = { binding: "erp-product", edge: "sku" };
  expect(await viewer.maps.findBreaking(at)).toEqual({
    ...{ found: [], looked: 25, unknown: 0, isWhole: true },
  });
  const price = await viewer.maps.findBreaking({ ...at, edge: "price" });
  expect(price).toMatchObject({ found: [], looked: 25, unknown: 25 });
  await expect(viewer.maps.findBreaking({ ...at, edge: "gone" })).rejects.toThrow("gone");

  const { sql } = api.services.hub;
  const bad = { sku: "P-04", title: "Seen", price: "much" };
  const [broken] = await sql<{ record: string }[]>`
    update links set columns = ${JSON.stringify(bad)}::text::jsonb
    where external_id = 'P-04' returning record`;
  const found = await viewer.maps.findBreaking({ ...at, edge: "price" });
  expect(found.found).toMatchObject([
    { record: broken?.record, why: expect.stringMatching("much") },
  ]);
  const record = broken?.record ?? "";
  const { samples, hasBefore } = await viewer.maps.sample({ entity: "product", from: record });
  expect(samples[0]?.record).toBe(record);
  expect(hasBefore).toBe(true);
});

test("the index of entities counts what is drawn and what waits", async () => {
  const [product] = await api.as("viewer").maps.entities();
  expect(product).toMatchObject({
    id: "product",
    isLive: true,
    fields: 4,
    mapped: 4,
    records: 25,
    errors: 0,
    changes: 0,
  });
  expect(product?.objects.map(({ system }) => system?.code)).toEqual(["ER", "SH"]);
  const shapes = await api.as("viewer").maps.shapes({ entity: "product" });
  expect(shapes.map(({ object }) => object.name)).toEqual(["public.products", "public.items"]);
  const facts = await api.as("viewer").maps.facts({ entity: "product" });
  expect(facts).toMatchObject({ records: 25, questions: [], held: [] });
});

test("where boxes lie is kept apart from the map", async () => {
  const editor = api.as("editor");
  const places = [{ node: "entity", x: 10, y: -20 }];
  await editor.maps.saveLayout({ entity: "product", places });
  await editor.maps.saveLayout({ entity: "product", places: [{ node: "shop", x: 1, y: 2 }] });
  expect(await editor.maps.layout({ entity: "product" })).toHaveLength(2);
  await editor.maps.saveLayout({ entity: "product", places, replace: true });
  expect(await editor.maps.layout({ entity: "product" })).toEqual(places);
  expect(await editor.maps.diff({ from: "live", to: "draft" })).toMatchObject({ changed: 0 });
});
