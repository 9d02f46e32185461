import { expect, test } from "vitest";
import type { Impact } from "../../server/core/impact/impact.ts";
import { isWithoutEffect, newsWords, seenOf, whyNotYet } from "./impact-words.ts";
import type { PreviewState } from "./use-preview.ts";

const QUIET: Impact = {
  evaluated: { records: 2, of: 2, unread: [], doubts: [] },
  hub: { created: 0, changed: 0, deleted: 0 },
  systems: [
    {
      ...{ system: "erp", created: 0, changed: 0, unchanged: 2, blocked: 0, deleted: 0 },
      ...{ rows: 2, reads: 0, calls: 0, keys: 0 },
    },
  ],
  conflicts: { appear: 0, vanish: 0 },
  quarantine: { appear: 0, vanish: 0 },
  rows: [],
  rowsLeftOut: 0,
  fuses: [],
};
const DELETES = { kind: "deletes", system: "erp", count: 1, of: 2 } as const;
const done = (impact: Impact): PreviewState => ({
  ...{ kind: "done", id: "p1", impact, map: { systems: [], entities: [] } },
});

test("whoever stops it, or blows a fuse, says why; nobody publishes while it runs", () => {
  expect(whyNotYet({ kind: "running", note: null }, "In a hurry")).toContain("worked out");
  expect(whyNotYet({ kind: "stopped" }, " ")).toContain("say why");
  expect(whyNotYet({ kind: "stopped" }, "In a hurry")).toBeUndefined();
  expect(whyNotYet(done(QUIET), "")).toBeUndefined();
  expect(whyNotYet(done({ ...QUIET, fuses: [DELETES] }), "")).toBe("Say why this is right");
  expect(whyNotYet(done({ ...QUIET, fuses: [DELETES] }), "They are old")).toBeUndefined();
});

test("the server hears of a preview only where there is one", () => {
  expect(seenOf(done(QUIET), "")).toEqual({ preview: "p1", reason: "" });
  expect(seenOf({ kind: "failed", message: "No." }, "Sure")).toEqual({
    ...{ preview: null, reason: "Sure" },
  });
});

test("a blocked row is an effect, an unchanged one is none", () => {
  expect(isWithoutEffect(QUIET)).toBe(true);
  const [erp] = QUIET.systems;
  if (erp === undefined) throw new Error("There is one.");
  expect(isWithoutEffect({ ...QUIET, systems: [{ ...erp, blocked: 1 }] })).toBe(false);
});

test("news of questions in words", () => {
  expect(newsWords({ appear: 0, vanish: 0 }, ["question", "questions"])).toBeNull();
  expect(newsWords({ appear: 1, vanish: 0 }, ["question", "questions"])).toBe("1 more question");
  expect(newsWords({ appear: 2, vanish: 1 }, ["question", "questions"])).toBe(
    "2 more questions, 1 fewer",
  );
  expect(newsWords({ appear: 0, vanish: 3 }, ["question", "questions"])).toBe("3 questions fewer");
  expect(newsWords({ appear: 1, vanish: 0 }, ["question", "questions"], () => "1–7")).toBe(
    "1–7 more questions",
  );
});
