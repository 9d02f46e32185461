import { expect, test } from "vitest";
import { fuseSentence, fusesOf, noteWithReason } from "./fuses.ts";
import type { SystemImpact } from "./impact.ts";
import { estimateOf, evaluatedSentence, intervalOf, rangeOf } from "./interval.ts";
import { standInKey } from "./stand-in-key.ts";

const shop: SystemImpact = {
  ...{ system: "shop", created: 0, changed: 0, unchanged: 100, blocked: 0, deleted: 0 },
  ...{ rows: 100, reads: 0, calls: 0, keys: 0 },
};
const ALL = { records: 100, of: 100 };
const kinds = (of: Partial<SystemImpact>, looked = ALL) =>
  fusesOf([{ ...shop, ...of }], looked).map(({ kind }) => kind);

test("deletes, match keys, and more than one row in twenty blow a fuse", () => {
  expect(kinds({})).toEqual([]);
  expect(kinds({ deleted: 1 })).toEqual(["deletes"]);
  expect(kinds({ changed: 1, keys: 1 })).toEqual(["keys"]);
  expect(kinds({ changed: 10 })).toEqual([]);
  expect(kinds({ changed: 11 })).toEqual(["share"]);
  expect(kinds({ rows: 1_000, changed: 50 })).toEqual([]);
  expect(kinds({ rows: 1_000, changed: 30, created: 21 })).toEqual(["share"]);
  expect(kinds({ rows: 0, created: 11 })).toEqual(["share"]);
  expect(kinds({ blocked: 90 })).toEqual([]);
});

test("a fuse of a sample is reckoned for the whole, and says so", () => {
  const tenth = { records: 100, of: 1_000 };
  expect(kinds({ changed: 6 }, ALL)).toEqual([]);
  expect(kinds({ changed: 6 }, tenth)).toEqual(["share"]);
  const [fuse] = fusesOf([{ ...shop, deleted: 2 }], tenth);
  expect(fuse).toEqual({ kind: "deletes", system: "shop", count: 20, of: 1_000, isAbout: true });
  if (fuse === undefined) throw new Error("Deletes blow a fuse.");
  expect(fuseSentence(fuse, "Shop")).toBe("About 20 rows of Shop are deleted.");
});

test("a fuse is a sentence with its number", () => {
  const fuse = { system: "shop", count: 1, of: 1_200 };
  expect(fuseSentence({ ...fuse, kind: "deletes" }, "Shop")).toBe("1 row of Shop is deleted.");
  expect(fuseSentence({ ...fuse, kind: "keys", count: 2 }, "Shop")).toBe(
    "2 rows of Shop change in a match key.",
  );
  expect(fuseSentence({ ...fuse, kind: "share", count: 1_100 }, "Shop")).toBe(
    "1,100 rows of Shop are written, which has 1,200.",
  );
});

test("the reason goes into the note", () => {
  expect(noteWithReason("", "Agreed.")).toBe("Published although asked: Agreed.");
  expect(noteWithReason("Prices", "Agreed.")).toBe("Prices\n\nPublished although asked: Agreed.");
});

test("Wilson's interval, as tables have it", () => {
  expect(intervalOf(10, 100, 1_000)).toEqual({ low: 55, high: 175 });
  expect(intervalOf(0, 100, 1_000)).toEqual({ low: 0, high: 37 });
  expect(intervalOf(100, 100, 1_000)).toEqual({ low: 963, high: 1_000 });
  expect(intervalOf(7, 100, 100)).toEqual({ low: 7, high: 7 });
  expect(intervalOf(0, 0, 10)).toEqual({ low: 0, high: 10 });
});

test("a count of a sample is a range in the whole, and a count of all is itself", () => {
  expect(rangeOf(ALL, 10, 100)).toEqual({ low: 10, high: 10 });
  const tenth = { records: 100, of: 1_000 };
  expect(rangeOf(tenth, 10, 100)).toEqual({ low: 55, high: 175 });
  // Two systems have different numbers of rows, of which the same share is looked at.
  expect(rangeOf(tenth, 0, 50)).toEqual({ low: 0, high: 36 });
  // More questions than records are possible.
  expect(rangeOf(tenth, 120, 100).high).toBe(1_200);
  expect(estimateOf(tenth, 7)).toBe(70);
});

test("it says in words how far one may rely on it", () => {
  const all = { records: 12_000, of: 12_000, unread: [], doubts: [] };
  expect(evaluatedSentence(all)).toBe("Exact: every record was looked at.");
  expect(evaluatedSentence({ ...all, records: 1_000 })).toContain("1,000 of 12,000 records");
  const unread = [{ system: "shop", object: "items", why: "Nobody answers." }];
  expect(evaluatedSentence({ ...all, unread })).not.toContain("Exact");
});

test("a row that is only planned is named as its system would, and by what it is sent", () => {
  const column = { nullable: false, hasDefault: true, readOnly: false };
  const schema = {
    ...{ name: "t", kind: "table" as const, uniques: [], references: [] },
    columns: [
      { ...column, name: "id", type: "integer" as const, nativeType: "bigint" },
      { ...column, name: "uid", type: "text" as const, nativeType: "uuid" },
      { ...column, name: "code", type: "text" as const, nativeType: "text" },
    ],
  };
  const of = { place: 4, id: "0199" };
  expect(standInKey({ ...schema, key: ["id"] }, {}, of)).toBe("-5");
  expect(standInKey({ ...schema, key: ["uid"] }, {}, of)).toBe("0199");
  expect(standInKey({ ...schema, key: ["code", "id"] }, { code: "X" }, of)).toBe('["X","-5"]');
});
