import { availableParallelism, loadavg } from "node:os";
import postgres from "postgres";
import { openHub, type Sql } from "../db/client.ts";
import { migrateHub } from "../db/migrate.ts";
import { LIMITS } from "../server/core/limits.ts";
import { previewImpact } from "../server/engine/preview/preview.ts";
import { systemClock } from "../server/platform/clock.ts";
import { createIdSource } from "../server/platform/ids.ts";
import { createLog } from "../server/platform/log.ts";
import { systemRandom } from "../server/platform/random.ts";
import { startServer } from "./clusters.ts";
import { CHANGED, FIELDS, fillHub, mapOf } from "./preview-hub.ts";

type Say = (line: string) => void;

const RECORDS = 100_000;
/** As many as a quick look decides, so that the two can be compared; all would take long. */
const EXACT_RECORDS = LIMITS.previewQuickRecords;
/** The product's promise. */
const SECONDS_MAX = 20;
/** Whoever cancels is not kept. */
const CANCEL_MS_MAX = 1_000;

/**
 * `npm run bench -- --preview`: a quick look at what a change of one step would do to 100,000
 * records of 20 fields in two systems, of which every one changes, beside what one statement of
 * PostgreSQL takes that counts the same; how soon a preview ends that is cancelled; and how many
 * records a second are decided where all are.
 * @returns whether the bars are met
 */
export async function benchPreview(say: Say): Promise<boolean> {
  say(`Load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
  const isQuick = await onHub(RECORDS, async (url, sql) => {
    say(`A quick look at ${RECORDS} records × ${FIELDS} fields in two systems`);
    const statement = await timed(() => countInOneStatement(sql));
    const { seconds, looked } = await preview(url, LIMITS.previewQuickRecords, say);
    const cancelMs = await cancelled(url);
    say(`  ${looked} looked at in ${seconds.toFixed(1)} s (bar: ${SECONDS_MAX} s)`);
    say(`  one statement that counts the same, of all: ${statement.toFixed(1)} s`);
    say(`  cancelled in ${cancelMs.toFixed(0)} ms (bar: ${CANCEL_MS_MAX} ms)`);
    return seconds <= SECONDS_MAX && cancelMs <= CANCEL_MS_MAX;
  });
  await onHub(EXACT_RECORDS, async (url) => {
    say(`Everything of ${EXACT_RECORDS} records × ${FIELDS} fields`);
    const { seconds, looked } = await preview(url, LIMITS.previewRecordsMax, say);
    say(`  ${seconds.toFixed(1)} s, ${Math.round(looked / seconds)} records a second`);
  });
  return isQuick;
}

async function onHub<T>(records: number, work: (url: string, sql: Sql) => Promise<T>): Promise<T> {
  const server = await startServer();
  try {
    await migrateHub(server.url);
    const sql = postgres(server.url, { max: 2, onnotice: () => undefined }) as unknown as Sql;
    try {
      await fillHub(sql, records);
      return await work(server.url, sql);
    } finally {
      await sql.end({ timeout: 2 });
    }
  } finally {
    await server.stop();
  }
}

/** @returns seconds */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

async function countInOneStatement(sql: Sql): Promise<void> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from links a join links b on b.record = a.record
    where a.system = 'a' and b.system = 'b'
      and upper(a.columns ->> 'field_1') <> b.columns ->> 'field_1'`;
  if (row?.count !== RECORDS) throw new Error(`${row?.count} rows differ; all were expected.`);
}

async function preview(url: string, recordsMax: number, say: Say) {
  const hub = openHub(url, 2);
  const began = performance.now();
  const stages = new Map<string, number>();
  const progress = ({ stage }: { stage: string }) => {
    if (!stages.has(stage)) stages.set(stage, performance.now() - began);
  };
  const { signal } = new AbortController();
  const document = mapOf(CHANGED);
  const how = { document, recordsMax, signal, progress };
  const { evaluated, systems } = await previewImpact(contextOf(hub), how);
  const seconds = (performance.now() - began) / 1_000;
  await hub.close();
  const looked = evaluated.records;
  const changed = systems.find(({ system }) => system === "b")?.changed;
  if (changed !== looked) throw new Error(`${changed} rows change; ${looked} were expected.`);
  for (const [stage, ms] of stages) say(`  ${stage} from ${(ms / 1_000).toFixed(1)} s on`);
  return { seconds, looked };
}

async function cancelled(url: string): Promise<number> {
  const hub = openHub(url, 2);
  const ending = new AbortController();
  let asked = 0;
  const progress = ({ stage, done }: { stage: string; done: number }) => {
    if (stage !== "deciding" || done === 0 || asked > 0) return;
    asked = performance.now();
    ending.abort();
  };
  const how = { document: mapOf(CHANGED), signal: ending.signal, progress };
  const recordsMax = LIMITS.previewQuickRecords;
  await previewImpact(contextOf(hub), { ...how, recordsMax }).catch(() => undefined);
  const ms = performance.now() - asked;
  await hub.close();
  return ms;
}

function contextOf(hub: ReturnType<typeof openHub>) {
  const log = createLog({ clock: systemClock, level: "error", format: "text" });
  const ids = createIdSource(systemClock, systemRandom);
  const openSession = () => Promise.reject(new Error("The hub knows all of it."));
  return { hub, log, ids, clock: systemClock, random: systemRandom, openSession };
}
