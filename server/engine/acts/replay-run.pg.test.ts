import { afterAll, beforeAll, expect, test } from "vitest";
import { LIMITS } from "../../core/limits.ts";
import { MapDocument } from "../../core/map/document.ts";
import { systemClock } from "../../platform/clock.ts";
import { verifyAuditChain } from "../../storage/audit.ts";
import { claimReplay, listReplays } from "../../storage/replays.ts";
import { keepReplays } from "../replays.ts";
import { openSmallHub } from "../testing/open-small-hub.ts";
import { TRIO_MAP } from "../testing/trio-map.ts";
import { startReplay, stepReplay, stopReplay } from "./replay-run.ts";

let opened: Awaited<ReturnType<typeof openSmallHub>>;
let made = 0;

beforeAll(async () => {
  opened = await openSmallHub();
});

afterAll(async () => {
  expect((await verifyAuditChain(opened.hub.sql)).problems).toEqual([]);
  await opened.close();
});

const FILTER = { binding: "erp-product", field: "price", code: "range" };

const mapWith = (min: string) =>
  MapDocument.parse({
    ...TRIO_MAP,
    entities: TRIO_MAP.entities.map((entity) => ({
      ...entity,
      fields: entity.fields.map((field) =>
        field.id === "price" ? { ...field, validation: [{ kind: "range", min }] } : field,
      ),
    })),
  });

let least = 0;

/** Products whose price is held, and would pass by the map that is published then. */
async function held(count: number): Promise<void> {
  least -= 10;
  const price = String(least);
  await opened.small.publish(mapWith(String(least + 1)));
  for (let at = 0; at < count; at += 1) {
    made += 1;
    const row = { sku: `S-${made}`, title: "Rope", price: "9.5", stock: "4" };
    await opened.small.edit("erp", `e${made}`, row);
    await opened.small.settle();
    await opened.small.edit("erp", `e${made}`, { price });
  }
  await opened.small.publish(mapWith(price));
}

async function begun(perSecond: number): Promise<string> {
  const started = await startReplay(opened.small.acts, { filter: FILTER, perSecond });
  if (started.kind !== "started") throw new Error("Nothing is held.");
  return started.run;
}

const viewOf = async (run: string) => (await listReplays(opened.hub.sql, { run, countMax: 1 }))[0];

async function stillHeld(): Promise<number> {
  const [row] = await opened.hub.sql<{ count: number }[]>`
    select count(*)::int as count from quarantine where state = 'held' and code = 'range'`;
  return row?.count ?? 0;
}

test("so many a second and no more, until all were tried", async () => {
  await held(5);
  const run = await begun(2);
  expect(await stepReplay(opened.small.acts, { run })).toBe(true);
  expect(await stepReplay(opened.small.acts, { run })).toBe(false);
  expect(await viewOf(run)).toMatchObject({
    state: "running",
    counts: { total: 5, released: 2, held: 0 },
  });
  for (const left of [1, 0]) {
    opened.small.wait(1_000);
    expect(await stepReplay(opened.small.acts, { run })).toBe(true);
    expect(await stillHeld()).toBe(left);
  }
  expect(await viewOf(run)).toMatchObject({ state: "succeeded", counts: { released: 5 } });
});

test("a crash in the midst of a batch loses none of it", async () => {
  await held(3);
  const run = await begun(3);
  const now = opened.small.acts.clock.now().toISOString();
  const heldMs = LIMITS.replayBatchMsMax;
  expect(await claimReplay(opened.hub.sql, { run, now, heldMs })).toMatchObject({
    run,
    after: null,
  });
  // Whoever took it is gone: nobody else gets it before its time is over.
  opened.small.wait(1_000);
  expect(await stepReplay(opened.small.acts, { run })).toBe(false);
  opened.small.wait(heldMs);
  expect(await stepReplay(opened.small.acts, { run })).toBe(true);
  expect(await stillHeld()).toBe(0);
});

test("stopped, it tries no more; what was tried stays tried", async () => {
  await held(4);
  const run = await begun(1);
  expect(await stepReplay(opened.small.acts, { run })).toBe(true);
  expect(await stopReplay(opened.small.acts, { run })).toEqual({ kind: "stopped" });
  opened.small.wait(5_000);
  expect(await stepReplay(opened.small.acts, { run })).toBe(false);
  expect(await stillHeld()).toBe(3);
  expect(await stopReplay(opened.small.acts, { run })).toEqual({ kind: "over" });
  expect(await viewOf(run)).toMatchObject({ state: "cancelled", counts: { released: 1 } });
});

test("what is held after it began is not tried by it, so that it comes to an end", async () => {
  const run = await begun(100);
  await held(1);
  const before = await stillHeld();
  for (let second = 0; second < 5; second += 1) {
    opened.small.wait(1_000);
    await stepReplay(opened.small.acts, { run });
  }
  expect(await viewOf(run)).toMatchObject({ state: "succeeded" });
  expect(await stillHeld()).toBe(before - 3);
});

test("an engine carries it on by itself", async () => {
  await held(2);
  const run = await begun(200);
  const stop = new AbortController();
  const context = { ...opened.small.acts, clock: systemClock };
  const ended = keepReplays(context, stop.signal);
  await expect.poll(async () => (await viewOf(run))?.state).toBe("succeeded");
  stop.abort();
  await ended;
  expect(await stillHeld()).toBe(0);
});

test("where nothing is held there is nothing to begin", async () => {
  const filter = { ...FILTER, code: "length" };
  expect(await startReplay(opened.small.acts, { filter, perSecond: 5 })).toEqual({
    kind: "nothing",
  });
});
