import { afterAll, beforeAll, expect, test } from "vitest";
import { isExact } from "../../core/impact/impact.ts";
import type { ProgressNote } from "../../core/impact/progress-note.ts";
import { MapDocument } from "../../core/map/document.ts";
import { FailureError } from "../../core/run/failure.ts";
import { eventually } from "../../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../../testing/running-hub.ts";
import { ERP_AND_SHOP, oneToOne, textField } from "../../testing/two-systems.ts";
import { PreviewEnded } from "./alone.ts";
import { previewImpact } from "./preview.ts";
import { previewContext, previewOf } from "./testing/preview-of.ts";

const ROWS = 400;
const ERP = `
  create table products (id int primary key, sku text not null unique, name text, note text);
  insert into products select n, 'SKU-' || n, 'Product ' || n, 'Note ' || n
    from generate_series(1, ${ROWS}) n;`;
const SHOP = `
  create table items (id bigserial primary key, sku text not null unique, name text, note text);`;

function mapWith(erpName: object, more: readonly string[] = []): MapDocument {
  const edges = [oneToOne("sku", "sku"), { ...oneToOne("name", "name"), ...erpName }];
  const others = more.map((id) => oneToOne(id, id));
  return MapDocument.parse({
    ...ERP_AND_SHOP,
    entities: [
      {
        ...{ id: "product", name: "Product", title: "sku", matchKeys: [["sku"]] },
        fields: [textField("sku"), textField("name"), textField("note")],
      },
    ],
    bindings: [
      {
        ...{ id: "erp-product", system: "erp", object: "public.products", entity: "product" },
        edges: [...edges, ...others],
      },
      {
        ...{ id: "shop-product", system: "shop", object: "public.items", entity: "product" },
        edges: [oneToOne("sku", "sku"), oneToOne("name", "name"), ...others],
      },
    ],
  });
}

const LIVE = mapWith({});
const UPPER = { steps: [{ transform: "case", settings: { field: "upper" } }] };
const CHANGED = mapWith(UPPER);

let running: RunningHub;
beforeAll(async () => {
  running = await createRunningHub({ erp: ERP, shop: SHOP });
  await running.publish(LIVE);
  const engine = await running.startEngine();
  await eventually(async () => {
    const { sql } = running.hub;
    const [row] = await sql`select count(*)::int as live from links where state = 'live'`;
    expect(row).toEqual({ live: 2 * ROWS });
    expect(await sql`select link from deliveries`).toEqual([]);
    expect(await sql`select 1 from captures where loaded = '{}'`).toEqual([]);
  });
  await engine.stop();
});
afterAll(() => running.close());

/** A digest of every table, and how far its sequences are. */
async function contents(): Promise<Record<string, unknown>> {
  const { sql } = running.hub;
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  const digests: Record<string, unknown> = {};
  for (const { name } of tables) {
    const [row] = await sql`
      select count(*)::int as rows, md5(string_agg(md5(t::text), '' order by t::text)) as digest
      from ${sql(name)} t`;
    digests[name] = row;
  }
  digests["sequences"] = await sql`select sequencename, last_value from pg_sequences order by 1`;
  digests["relations"] = await sql`select relname from pg_class order by oid`;
  return digests;
}

test("nothing is written: the hub's database is the same before and after", async () => {
  const before = await contents();
  const impact = await previewOf(running, CHANGED);
  expect(impact.systems.find(({ system }) => system === "shop")).toMatchObject({
    ...{ changed: ROWS, unchanged: 0, created: 0, deleted: 0, rows: ROWS, calls: 2 },
  });
  expect(await contents()).toEqual(before);
  const shop = await running.db(
    "shop",
  )`select count(*)::int as count from items where name like 'P%'`;
  expect(shop[0]).toEqual({ count: ROWS });
});

test("a map that says the same as the live one changes nothing", async () => {
  const impact = await previewOf(running, LIVE);
  expect(isExact(impact.evaluated)).toBe(true);
  expect(impact.rows).toEqual([]);
  expect(impact.fuses).toEqual([]);
  expect(impact.systems.map(({ unchanged }) => unchanged)).toEqual([ROWS, ROWS]);
});

