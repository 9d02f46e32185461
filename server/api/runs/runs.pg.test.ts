import { afterAll, beforeAll, expect, test } from "vitest";
import type { AuditEntry } from "../../core/audit/audit-entry.ts";
import { asId, type RecordId } from "../../core/ids.ts";
import { appendAudit } from "../../storage/audit.ts";
import { createTestApi, type TestApi } from "../testing/caller.ts";
import { insertHeld, insertLiveMap, insertRecord } from "../testing/rows.ts";

let api: TestApi;
let records: string[] = [];
const runs = () => api.as("viewer").runs;

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();

async function insertRun(id: string, news: { kind: string; state: string; minute: number }) {
  const isOver = news.state !== "running";
  await api.database.sql`
    insert into runs (id, kind, system, binding, state, map_version, counts, started_at,
      finished_at, updated_at)
    values (${id}, ${news.kind}, 'erp', 'erp-product', ${news.state}, 1, '{"read": 3}',
      ${at(news.minute)}, ${isOver ? at(news.minute + 1) : null}, ${at(news.minute + 1)})`;
}

beforeAll(async () => {
  api = await createTestApi();
  const { sql } = api.database;
  await insertLiveMap(sql);
  records = await Promise.all([1, 2].map((number) => insertRecord(sql, number)));
  for (let minute = 0; minute < 5; minute += 1) {
    const id = `load-${minute}`;
    await insertRun(id, { kind: "initial-load", state: "succeeded", minute });
  }
  await insertRun("now", { kind: "continuous", state: "running", minute: 10 });
  const entries = records.map(
    (record): AuditEntry => ({
      kind: "accepted",
      actor: "system:erp",
      entity: "product",
      record: asId<RecordId>(record),
      link: null,
      system: "erp",
      field: "name",
      after: null,
      rule: "owner",
      cause: {},
    }),
  );
  const context = { stream: "capture:erp", mapVersion: 1 };
  await sql.begin((tx) => appendAudit(tx, entries, { ...context, at: at(11), run: "now" }));
  await sql.begin((tx) => appendAudit(tx, entries, { ...context, at: at(12), run: "other" }));
});
afterAll(() => api.close());

test("runs come newest first, in pages that go on where one ended, filtered", async () => {
  const all = await runs().list({});
  expect(all.runs.map(({ id }) => id)).toEqual([
    "now",
    ...[4, 3, 2, 1, 0].map((minute) => `load-${minute}`),
  ]);
  expect(all).toMatchObject({ matching: 6, all: 6, nextCursor: null });
  const rest = await runs().list({ cursor: { startedAt: at(4), id: "load-4" } });
  expect(rest.runs.map(({ id }) => id)).toEqual(["load-3", "load-2", "load-1", "load-0"]);
  const running = await runs().list({ state: "running", system: "erp" });
  expect(running).toMatchObject({ matching: 1, all: 6, runs: [{ id: "now" }] });
});

test("five runs that ended well say what is usual", async () => {
  const { runs: rows } = await runs().list({ kind: "initial-load" });
  expect(rows[0]?.usual).toMatchObject({ median: 60, p95: 60 });
});

test("what a run did to records, and only it", async () => {
  const { lines, named } = await runs().lines({ run: "now" });
  expect(lines).toMatchObject([
    { title: "Product 2", kind: "accepted", before: null, after: { v: null } },
    { title: "Product 1" },
  ]);
  expect(named).toBeNull();
});

test.each(["E2", "SKU-2", "00000000-0000-7000-8000-000000000002"])(
  "a record is found by %s",
  async (search) => {
    const { lines, named } = await runs().lines({ run: "now", search });
    expect(lines.map(({ title }) => title)).toEqual(["Product 2"]);
    expect(named).toBe(1);
  },
);

test("what is called so nowhere, and what the run did not touch, are two answers", async () => {
  expect(await runs().lines({ run: "now", search: "E9" })).toMatchObject({ lines: [], named: 0 });
  expect(await runs().lines({ run: "load-0", search: "E2" })).toMatchObject({
    lines: [],
    named: 1,
  });
});

test("what was held while it ran is grouped by what is wrong", async () => {
  const { sql } = api.database;
  for (const [index, record] of records.entries()) {
    await insertHeld(sql, record, `The name has ${61 + index} characters.`);
  }
  await sql`update quarantine set system = 'erp', binding = 'erp-product', held_at = ${at(11)}`;
  const found = await runs().find({ run: "now" });
  expect(found.failures).toMatchObject([
    { system: "erp", field: "name", code: "length", count: 2, held: 2 },
  ]);
  expect(found).toMatchObject({ object: "erp.products", entity: { id: "product" } });
  expect((await runs().find({ run: "load-0" })).failures).toEqual([]);
});

test("an unknown run is said to be unknown", async () => {
  await expect(runs().find({ run: "none" })).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("There is no run “none”"),
  });
  const approve = api.as("steward").runs.approve({ run: "none", rows: 1 });
  await expect(approve).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a binding is read whole again, unless reading is stopped", async () => {
  const steward = api.as("steward");
  expect(await steward.runs.repeat({ binding: "erp-product" })).toMatchObject({
    object: "erp.products",
  });
  await steward.systems.pause({ system: "erp", reading: true });
  await expect(steward.runs.repeat({ binding: "erp-product" })).rejects.toMatchObject({
    kind: "paused",
  });
});
