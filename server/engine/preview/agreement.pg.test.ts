import { afterAll, beforeAll, expect, test } from "vitest";
import type { Impact, ImpactRow, SystemImpact } from "../../core/impact/impact.ts";
import { isExact } from "../../core/impact/impact.ts";
import { MapDocument } from "../../core/map/document.ts";
import { loadCapture } from "../../storage/captures.ts";
import { notify } from "../../storage/notify.ts";
import { eventually } from "../../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../../testing/running-hub.ts";
import { createMapCache } from "../map-cache.ts";
import { readObjects } from "../read-objects.ts";
import { unreadObjects } from "../shape.ts";
import { previewOf } from "./testing/preview-of.ts";

/**
 * What a preview says and what publishing does are the same: the engine's own audit lines are
 * compared with it, row by row and cell by cell, and the tables of the systems behind them.
 */

const ERP = `
  create table brands (code text primary key, label text);
  insert into brands select 'B' || n, 'Brand ' || n from generate_series(1, 5) n;
  create table products (id int primary key, sku text not null unique, name text,
    price numeric(12,2), stock int, status text, brand text references brands, note text);
  insert into products select n, 'SKU-' || n, ' product ' || n, n + 0.5, n,
    case when n % 4 = 0 then 'old' else 'new' end, 'B' || (1 + n % 5), 'note ' || n
    from generate_series(1, 40) n;`;

const SHOP = `
  create table items (item_no bigserial primary key, article text not null unique,
    title varchar(30), cents bigint, stock int, memo text);`;

const CRM = `
  create table makers (id bigserial primary key, code text not null unique, label text);
  create table goods (id bigserial primary key, code text not null unique, label varchar(12),
    maker bigint references makers);`;

type Draft = ReturnType<typeof base>;

const edge = (column: string, field: string, more: object = {}) => ({
  ...{ id: field, columns: [column], fields: [field], ...more },
});

function base() {
  return {
    format: 1,
    systems: [
      { id: "erp", name: "ERP", code: "ER", line: 1 },
      { id: "shop", name: "Shop", code: "SH", line: 2 },
      { id: "crm", name: "CRM", code: "CR", line: 3 },
    ],
    entities: [
      {
        ...{ id: "brand", name: "Brand", title: "label", matchKeys: [["code"]] },
        fields: [
          { id: "code", name: "Code", type: "text" },
          { id: "label", name: "Label", type: "text" },
        ],
      },
      {
        ...{ id: "product", name: "Product", title: "name", matchKeys: [["sku"]] },
        fields: [
          { id: "sku", name: "SKU", type: "text" },
          { id: "name", name: "Name", type: "text" },
          {
            ...{ id: "price", name: "Price", type: "decimal" },
            ownership: { tiers: [{ systems: ["erp"] }], refused: "revert" },
          },
          { id: "stock", name: "Stock", type: "integer" },
          { id: "status", name: "Status", type: "text" },
          { id: "brand", name: "Brand", type: "reference", options: { entity: "brand" } },
          { id: "note", name: "Note", type: "text" },
        ] as Record<string, unknown>[],
      },
    ],
    bindings: [
      {
        ...{ id: "erp-brand", system: "erp", object: "public.brands", entity: "brand" },
        edges: [edge("code", "code"), edge("label", "label")],
      },
      {
        ...{ id: "erp-product", system: "erp", object: "public.products", entity: "product" },
        whenRowGone: "delete",
        edges: [
          ...[edge("sku", "sku"), edge("name", "name"), edge("price", "price")],
          ...[edge("stock", "stock"), edge("status", "status"), edge("brand", "brand")],
        ],
      },
      {
        ...{ id: "shop-product", system: "shop", object: "public.items", entity: "product" },
        whenRecordDeleted: "delete",
        edges: [
          ...[edge("article", "sku"), edge("title", "name"), edge("stock", "stock")],
          edge("cents", "price", {
            steps: [{ transform: "scale", settings: { operation: "divide", factor: "100" } }],
          }),
        ],
      },
    ] as Record<string, unknown>[],
  };
}

const bindingOf = (draft: Draft, id: string) => {
  const binding = draft.bindings.find((one) => one["id"] === id);
  if (binding === undefined) throw new Error(id);
  return binding as { edges: object[]; scope?: object; entity: string };
};
const fieldOf = (draft: Draft, id: string) => {
  const field = draft.entities[1]?.fields.find((one) => one["id"] === id);
  if (field === undefined) throw new Error(id);
  return field as Record<string, unknown>;
};
const edgesWithout = (draft: Draft, binding: string, id: string) => {
  const of = bindingOf(draft, binding);
  of.edges = of.edges.filter((one) => (one as { id: string }).id !== id);
};

