import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LAW_RUNS } from "../values/testing/value-arbitraries.ts";
import { compilePattern } from "./pattern.ts";

function matches(source: string, text: string): boolean {
  const pattern = compilePattern(source);
  if (!pattern.ok) throw new Error(pattern.message);
  return pattern.test(text);
}

/** Goal: ours and the built-in engine agree, on texts that match and on others. */
const PATTERNS = [
  "[A-Z]{3}-\\d{4}",
  "[^@\\s]+@[^@\\s]+\\.[^@\\s]+",
  "(?:[a-z0-9]+\\.)+[a-z]{2,}",
  "^a|b$",
  "a{2,3}b?",
  "(a|aa)*b*?",
  "(?<word>\\w+)( \\w+){0,2}",
  "\\p{Lu}\\p{Ll}*",
  ".\\u{1F600}?[\\u00e0-\\u00ff]*",
  "\\ba+\\b.?",
  "a\\Ba",
  "(a*)*",
  "(^a)|(b$)|",
  "[\\]\\\\a-c]+",
  "\\ud83d\\ude00",
  "x*",
  "",
];

describe("compilePattern", () => {
  test.each(PATTERNS)("%s means what the built-in engine says", (source) => {
    const builtIn = new RegExp(`^(?:${source})$`, "u");
    const letters = fc.constantFrom(..."aAb1.-@ \\]é😀", "aa", "ABC-1234", "\n");
    const texts = fc.array(letters, { maxLength: 8 }).map((parts) => parts.join(""));
    // The generator of matching texts knows neither edges of words nor the empty pattern.
    const isKnown = source !== "" && !/\\b/i.test(source);
    fc.assert(
      fc.property(isKnown ? fc.oneof(texts, fc.stringMatching(builtIn)) : texts, (text) => {
        expect(matches(source, text)).toBe(builtIn.test(text));
      }),
      { numRuns: LAW_RUNS / 2 },
    );
  });

  test("takes the whole value", () => {
    expect(matches("\\d{2}", "12")).toBe(true);
    expect(matches("\\d{2}", "x12")).toBe(false);
    expect(matches("\\d{2}", "12\n")).toBe(false);
  });

  test("answers at once where the built-in engine would not for years", () => {
    expect(matches("(a+)+b", "a".repeat(5_000))).toBe(false);
    expect(matches("(a|aa)+$", `${"a".repeat(5_000)}!`)).toBe(false);
  });

  test.each([
    ["(", "This pattern cannot be used: Unterminated group."],
    ["[b-a]", "This pattern cannot be used: Range out of order in character class."],
    ["(a)\\1", "This pattern cannot be used: it refers back (\\1)."],
    ["(?=a)b", "This pattern cannot be used: it looks around or switches a mode ((?=…)."],
    ["(?<!a)b", "This pattern cannot be used: it looks around or switches a mode ((?<!…)."],
    ["(a{1,999}){1,999}", "This pattern cannot be used: it repeats too much."],
    ["((){999}){999}", "This pattern cannot be used: it repeats too much."],
    ["a)|(b", "This pattern cannot be used: Unmatched ')'."],
  ])("refuses %s", (source, message) => {
    expect(compilePattern(source)).toEqual({ ok: false, message });
  });
});
