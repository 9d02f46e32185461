import fc from "fast-check";
import type { FieldValue } from "../../values/field-value.ts";
import { type LawCase, madeOf, one, text, two } from "./law-case.ts";

const phones = fc.oneof(
  fc.constantFrom<FieldValue>(
    ...["(030) 123 456", "+49 30 123456", "0049 30 123456", "+4930123456", "030/123456-12"],
    ...["+1 212 555 0123 ext. 45", "212-555-0123 x45", "+4930123456;ext=7", "112", "", "ask Ada"],
    ...["+39 06 1234 5678", "0800 123456", "+49 (0)30 123456", "1-800-FLOWERS"],
    null,
  ),
  madeOf("+", "49", "030", "123456", " ", "-", "ext. 7", "(", ")"),
);
const addresses = madeOf("ada", "@", "Example.ORG", ".", "+news", "ö", "mailto:", " ", "İ");
const withCheckDigit = fc.integer({ min: 0, max: 10 ** 12 - 1 }).map((n) => {
  const body = String(n).padStart(12, "0");
  const sum = [...body].reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return body + String((10 - (sum % 10)) % 10);
});
const numbers: fc.Arbitrary<FieldValue> = fc.oneof(
  withCheckDigit,
  withCheckDigit.map((digits) => digits.replace(/^0/, "")),
  fc.constantFrom<FieldValue>(
    ...["036000291452", "73513537", "4 006381-333931", "00036000291452", "0", "00000000", ""],
    null,
  ),
);
const words = fc.constantFrom<FieldValue>(
  ...["Y", "y", "yes", "N", " no ", "perhaps", "", " ", "X"],
  ...[null, true, false],
);
const languages = fc.constantFrom<FieldValue>(
  ...["German", "GERMAN", "de", "DE", "deu", "ger", "Gaelic", "Klingon", "Norwegian", ""],
  null,
);
const tags = madeOf("de", "AT", "-", "_", "Hant", "zh", "419", "1996", "iw", "deu");

export const CODE_CASES: readonly LawCase[] = [
  { id: "phone", settings: { country: "DE" }, columns: two(phones) },
  {
    id: "phone",
    settings: { country: "US", column: "national" },
    columns: one(phones),
    mayRefuse: true,
  },
  { id: "phone", settings: { column: "e164" }, columns: one(phones) },
  { id: "email", settings: {}, columns: two(addresses) },
  { id: "email", settings: { lower: true }, columns: one(addresses) },
  { id: "gtin", settings: {}, columns: two(numbers), mayRefuse: true },
  { id: "gtin", settings: { zerosLost: true }, columns: one(numbers) },
  { id: "boolean-words", settings: { yes: ["Y", "yes"], no: ["N", "no"] }, columns: two(words) },
  { id: "boolean-words", settings: { yes: ["X"], empty: "no" }, columns: one(words) },
  ...(["name", "alpha-2", "alpha-3"] as const).flatMap((column) =>
    (["name", "alpha-2", "alpha-3"] as const).map((field) => ({
      id: "language-code" as const,
      settings: { column, field },
      columns: one(languages),
    })),
  ),
  { id: "language-tag", settings: {}, columns: two(tags) },
  { id: "language-tag", settings: { column: "underscore" }, columns: one(fc.oneof(tags, text)) },
];
