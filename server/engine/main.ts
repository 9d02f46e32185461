import { totalmem } from "node:os";
import { BY_KEY, openHub } from "../../db/client.ts";
import { systemClock } from "../platform/clock.ts";
import { readEnvironment, requireVariable } from "../platform/env.ts";
import { createIdSource } from "../platform/ids.ts";
import { createLog } from "../platform/log.ts";
import { systemRandom } from "../platform/random.ts";
import { createSecretBox } from "../platform/secrets.ts";
import { RecordCache, recordsThatFit } from "../storage/record-cache.ts";
import type { EngineContext } from "./context.ts";
import { startEngine } from "./engine.ts";
import { createMapCache } from "./map-cache.ts";
import { OwnCalls } from "./own-calls.ts";
import { keepReplays } from "./replays.ts";
import { sessionOpener } from "./sessions.ts";

/** How long a stopping engine may take before it is ended: whoever takes over looks first. */
const STOP_MS_MAX = 8_000;

const environment = readEnvironment();
const secret = requireVariable("FIELDLINE_SECRET", environment);
const log = createLog({
  clock: systemClock,
  level: environment.FIELDLINE_LOG_LEVEL,
  format: environment.FIELDLINE_LOG_FORMAT,
  secrets: [secret],
});
const hub = openHub(requireVariable("DATABASE_URL", environment), 16, BY_KEY);
const ids = createIdSource(systemClock, systemRandom);
const name = environment.FIELDLINE_ENGINE_NAME ?? "engine";
// Its own for each process: an engine that was killed and started again under the same one would
// keep its predecessor's leases alive, and do nothing with them.
const id = `${name}.${ids.next().slice(-6)}`;
const context: EngineContext = {
  id,
  sql: hub.sql,
  clock: systemClock,
  ids,
  random: systemRandom,
  log: log.with({ engine: id }),
  records: new RecordCache(recordsThatFit(totalmem())),
  calls: new OwnCalls(),
  openSession: sessionOpener(hub.sql, createSecretBox(secret)),
  step: () => Promise.resolve(),
};

const engine = await startEngine(context, createMapCache(context));
const ending = new AbortController();
const replays = keepReplays({ hub, clock: systemClock, ids }, ending.signal).catch((error) => {
  log.error("Replays cannot go on.", { error: String(error) });
  void stop(1);
});
context.log.info("The engine works.");

let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(code), STOP_MS_MAX).unref();
  ending.abort();
  await replays;
  await engine.stop().catch((error) => log.error("Stopping failed.", { error: String(error) }));
  await hub.close();
  process.exit(code);
}

process.on("SIGTERM", () => void stop(0));
process.on("SIGINT", () => void stop(0));
// The supervisor is gone: whoever it was, nobody would stop us later.
process.on("disconnect", () => void stop(0));
engine.failed.catch(() => stop(1));
