import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Hub } from "../../../db/client.ts";
import { passedBefore } from "../../storage/mass-passed.ts";
import { savePauses } from "../../storage/systems.ts";
import { openSmallHub } from "../testing/open-small-hub.ts";
import type { SmallHub } from "../testing/small-hub.ts";
import { approve, decline } from "./approve.ts";
import { replay } from "./quarantine.ts";
import { runBinding } from "./run-binding.ts";

let opened: Awaited<ReturnType<typeof openSmallHub>>;
let hub: Hub;
let small: SmallHub;

const HOUR_MS = 3_600_000;

const idsOf = (system: string) => [...small.rows(system).keys()];

const living = async () => (await hub.sql`select 1 from records where deleted_at is null`).length;

const asked = async () =>
  await hub.sql<{ id: string; state: string; detail: string; held: number }[]>`
    select id, state, detail, (counts ->> 'quarantined')::int as held from runs
    where kind = 'mass-change' order by started_at, id`;

const waiting = async () => (await asked()).filter(({ state }) => state === "waiting");

const linesOf = async (run: string) => {
  const lines = await hub.sql`
    select kind, count(*)::int as count from audit_entries
    where run = ${run} and stream = 'people' group by kind`;
  return Object.fromEntries(lines.map(({ kind, count }) => [kind, count]));
};

/** Ten products in all three systems, and nothing of it a short while ago. */
beforeEach(async () => {
  opened = await openSmallHub();
  ({ hub, small } = opened);
  for (let n = 0; n < 10; n += 1) {
    await small.edit("shop", `s${n}`, { code: `S-${n}`, name: `Rope ${n}`, price_cents: "100" });
  }
  await small.settle();
  small.wait(HOUR_MS);
});
afterEach(() => opened.close());

describe("many rows are deleted in a stream", () => {
  test("the first ones pass, from the fourth on one question asks; a row comes back by itself", async () => {
    for (const id of ["s0", "s1", "s2", "s3", "s4"]) await small.remove("shop", id);
    await small.settle();
    expect(await living()).toBe(7);
    expect(small.rows("crm").size).toBe(7);
    const [run, ...more] = await waiting();
    expect(more).toEqual([]);
    expect(run).toMatchObject({ held: 2 });
    const { since, ...change } = JSON.parse(run?.detail ?? "{}");
    expect(change).toEqual({ kind: "gone", field: null, total: 10, passed: 3, told: "events" });
    const place = { binding: "shop-product", kind: "gone" as const, field: null };
    const passed = await passedBefore(hub.sql, place, { since, title: "name", countMax: 20 });
    expect(passed.count).toBe(3);
    expect(passed.samples.map(({ externalId }) => externalId)).toEqual(["s0", "s1", "s2"]);
    await small.edit("shop", "s3", { code: "S-3", name: "Rope 3", price_cents: "100" });
    await small.edit("shop", "s4", { code: "S-4", name: "Rope 4", price_cents: "100" });
    await small.settle();
    expect(await waiting()).toEqual([]);
    expect(await living()).toBe(7);
  });

  test("more than were shown are refused; approved, they are gone, each with its lines", async () => {
    for (const id of ["s0", "s1", "s2", "s3", "s4"]) await small.remove("shop", id);
    const [{ id: run } = { id: "" }] = await waiting();
    expect(await approve(small.acts, { run, rows: 1 })).toEqual({ kind: "moved", rows: 2 });
    expect(await decline(small.acts, { run, end: "leave" })).toEqual({ kind: "gone-for-sure" });
    expect(await approve(small.acts, { run, rows: 2 })).toEqual({ kind: "approved", rows: 2 });
    expect(await linesOf(run)).toEqual({ "row-gone": 2, deleted: 2 });
    await small.settle();
    expect(small.rows("erp").size).toBe(5);
    expect(await approve(small.acts, { run })).toEqual({ kind: "settled", state: "succeeded" });
  });

  test("declined, their records stay, and their rows are made again where that is wanted", async () => {
    for (const id of ["s0", "s1", "s2", "s3", "s4"]) await small.remove("shop", id);
    const [{ id: run } = { id: "" }] = await waiting();
    expect(await decline(small.acts, { run, end: "again" })).toEqual({ kind: "declined", rows: 2 });
    expect(await linesOf(run)).toEqual({ "row-gone": 2, unlinked: 2 });
    await small.settle();
    expect(await living()).toBe(7);
    const names = [...small.rows("shop").values()].map((row) => row["name"]);
    expect(names).toEqual(expect.arrayContaining(["Rope 3", "Rope 4"]));
  });

  test("what is no such run is unknown", async () => {
    expect(await approve(small.acts, { run: "none" })).toEqual({ kind: "unknown" });
  });
});