let running: RunningHub;
let draft: Draft;
beforeAll(async () => {
  running = await createRunningHub({ erp: ERP, shop: SHOP, crm: CRM });
  draft = base();
  await running.publish(MapDocument.parse(draft));
  await running.startEngine();
  await untilIdle();
});
afterAll(() => running.close());

/** Everything is read as the live version says, and nothing is due or on its way. */
async function untilIdle(): Promise<void> {
  await eventually(async () => {
    const { sql } = running.hub;
    const map = await createMapCache(running.hub).current();
    if (map === null) throw new Error("Nothing is live.");
    for (const { id } of map.document.systems) {
      const objects = readObjects(map, id, new Set());
      expect(unreadObjects(map, id, objects, await loadCapture(sql, id))).toEqual([]);
    }
    expect(await sql`select link from deliveries where state <> 'parked'`).toEqual([]);
    expect(await sql`select id from attempts`).toEqual([]);
    // What waits for a row to be made goes on by itself.
    const awaiting = sql`select id from quarantine where state = 'held' and awaits_id is not null`;
    expect(await awaiting).toEqual([]);
  });
}

type Line = {
  kind: string;
  system: string;
  link: string;
  record: string;
  field: string | null;
  before: unknown;
  after: unknown;
};

/** What the engine says that it did under the version that is live. */
async function audited(): Promise<Line[]> {
  return await running.hub.sql<Line[]>`
    select kind, system, link, record, field, before, after from audit_entries
    where kind in ('stored', 'row-created', 'row-deleted')
      and map_version = (select max(number) from map_versions)`;
}

const isFilled = (value: unknown) => value !== null && value !== undefined && value !== "";

/** "shop changed <record> price 1.5 -> 2" */
function cellsSaid(rows: readonly ImpactRow[]): string[] {
  return rows
    .filter(({ system, change }) => system !== null && change !== "blocked")
    .flatMap(({ system, change, record, cells }) =>
      change === "deleted"
        ? [`${system} deleted ${record}`]
        : cells
            .filter(({ after }) => change === "changed" || isFilled(after))
            .map(
              ({ field, before, after }) =>
                `${system} ${record} ${field} ${JSON.stringify(before ?? null)} -> ${JSON.stringify(after)}`,
            ),
    )
    .sort();
}

function cellsDone(lines: readonly Line[]): string[] {
  return lines
    .flatMap(({ kind, system, record, field, before, after }) => {
      if (kind === "row-deleted") return [`${system} deleted ${record}`];
      const told = (name: string, from: unknown, to: unknown) =>
        `${system} ${record} ${name} ${JSON.stringify(from ?? null)} -> ${JSON.stringify(to)}`;
      if (kind === "stored") return [told(field ?? "", before, after)];
      const made = Object.entries(after as Record<string, unknown>);
      return made.flatMap(([name, value]) => (isFilled(value) ? [told(name, null, value)] : []));
    })
    .sort();
}

function countsDone(lines: readonly Line[], system: string) {
  const links = (kind: string) =>
    new Set(lines.filter((one) => one.kind === kind && one.system === system).map((l) => l.link));
  const created = links("row-created");
  const changed = [...links("stored")].filter((link) => !created.has(link));
  return { created: created.size, changed: changed.length, deleted: links("row-deleted").size };
}

const written = ({ created, changed, deleted }: SystemImpact) => ({ created, changed, deleted });

type Waits = { conflicts: number; quarantine: number };
async function waiting(): Promise<Waits> {
  const [row] = await running.hub.sql<Waits[]>`
    select (select count(*)::int from conflicts where state = 'open') as conflicts,
      (select count(*)::int from quarantine where state = 'held') as quarantine`;
  return row ?? { conflicts: 0, quarantine: 0 };
}

async function hubCounts() {
  const [row] = await running.hub.sql<{ live: number; dead: number }[]>`
    select count(*) filter (where deleted_at is null)::int as live,
      count(*) filter (where deleted_at is not null)::int as dead from records`;
  return row ?? { live: 0, dead: 0 };
}

