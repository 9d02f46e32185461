import { expect, test } from "vitest";
import { bytesWords, type SystemFacts, spanWords, systemState } from "./system-state.ts";

const well: SystemFacts = {
  readingPaused: false,
  writingPaused: false,
  failure: null,
  comparing: null,
  readAt: "2026-03-01T12:00:00Z",
  lagSeconds: 0,
  lagBytes: 0,
  lastChangeAt: null,
};
const failure = { kind: "unreachable", detail: "…", since: "2026-03-01T11:00:00Z" };

test.each<[Partial<SystemFacts> | null, string, string]>([
  [null, "waiting", "Not connected"],
  [{}, "ok", "Reachable"],
  [{ failure, readingPaused: true }, "failed", "Unreachable"],
  [{ readingPaused: true, writingPaused: true }, "paused", "Stopped"],
  [{ readingPaused: true }, "paused", "Reading stopped"],
  [{ writingPaused: true }, "paused", "Writing stopped"],
  [{ readAt: null }, "waiting", "Not read yet"],
  [{ lagSeconds: 61 }, "warning", "1 min behind"],
  [
    { comparing: { detail: "…", since: failure.since }, lagSeconds: 61 },
    "running",
    "Being compared",
  ],
  [{ lagSeconds: null }, "ok", "Reachable"],
])("%j is shown as %s: %s", (news, lamp, words) => {
  expect(systemState(news === null ? null : { ...well, ...news })).toEqual({ lamp, words });
});

test("spans and sizes read in the largest unit that says enough", () => {
  expect([spanWords(42.4), spanWords(7_300), spanWords(90_000)]).toEqual(["42 s", "2 h", "1 d"]);
  expect([bytesWords(999), bytesWords(1_536), bytesWords(52e9)]).toEqual([
    "999 B",
    "1.5 kB",
    "52 GB",
  ]);
});