test("rows are given up to a number, and all are counted", async () => {
  const impact = await previewOf(running, CHANGED, { rowsMax: 3 });
  expect(impact.rows.map(({ system, change }) => `${system} ${change}`)).toEqual([
    ...Array(3).fill("null changed"),
    ...Array(3).fill("shop changed"),
  ]);
  expect(impact.rowsLeftOut).toBe(2 * ROWS - 6);
  const [row] = impact.rows.filter(({ system }) => system === "shop");
  const name = String(row?.cells[0]?.before);
  expect(row?.cells).toEqual([{ field: "name", before: name, after: name.toUpperCase() }]);
});

test("very many rows at once, and rows that change a match key, ask for a reason", async () => {
  const impact = await previewOf(running, CHANGED);
  expect(impact.fuses).toEqual([{ kind: "share", system: "shop", count: ROWS, of: ROWS }]);
  const keyed = structuredClone(CHANGED) as { bindings: { edges: object[] }[] };
  const [binding] = keyed.bindings;
  if (binding !== undefined) binding.edges[0] = { ...binding.edges[0], ...UPPER };
  await running.db("erp")`update products set sku = 'sku-1' where id = 1`;
  const keys = await previewOf(running, MapDocument.parse(keyed));
  expect(keys.fuses.map(({ kind }) => kind)).toContain("share");
  await running.db("erp")`update products set sku = 'SKU-1' where id = 1`;
});

test("it tells how far it is, and ends at once when somebody ends it", async () => {
  const notes: ProgressNote[] = [];
  await previewOf(running, CHANGED, { progress: (note) => notes.push(note) });
  expect([...new Set(notes.map(({ stage }) => stage))]).toEqual([
    ...["copying", "deciding", "planning"],
  ]);
  expect(notes.findLast(({ stage }) => stage === "deciding")).toMatchObject({
    ...{ done: ROWS, of: ROWS },
  });
  for (const stage of ["copying", "deciding", "planning"]) {
    const ending = new AbortController();
    const { signal } = ending;
    const progress = (note: ProgressNote) => {
      if (note.stage === stage) ending.abort();
    };
    const ended = previewImpact(previewContext(running), { document: CHANGED, signal, progress });
    await expect(ended).rejects.toThrow(PreviewEnded);
  }
  await eventually(async () => {
    const left = await running.hub.sql`
      select 1 from pg_stat_activity where datname = current_database() and xact_start is not null
        and pid <> pg_backend_pid()`;
    expect(left).toEqual([]);
  });
});

test("of very many records a sample is looked at, and it says so", async () => {
  const impact = await previewOf(running, CHANGED, { recordsMax: 100 });
  const { records, of } = impact.evaluated;
  expect(of).toBe(ROWS);
  expect(records).toBeGreaterThan(50);
  expect(records).toBeLessThan(150);
  expect(isExact(impact.evaluated)).toBe(false);
  expect(impact.systems[1]).toMatchObject({ changed: records, rows: records });
});

test("what cannot be read from its system is decided by what the hub knows, and it says so", async () => {
  const { document, signal, progress } = {
    ...{ document: mapWith({}, ["note"]), signal: new AbortController().signal },
    progress: () => undefined,
  };
  const context = {
    ...previewContext(running),
    openSession: () =>
      Promise.reject(new FailureError({ kind: "unreachable", detail: "Nobody answers." })),
  };
  const impact = await previewImpact(context, { document, signal, progress });
  expect(impact.evaluated.unread).toEqual([
    { system: "erp", object: "public.products", why: "Nobody answers." },
    { system: "shop", object: "public.items", why: "Nobody answers." },
  ]);
  expect(isExact(impact.evaluated)).toBe(false);
});

test("while it works nobody waits for it", async () => {
  const { hub } = running;
  let waited = Number.POSITIVE_INFINITY;
  const progress = async ({ stage }: ProgressNote) => {
    if (stage !== "planning" || waited < Number.POSITIVE_INFINITY) return;
    waited = 0;
    // What an engine locks to match rows, to end a load and to move a link.
    await hub.sql.begin(async (tx) => {
      await tx`set local lock_timeout = '500ms'`;
      await tx`select pg_advisory_xact_lock(hashtextextended('match:product', 0))`;
      await tx`select pg_advisory_xact_lock(4600460047)`;
      await tx`select 1 from links for update`;
      await tx`select 1 from records for update`;
    });
    waited = 1;
  };
  const waiting: Promise<void>[] = [];
  await previewOf(running, CHANGED, { progress: (note) => void waiting.push(progress(note)) });
  await Promise.all(waiting);
  expect(waited).toBe(1);
});
