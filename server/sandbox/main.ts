import { openHub } from "../../db/client.ts";
import { systemClock } from "../platform/clock.ts";
import { requireVariable } from "../platform/env.ts";
import { systemRandom } from "../platform/random.ts";
import { CHANNEL } from "../storage/notify.ts";
import { openPeopleAtWork, type PeopleAtWork } from "./people-at-work.ts";
import { readPeople } from "./sandbox.ts";

/** The people who work in the sandbox, while its switch is on. Idle otherwise. */
const url = requireVariable("DATABASE_URL");
const hub = openHub(url, 2);
const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.on(signal, () => stop.abort());

const STEP_MS = 100;
let editsPerSecond = 0;
const learn = async () => {
  editsPerSecond = (await readPeople({ hub }))?.editsPerSecond ?? 0;
};
await hub.sql.listen(CHANNEL, (payload) => {
  if (payload.includes("systems")) learn().catch(() => undefined);
});
await learn();

let people: PeopleAtWork | null = null;
let owed = 0;
while (!stop.signal.aborted) {
  await systemClock
    .sleep(editsPerSecond === 0 ? 1_000 : STEP_MS, stop.signal)
    .catch(() => undefined);
  if (editsPerSecond === 0 || stop.signal.aborted) continue;
  people ??= openPeopleAtWork(url, systemRandom);
  owed += (editsPerSecond * STEP_MS) / 1_000;
  const now = Math.floor(owed);
  owed -= now;
  // A database that is down is no reason to end: people wait too.
  await people.edit(now).catch(() => undefined);
}
await people?.close();
await hub.close();
