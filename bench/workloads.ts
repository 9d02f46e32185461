import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "../db/client.ts";
import { type Sides, startSides } from "./clusters.ts";
import { quantile } from "./measure.ts";
import { publishTable, setSubscription, subscribe, subscribeBack, unsubscribe } from "./native.ts";
import { isIdle, makeHub, type Ours } from "./ours.ts";
import { fillTable, fingerprint, PRODUCT_MAP, sample } from "./product-table.ts";

export type Size = { readonly rows: number; readonly edits: number; readonly seconds: number };

/** One run's figure: seconds, or milliseconds of latency. */
export type Figure = {
  readonly workload: "W1" | "W2" | "W3" | "W5 p50" | "W5 p99";
  readonly system: "ours" | "native";
  readonly value: number;
  readonly unit: "s" | "ms";
  /** What was moved, for a rate; 0 for a latency. */
  readonly changes: number;
};

const RESULT_MS_MAX = 900_000;

/** All workloads on ours, on fresh servers. The data of both sides are compared after each. */
export async function runOurs(size: Size): Promise<Figure[]> {
  const sides = await startSides();
  await fillTable(sides.a.sql, size.rows);
  const ours = await makeHub({ a: sides.a.url, b: sides.b.url }, PRODUCT_MAP);
  try {
    const w1 = await timed(async () => {
      ours.startEngine();
      await untilEqual(sides);
    });
    await untilIdle(ours);
    // As native's subscription is disabled and enabled: the processes stay, the reading stops.
    await ours.setReading("a", false);
    await backlog(sides.a.sql, size);
    const w2 = await timed(async () => {
      await ours.setReading("a", true);
      await untilEqual(sides);
    });
    await untilIdle(ours);
    const w3 = await timed(async () => {
      await editBoth(sides, size);
      await untilEqual(sides);
    });
    await untilIdle(ours);
    const latencies = await paced(sides, size.seconds);
    await untilEqual(sides);
    return figures("ours", size, { w1, w2, w3, latencies });
  } finally {
    await ours.stop();
    await sides.stop();
  }
}

/** The same on PostgreSQL's own logical replication. */
export async function runNative(size: Size): Promise<Figure[]> {
  const sides = await startSides();
  await fillTable(sides.a.sql, size.rows);
  try {
    await publishTable(sides);
    const w1 = await timed(async () => {
      await subscribe(sides, true);
      await untilEqual(sides);
    });
    await setSubscription(sides, false);
    await backlog(sides.a.sql, size);
    const w2 = await timed(async () => {
      await setSubscription(sides, true);
      await untilEqual(sides);
    });
    await subscribeBack(sides);
    const w3 = await timed(async () => {
      await editBoth(sides, size);
      await untilEqual(sides);
    });
    const latencies = await paced(sides, size.seconds);
    await untilEqual(sides);
    await unsubscribe(sides);
    return figures("native", size, { w1, w2, w3, latencies });
  } finally {
    await sides.stop();
  }
}

type Measured = { w1: number; w2: number; w3: number; latencies: number[] };

function figures(system: Figure["system"], size: Size, measured: Measured): Figure[] {
  const { w1, w2, w3, latencies } = measured;
  const seconds = (workload: "W1" | "W2" | "W3", value: number, changes: number): Figure => ({
    workload,
    system,
    value,
    unit: "s",
    changes,
  });
  const ms = (workload: "W5 p50" | "W5 p99", share: number): Figure => ({
    workload,
    system,
    value: quantile(latencies, share),
    unit: "ms",
    changes: 0,
  });
  return [
    seconds("W1", w1, size.rows),
    seconds("W2", w2, size.edits),
    seconds("W3", w3, size.edits),
    ms("W5 p50", 0.5),
    ms("W5 p99", 0.99),
  ];
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

/** Single-row, single-field commits by eight clients, each row once. */
async function backlog(sql: Sql, { edits }: Size): Promise<void> {
  await inParallel(8, async (client) => {
    for (let id = client + 1; id <= edits; id += 8) {
      await sql`update product set stock = stock + 1000 where id = ${id}`;
    }
  });
}

/** Disjoint edits on both sides at once, half of them each, four clients a side. */
async function editBoth({ a, b }: Sides, { edits }: Size): Promise<void> {
  const half = edits / 2;
  const side = (sql: Sql, from: number) =>
    inParallel(4, async (client) => {
      for (let id = from + client + 1; id <= from + half; id += 4) {
        await sql`update product set price = price + 1 where id = ${id}`;
      }
    });
  await Promise.all([side(a.sql, 0), side(b.sql, half)]);
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => work(index)));
}

const PER_SECOND = 200;

/** 200 commits a second on A; for each, the milliseconds until B shows it. */
async function paced(sides: Sides, seconds: number): Promise<number[]> {
  const latencies: number[] = [];
  const waiting = new Map<string, number>();
  const total = seconds * PER_SECOND;
  let done = false;
  const watching = (async () => {
    while (!done || waiting.size > 0) {
      // The newest marks only: a poll costs the same however many there were.
      const rows = await sides.b.sql<{ status: string }[]>`
        select status from product where id <= ${total} and status like 'm%'
          and status = any(${[...waiting.keys()]})`;
      const now = performance.now();
      for (const { status } of rows) {
        const since = waiting.get(status);
        if (since !== undefined) latencies.push(now - since);
        waiting.delete(status);
      }
      await pause(1);
    }
  })();
  const started = performance.now();
  for (let index = 0; index < total; index += 1) {
    const due = started + (index * 1_000) / PER_SECOND;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    const mark = `m${index}`;
    await sides.a.sql`update product set status = ${mark} where id = ${index + 1}`;
    waiting.set(mark, performance.now());
  }
  done = true;
  await watching;
  return latencies;
}

/**
 * Looks at a few rows first: comparing whole tables again and again would take from both what is
 * measured.
 */
async function untilEqual({ a, b }: Sides): Promise<void> {
  const deadline = performance.now() + RESULT_MS_MAX;
  for (;;) {
    const [some, same] = await Promise.all([sample(a.sql), sample(b.sql)]);
    if (some === same) {
      const [left, right] = await Promise.all([fingerprint(a.sql), fingerprint(b.sql)]);
      if (left === right) return;
    }
    if (performance.now() > deadline) throw new Error("The sides did not come to agree in time.");
    await pause(20);
  }
}

async function untilIdle(ours: Ours): Promise<void> {
  const deadline = performance.now() + RESULT_MS_MAX;
  while (!(await isIdle(ours))) {
    if (performance.now() > deadline) throw new Error("The hub did not come to rest in time.");
    await pause(50);
  }
}
