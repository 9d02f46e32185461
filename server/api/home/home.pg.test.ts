import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/caller.ts";
import { insertConflict, insertHeld, insertLiveMap, insertRecord } from "../testing/rows.ts";

let api: TestApi;
const home = () => api.as("viewer").home;

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

test("an empty studio asks for nothing and has three steps before it", async () => {
  expect(await home().start()).toEqual({ systems: 0, mapped: 0, published: 0 });
  expect(await home().needs()).toEqual([]);
  expect(await home().board()).toBeNull();
  expect(await home().counts()).toEqual({ conflicts: 0, quarantine: 0 });
});

test("what needs a person, and how every system stands", async () => {
  const { sql } = api.database;
  await insertLiveMap(sql);
  const ids = await Promise.all([1, 2, 3, 4].map((number) => insertRecord(sql, number)));
  const [first = "", second = "", third = "", fourth = ""] = ids;
  await insertConflict(sql, first, { openedAt: "2026-01-01T00:00:00Z" });
  await insertConflict(sql, second, {
    openedAt: "2026-01-01T00:00:00Z",
    snoozedUntil: "2999-01-01T00:00:00Z",
  });
  await insertHeld(sql, third, "Too long.");
  await sql`
    insert into deliveries values (${fourth}, ${fourth}, 'shop-product', 'shop', 0, 'due', now(), 0,
      '2026-01-02T00:00:00Z')`;
  await sql`
    update systems set failure = '{"kind": "unreachable", "detail": "Gone.",
      "since": "2026-01-03T00:00:00Z"}' where id = 'shop'`;
  const asks = JSON.stringify({
    ...{ kind: "gone", field: null, total: 100, passed: 0, told: "events" },
    since: "2026-01-04T00:00:00Z",
  });
  await sql`
    insert into runs (id, kind, system, state, counts, detail, started_at, updated_at)
    values ('r1', 'mass-change', 'shop', 'waiting', '{"quarantined": 40}', ${asks}, now(), now())`;

  const needs = await home().needs();
  expect(needs.map(({ kind }) => kind).sort()).toEqual([
    "approval",
    "engine",
    "failing",
    "field",
    "held",
  ]);
  expect(needs[0]?.kind).toBe("engine");
  expect(needs.find(({ kind }) => kind === "field")).toMatchObject({
    count: 1,
    entity: "product",
    systems: ["erp", "shop"],
    oldest: "2026-01-01T00:00:00Z",
  });
  expect(needs.find(({ kind }) => kind === "failing")).toMatchObject({
    blocked: 1,
    detail: "Gone.",
  });
  expect(needs.find(({ kind }) => kind === "approval")?.detail).toContain("40 of 100 rows");
  expect(await home().counts()).toEqual({ conflicts: 1, quarantine: 1 });

  const board = await home().board();
  expect(board?.entities).toMatchObject([
    {
      id: "product",
      records: 4,
      apart: 4,
      cells: [
        { system: "erp", isLoaded: true, due: 0, conflicts: 2, held: 0 },
        { system: "shop", isLoaded: false, due: 1, held: 1, oldestDue: "2026-01-02T00:00:00Z" },
      ],
    },
  ]);
  expect(board?.systems.map(({ facts }) => facts?.failure?.kind ?? null)).toEqual([
    null,
    "unreachable",
  ]);
});

test("an engine that lives is no news", async () => {
  await api.database.sql`insert into engines values ('e', now(), clock_timestamp(), 1, 'here')`;
  expect((await home().needs()).map(({ kind }) => kind)).not.toContain("engine");
});

test("what happened since a person's last visit, under the names of who did it", async () => {
  const { sql } = api.database;
  const first = await home().sinceLast();
  expect(first.since).toBeNull();
  expect(first.happenings).toMatchObject([{ kind: "published", version: 1 }]);

  await sql`update visits set active_at = now() - interval '2 hours'`;
  await sql`update map_versions set published_at = now() - interval '3 hours'`;
  await sql`
    update conflicts set state = 'resolved', resolved_by = 'person:steward@example.com',
      resolved_at = now()`;
  const second = await home().sinceLast();
  expect(Date.now() - Date.parse(second.since ?? "")).toBeGreaterThan(7_000_000);
  expect(second.happenings).toMatchObject([{ kind: "decided", by: "Test steward", count: 2 }]);
  // Within one visit the beginning stays.
  expect((await home().sinceLast()).since).toBe(second.since);
});
