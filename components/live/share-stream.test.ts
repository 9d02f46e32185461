import { expect, test } from "vitest";
import { type LiveStatus, type StreamEars, shareStream } from "./share-stream.ts";
import type { Telling } from "./telling.ts";

/** Web Locks as one process sees them: exclusive, first come, first served. */
function createLocks(): LockManager {
  let last = Promise.resolve();
  const request = (_name: string, options: { signal: AbortSignal }, work: () => Promise<void>) => {
    const turn = last.then(() => (options.signal.aborted ? undefined : work()));
    last = turn.catch(() => undefined);
    return turn;
  };
  return { request } as unknown as LockManager;
}

function createTab(name: string, locks: LockManager | undefined) {
  const told: Telling[] = [];
  const states: LiveStatus[] = [];
  let source: StreamEars | null = null;
  const leave = shareStream({
    name,
    locks,
    ears: { telling: (telling) => told.push(telling), status: (status) => states.push(status) },
    open: (ears) => {
      source = ears;
      ears.status("live");
      return () => {
        source = null;
      };
    },
  });
  return { told, states, leave, source: () => source };
}

const news: Telling = { kind: "topics", topics: ["conflicts"] };

test("tabs share one stream, and another tab takes over when the reader closes", async () => {
  const locks = createLocks();
  const [first, second] = [createTab("share", locks), createTab("share", locks)];
  await expect.poll(() => first.source() !== null).toBe(true);
  await expect.poll(() => second.states).toContain("live");
  expect(second.source()).toBeNull();

  first.source()?.telling(news);
  await expect.poll(() => second.told).toEqual([{ kind: "everything" }, news]);

  first.leave();
  await expect.poll(() => second.source() !== null).toBe(true);
  expect(first.source()).toBeNull();
  second.leave();
});

test("without locks each tab reads its own stream", () => {
  const tab = createTab("alone", undefined);
  expect(tab.source()).not.toBeNull();
  tab.source()?.telling(news);
  expect(tab.told).toEqual([news]);
  tab.leave();
  expect(tab.source()).toBeNull();
});
