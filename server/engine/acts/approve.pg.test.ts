import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Hub, openHub } from "../../../db/client.ts";
import { startRun } from "../../storage/runs.ts";
import { savePauses } from "../../storage/systems.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { createSmallHub, type SmallHub } from "../testing/small-hub.ts";
import { approve, decline } from "./approve.ts";
import { runBinding } from "./run-binding.ts";

let database: TestDatabase;
let hub: Hub;
let small: SmallHub;
let run: string;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 4);
  small = await createSmallHub(hub);
  for (let n = 0; n < 6; n += 1) {
    await small.edit("shop", `s${n}`, { code: `S-${n}`, name: `Rope ${n}`, price_cents: "100" });
  }
  await small.settle();
});

beforeEach(async () => {
  run = small.acts.ids.next();
  const detail = { gone: 5, live: 6, seenIn: null, before: "999999999999" };
  await startRun(hub.sql, {
    id: run,
    kind: "mass-change",
    state: "waiting",
    system: "shop",
    binding: "shop-product",
    mapVersion: 1,
    engine: null,
    now: small.acts.clock.now().toISOString(),
    detail: JSON.stringify(detail),
  });
});

afterAll(async () => {
  await hub.close();
  await database.drop();
});

const living = async () => (await hub.sql`select 1 from records where deleted_at is null`).length;

const stateOf = async () => (await hub.sql`select state, detail from runs where id = ${run}`)[0];

describe("approve", () => {
  test("declined, the rows are left alone and nothing asks twice", async () => {
    expect(await decline(small.acts, { run })).toEqual({ kind: "declined" });
    expect(await living()).toBe(6);
    expect(await stateOf()).toMatchObject({ state: "cancelled" });
    expect(await approve(small.acts, { run })).toEqual({ kind: "settled", state: "cancelled" });
  });

  test("more missing rows than were shown are refused", async () => {
    expect(await approve(small.acts, { run, gone: 5 })).toEqual({ kind: "moved", gone: 6 });
    expect(await living()).toBe(6);
    expect(await stateOf()).toMatchObject({ state: "waiting" });
  });

  test("approved, the missing rows are gone as their binding says, each with its line", async () => {
    expect(await approve(small.acts, { run, gone: 6 })).toEqual({ kind: "approved", gone: 6 });
    expect(await living()).toBe(0);
    expect(await stateOf()).toMatchObject({ state: "succeeded" });
    const lines = await hub.sql`
      select kind, count(*)::int as count from audit_entries
      where run = ${run} and stream = 'people' and cause->>'command' = 'approve' group by kind`;
    expect(Object.fromEntries(lines.map(({ kind, count }) => [kind, count]))).toEqual({
      "row-gone": 6,
      deleted: 6,
    });
    await small.settle();
    expect(small.rows("erp").size).toBe(0);
  });

  test("what is no such run is unknown", async () => {
    expect(await approve(small.acts, { run: "none" })).toEqual({ kind: "unknown" });
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
