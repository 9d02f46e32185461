import { expect, test } from "vitest";
import { systemClock } from "./clock.ts";

test("the monotonic clock has moved on after a sleep", async () => {
  const before = systemClock.monotonicMs();
  await systemClock.sleep(5);
  expect(systemClock.monotonicMs()).toBeGreaterThan(before);
});

test("an aborted sleep ends at once with an AbortError", async () => {
  const abort = new AbortController();
  const sleep = systemClock.sleep(60_000, abort.signal);
  abort.abort();
  await expect(sleep).rejects.toMatchObject({ name: "AbortError" });
});