/** Previews the draft, publishes it, and demands that all went as it was said. */
async function agree(goOn: () => Promise<void> = async () => undefined): Promise<Impact> {
  const document = MapDocument.parse(draft);
  const said = await previewOf(running, document);
  expect(isExact(said.evaluated)).toBe(true);
  const [waited, counted] = [await waiting(), await hubCounts()];
  await running.publish(document);
  await goOn();
  await untilIdle();
  const lines = await audited();
  for (const system of said.systems) {
    expect({ [system.system]: written(system) }).toEqual({
      [system.system]: countsDone(lines, system.system),
    });
  }
  expect(cellsSaid(said.rows)).toEqual(cellsDone(lines));
  const waits = await waiting();
  const news = ({ appear, vanish }: { appear: number; vanish: number }) => appear - vanish;
  expect(waits.conflicts - waited.conflicts).toBe(news(said.conflicts));
  expect(waits.quarantine - waited.quarantine).toBe(news(said.quarantine));
  const counts = await hubCounts();
  const { created, deleted } = said.hub;
  expect(counts).toEqual({
    live: counted.live + created - deleted,
    dead: counted.dead + deleted,
  });
  return said;
}

const ofSystem = (impact: Impact, id: string) => {
  const found = impact.systems.find(({ system }) => system === id);
  if (found === undefined) throw new Error(id);
  return found;
};

test("a new edge, whose column the hub has not kept, is read from its system", async () => {
  bindingOf(draft, "erp-product").edges.push(edge("note", "note"));
  bindingOf(draft, "shop-product").edges.push(edge("memo", "note"));
  const said = await agree();
  expect(ofSystem(said, "shop")).toMatchObject({ changed: 40, unchanged: 0, created: 0 });
  expect(said.hub.changed).toBe(40);
});

test("a transform that is changed", async () => {
  const { edges } = bindingOf(draft, "erp-product");
  Object.assign(edges.find((one) => (one as { id: string }).id === "name") ?? {}, {
    steps: [{ transform: "trim", settings: {} }],
  });
  const said = await agree();
  expect(said.rows.filter(({ system }) => system === "shop")[0]?.cells).toHaveLength(1);
});

test("another owner changes nothing that stands", async () => {
  fieldOf(draft, "price")["ownership"] = { tiers: [{ systems: ["shop"] }], refused: "revert" };
  const said = await agree();
  expect(said.systems.map(written)).toEqual(Array(3).fill({ created: 0, changed: 0, deleted: 0 }));
});

test("a rule that values break", async () => {
  fieldOf(draft, "stock")["validation"] = [{ kind: "range", max: "30" }];
  const said = await agree();
  expect(said.quarantine.appear).toBeGreaterThan(0);
});

test("an edge that is removed", async () => {
  edgesWithout(draft, "shop-product", "note");
  await agree();
});

test("a scope that is narrowed parts rows, and deletes none", async () => {
  Object.assign(bindingOf(draft, "erp-product"), {
    scope: {
      conditions: [{ column: "status", operator: "is", values: ["new"] }],
      whenLeft: "gone",
    },
  });
  const said = await agree();
  expect(ofSystem(said, "erp").unchanged).toBe(35);
});

test("a new binding that creates rows, of which some refer to others and some do not fit", async () => {
  await running.db("erp")`update products set name = 'A name of many letters' where id = 7`;
  await eventually(async () => {
    const [row] = await running.db("shop")`select title from items where article = 'SKU-7'`;
    expect(row).toEqual({ title: "A name of many letters" });
  });
  await untilIdle();
  draft.bindings.push(
    {
      ...{ id: "crm-brand", system: "crm", object: "public.makers", entity: "brand" },
      edges: [edge("code", "code"), edge("label", "label")],
    },
    {
      ...{ id: "crm-product", system: "crm", object: "public.goods", entity: "product" },
      whenRecordDeleted: "leave",
      edges: [edge("code", "sku"), edge("label", "name"), edge("maker", "brand")],
    },
  );
  const said = await agree();
  expect(ofSystem(said, "crm")).toMatchObject({ created: 5 + 39, blocked: 1 });
});

test("deletes that wait, and are carried out under the new version", async () => {
  const pause = async (isPaused: boolean) => {
    const { sql } = running.hub;
    await sql`update systems set writing_paused = ${isPaused} where id = 'shop'`;
    await notify(sql, ["systems"]);
  };
  await pause(true);
  await running.db("erp")`delete from products where id in (5, 6)`;
  await eventually(async () => expect(await hubCounts()).toMatchObject({ dead: 2 }));
  edgesWithout(draft, "shop-product", "stock");
  const said = await agree(() => pause(false));
  expect(ofSystem(said, "shop").deleted).toBe(2);
  expect(said.fuses).toContainEqual({ kind: "deletes", system: "shop", count: 2, of: 40 });
});