describe("many rows are missing in a whole read", () => {
  test("all of them wait; left alone, they stay linked and are asked again", async () => {
    const lost = idsOf("shop").slice(0, 5);
    for (const id of lost) small.lose("shop", id);
    await small.readWhole("shop", true);
    const [{ id: run, held } = { id: "", held: 0 }] = await waiting();
    expect(held).toBe(5);
    expect(await decline(small.acts, { run, end: "leave" })).toEqual({ kind: "declined", rows: 5 });
    expect(await linesOf(run)).toEqual({ linked: 5 });
    small.wait(HOUR_MS);
    await small.readWhole("shop", true);
    expect(await waiting()).toMatchObject([{ held: 5 }]);
  });
});

describe("many rows lose one field in a stream", () => {
  const clearNames = async () => {
    const ids = idsOf("crm").slice(0, 5);
    for (const id of ids) await small.edit("crm", id, { label: null });
    await small.settle();
    const [{ id: run } = { id: "" }] = await waiting();
    return { run, ids };
  };

  const blanks = (system: string, column: string) =>
    [...small.rows(system).values()].filter((row) => row[column] === null).length;

  test("approved, what waits is decided by today's values", async () => {
    const { run, ids } = await clearNames();
    expect(blanks("shop", "name")).toBe(3);
    await small.edit("crm", ids[4] ?? "", { label: "Rope again" });
    await small.settle();
    expect(await approve(small.acts, { run })).toEqual({ kind: "approved", rows: 1 });
    await small.settle();
    expect(blanks("shop", "name")).toBe(4);
    const held = await hub.sql`select 1 from quarantine where state = 'held'`;
    expect(held.length).toBe(0);
  });

  test("declined, the hub's values are written back, each with a line", async () => {
    const { run } = await clearNames();
    expect(await decline(small.acts, { run })).toEqual({ kind: "declined", rows: 2 });
    expect(await linesOf(run)).toEqual({ rejected: 2 });
    await small.settle();
    expect(blanks("crm", "label")).toBe(3);
  });

  test("let go one by one, nothing asks any more", async () => {
    await clearNames();
    const items = await hub.sql`select id from quarantine where state = 'held'`;
    for (const { id } of items) await replay(small.acts, { item: id });
    expect(await waiting()).toEqual([]);
  });
});

describe("runBinding", () => {
  test("the object is read whole again", async () => {
    const loaded = async () =>
      (await hub.sql`select loaded from captures where system = 'shop'`)[0]?.["loaded"];
    expect(await loaded()).toHaveProperty(["public.items"]);
    expect(await runBinding(small.acts, { binding: "shop-product" })).toEqual({
      kind: "started",
      system: "shop",
      object: "public.items",
    });
    expect(await loaded()).toEqual({});
  });

  test("not while reading is paused, and not without a binding", async () => {
    await savePauses(hub.sql, "shop", { reading: true });
    expect(await runBinding(small.acts, { binding: "shop-product" })).toEqual({
      kind: "paused",
      system: "shop",
    });
    expect(await runBinding(small.acts, { binding: "none" })).toEqual({
      kind: "unknown",
      what: "binding",
    });
  });
});
