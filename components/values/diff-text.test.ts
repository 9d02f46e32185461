import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { abridge, type DiffPart, diffText } from "./diff-text.ts";

const marked = (parts: readonly DiffPart[]) =>
  parts.map((part) => (part.changed ? `[${part.text}]` : part.text)).join("");
const plain = (parts: readonly DiffPart[]) => parts.map((part) => part.text).join("");

const SAME = "the very same long value";

describe("diffText", () => {
  test.each([
    ["Rue 12", "Rue 14", "Rue 1[2]", "Rue 1[4]"],
    ["same", "same", "same", "same"],
    ["", "new", "", "[new]"],
    ["gone", "", "[gone]", ""],
    ["+49 30 1234", "+49 (30) 1234", "+49 30 1234", "+49 [(]30[)] 1234"],
    ["Müller GmbH", "Mueller GmbH", "M[ü]ller GmbH", "M[ue]ller GmbH"],
    ["9.99", "10.49", "[9.9]9", "[10.4]9"],
  ])("%s against %s", (before, after, left, right) => {
    const diff = diffText(before, after);
    expect(marked(diff.before)).toBe(left);
    expect(marked(diff.after)).toBe(right);
  });

  test("an emoji is never cut in half", () => {
    expect(marked(diffText("a😀b", "a😁b").before)).toBe("a[😀]b");
  });

  test("joined, the parts of each side are that side; what is unchanged is the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
        const diff = diffText(a, b);
        expect(plain(diff.before)).toBe(a);
        expect(plain(diff.after)).toBe(b);
        const kept = (parts: readonly DiffPart[]) => plain(parts.filter((part) => !part.changed));
        expect(kept(diff.before)).toBe(kept(diff.after));
      }),
    );
  });

  test("long texts are compared in bounded work: all between the ends counts as changed", () => {
    const diff = diffText(`<${"ab".repeat(1_000)}>`, `<${"ba".repeat(1_000)}x>`);
    expect(diff.before.filter((part) => part.changed)).toHaveLength(1);
  });
});

describe("abridge", () => {
  test.each([
    [
      "Licensed Bamboo Shirt XM4",
      "Licensed Bamboo Shirt XM4, blue",
      "… Shirt XM4",
      "… Shirt XM4[, blue]",
    ],
    ["Licensed Bamboo Shirt red", "Licensed Bamboo Shirt tan", "… Shirt [red]", "… Shirt [tan]"],
    ["0123456789012345678901", "012345678901234567890X", "…901234567890[1]", "…901234567890[X]"],
    [
      "😀😀😀😀😀😀😀😀😀😀😀😀😀b",
      "😀😀😀😀😀😀😀😀😀😀😀😀😀c",
      "…😀😀😀😀😀😀[b]",
      "…😀😀😀😀😀😀[c]",
    ],
    ["+49 30 4788802", "+49 30 9640411", "+49 30 [4788802]", "+49 30 [9640411]"],
    ["the very same long value", "the very same long value", SAME, SAME],
  ])("%s against %s", (before, after, left, right) => {
    const short = abridge(diffText(before, after));
    expect(marked(short.before)).toBe(left);
    expect(marked(short.after)).toBe(right);
  });
});
