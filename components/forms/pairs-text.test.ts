import fc from "fast-check";
import { expect, test } from "vitest";
import { cellText, readCell } from "./cell-text.ts";
import { readPairs, writePairs } from "./pairs-text.ts";

test.each([
  [
    "DE\tGermany\r\nFR\tFrance\n",
    [
      ["DE", "Germany"],
      ["FR", "France"],
    ],
  ],
  [
    "1;new\n2;in use",
    [
      ["1", "new"],
      ["2", "in use"],
    ],
  ],
  ['DE,"Germany, the Federal Republic"', [["DE", "Germany, the Federal Republic"]]],
  ['"say ""hi""";x', [['say "hi"', "x"]]],
  [
    '"one\ntwo"\tx\r\ny\t"a\tb"',
    [
      ["one\ntwo", "x"],
      ["y", "a\tb"],
    ],
  ],
  ['say "hi"\tx', [['say "hi"', "x"]]],
  ["one", [["one", ""]]],
  ["a\tb\tc", [["a", "b"]]],
  ["\n\n", []],
])("%j is read as pairs", (text, pairs) => {
  expect(readPairs(text)).toEqual(pairs);
});

test("pairs are written so that they read the same", () => {
  const cell = fc.stringMatching(/^[a-z0-9"';,]([a-z0-9"';, ]*[a-z0-9"';,])?$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell)), (pairs) => {
      expect(readPairs(writePairs(pairs))).toEqual(pairs);
    }),
  );
});

test("a cell reads as what it was, whatever it spells", () => {
  const cell = fc.oneof(
    fc.constantFrom(null, true, false, "null", "true", "false", '"null"', '"', '""'),
    fc.string(),
  );
  fc.assert(
    fc.property(cell, (value) => {
      expect(readCell(cellText(value))).toBe(value);
    }),
  );
});
