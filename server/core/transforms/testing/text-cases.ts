import fc from "fast-check";
import { type LawCase, madeOf, one, text, two } from "./law-case.ts";

const plainText = fc
  .array(fc.constantFrom("a", "A", "é", " ", "-", "o'"), { maxLength: 6 })
  .map((parts) => parts.join(""));
const odd = madeOf("a", "\u00a0", "\u00ad", "\r\n", "\r", "\n", "\u0007", "“", "…", "\ufeff", "\t");
const slashed = madeOf("a", "/", "-", "St.", "Street", " ");
const slashes = [
  { find: "/", with: "-" },
  { find: "St.", with: "Street" },
];
const codes = madeOf("DE-", "-", "0", "1", "00", "x", "é");

export const TEXT_CASES: readonly LawCase[] = [
  { id: "trim", settings: {}, columns: two(text) },
  { id: "trim", settings: { inner: true }, columns: one(text) },
  { id: "case", settings: { field: "upper" }, columns: one(text) },
  { id: "case", settings: { field: "lower" }, columns: one(text) },
  { id: "case", settings: { field: "title" }, columns: one(text) },
  { id: "case", settings: { field: "title", column: "upper" }, columns: one(plainText) },
  { id: "clean-text", settings: {}, columns: two(odd) },
  { id: "clean-text", settings: { lines: "space", straight: true }, columns: one(odd) },
  { id: "replace-text", settings: { pairs: slashes }, columns: one(slashed), mayRefuse: true },
  {
    id: "replace-text",
    settings: { pairs: slashes, opposite: true },
    columns: two(slashed),
    mayRefuse: true,
  },
  {
    id: "replace-text",
    settings: {
      pairs: [
        { find: "ab", with: "" },
        { find: "É", with: "ba" },
      ],
      ignoreCase: true,
    },
    columns: one(madeOf("a", "b", "AB", "é", "E\u0301")),
    mayRefuse: true,
  },
  { id: "affix", settings: { operation: "remove", prefix: "DE-" }, columns: two(codes) },
  { id: "affix", settings: { operation: "remove", suffix: "-" }, columns: one(codes) },
  {
    id: "affix",
    settings: { operation: "remove", prefix: "DE-", suffix: "-", missing: "keep" },
    columns: one(codes),
  },
  { id: "affix", settings: { operation: "add", prefix: "DE-", suffix: "1" }, columns: one(codes) },
  {
    id: "pad-text",
    settings: { operation: "remove", length: 6 },
    columns: two(codes),
    mayRefuse: true,
  },
  {
    id: "pad-text",
    settings: { operation: "remove", length: 4, side: "end", character: "-" },
    columns: one(codes),
    mayRefuse: true,
  },
  { id: "pad-text", settings: { operation: "fill", length: 6 }, columns: one(codes) },
  { id: "part-of-text", settings: { length: 3 }, columns: two(text), mayRefuse: true },
  { id: "part-of-text", settings: { start: 3 }, columns: one(codes), mayRefuse: true },
  { id: "part-of-text", settings: { start: 2, length: 2 }, columns: one(text), mayRefuse: true },
  { id: "keep-characters", settings: { keep: "digits" }, columns: two(codes) },
  { id: "keep-characters", settings: { keep: "letters" }, columns: one(codes) },
  { id: "keep-characters", settings: { keep: "letters-and-digits" }, columns: one(codes) },
];

/** Steps without a way back: they say the same whichever way they are gone. */
export const ONE_WAY_TEXT_CASES: readonly LawCase[] = [
  { id: "limit-length", settings: { length: 4 }, columns: two(text) },
  { id: "limit-length", settings: { length: 5, mark: "…", words: true }, columns: one(slashed) },
  { id: "plain-letters", settings: {}, columns: two(text) },
  { id: "plain-letters", settings: { spelledOut: true }, columns: one(text) },
  { id: "slug", settings: { length: 5 }, columns: one(text) },
];
