import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/caller.ts";
import type { Telling } from "./news.ts";

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const say = (topics: readonly string[]) =>
  api.database.sql`select pg_notify('fieldline', ${JSON.stringify({ topics })})`;

/** Reads tellings until one passes `found`. */
async function readUntil(
  stream: AsyncIterable<Telling>,
  found: (telling: Telling) => boolean,
): Promise<Telling[]> {
  const seen: Telling[] = [];
  for await (const telling of stream) {
    seen.push(telling);
    if (found(telling)) break;
  }
  return seen;
}

const tells = (topic: string) => (telling: Telling) =>
  telling.kind === "topics" && telling.topics.some((one) => one === topic);

test("a NOTIFY reaches every subscriber, and a stream begins with everything", async () => {
  const first = (await api.as("viewer").live.changes())[Symbol.asyncIterator]();
  const second = (await api.as("viewer").live.changes())[Symbol.asyncIterator]();
  for (const stream of [first, second]) {
    expect((await stream.next()).value).toEqual({ kind: "everything" });
  }
  await say(["conflicts", "records"]);
  for (const stream of [first, second]) {
    const rest = { [Symbol.asyncIterator]: () => stream };
    const seen = await readUntil(rest, tells("conflicts"));
    expect(seen.at(-1)).toEqual({ kind: "topics", topics: ["records", "conflicts"] });
  }
});

test("many commits are told at once", async () => {
  const stream = await api.as("viewer").live.changes();
  let count = 0;
  for await (const telling of stream) {
    count += 1;
    if (telling.kind === "everything") {
      for (let round = 0; round < 200; round += 1) await say(["records"]);
      await say(["runs"]);
    }
    if (tells("runs")(telling)) break;
  }
  expect(count).toBeLessThan(20);
});

test("after the listening connection was lost, anything may have changed", async () => {
  const stream = (await api.as("viewer").live.changes())[Symbol.asyncIterator]();
  await stream.next();
  const cut = await api.database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`;
  expect(cut.length).toBe(1);
  const rest = { [Symbol.asyncIterator]: () => stream };
  const [told] = await readUntil(rest, ({ kind }) => kind === "everything");
  expect(told).toEqual({ kind: "everything" });
  await say(["maps"]);
  await readUntil({ [Symbol.asyncIterator]: () => stream }, tells("maps"));
});

test("a stream ends when the browser goes or the server stops", async () => {
  const gone = new AbortController();
  const left = api.services.news.follow(gone.signal);
  await left.next();
  gone.abort();
  expect((await left.next()).done).toBe(true);

  const stays = api.services.news.follow(new AbortController().signal);
  await stays.next();
  await api.services.news.close();
  expect((await stays.next()).done).toBe(true);
});

test("nobody listens without signing in", async () => {
  await expect(api.as(null).live.changes()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});
