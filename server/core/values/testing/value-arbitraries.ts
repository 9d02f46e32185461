import fc from "fast-check";
import { lawRuns } from "../../testing/law-runs.ts";
import type { FieldType, FieldValue } from "../field-value.ts";

/** Cases per law in `npm test`. */
export const LAW_RUNS = lawRuns(1_000).numRuns;

/** Letters that normalisation and case rules treat in their own ways. */
const AWKWARD = [
  "é",
  "e\u0301",
  "ß",
  "SS",
  "ς",
  "Σ",
  "İ",
  "ı",
  "ﬁ",
  "가",
  "😀",
  " ",
  "\u00a0",
  "\t",
];

/** Short texts over a small alphabet, so that equal and nearly equal ones are common. */
export const texts: fc.Arbitrary<string> = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.array(fc.constantFrom("a", "A", "b", "1", ...AWKWARD), { maxLength: 6 }),
    },
    {
      weight: 1,
      arbitrary: fc.array(fc.string({ unit: "grapheme", maxLength: 4 }), { maxLength: 3 }),
    },
  )
  .map((parts) => parts.join("").replaceAll("\0", ""));

const digits = fc.oneof(fc.bigInt(-1000n, 1000n), fc.bigInt(-(10n ** 30n), 10n ** 30n)).map(String);

/** Every spelling of the same few numbers: needless zeros, a minus before zero, exponents. */
export const decimals: fc.Arbitrary<string> = fc
  .tuple(
    digits,
    fc.constantFrom("", ".0", ".00", ".5", ".50", ".050", ".000000000000000001"),
    fc.constantFrom("", "", "", "e+0", "e+07", "e-07"),
  )
  .map((parts) => parts.join(""));

export const dates: fc.Arbitrary<string> = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

export const times: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer({ min: 0, max: 86_399 }),
    fc.constantFrom("", ".5", ".500", ".000001", ".000000", ".123456000"),
  )
  .map(([second, fraction]) => new Date(second * 1000).toISOString().slice(11, 19) + fraction);

const offsets = fc.constantFrom(
  "Z",
  "+00",
  "+01",
  "-11:30",
  "+0545",
  "+14:00",
  "-00:00:30",
  " +02",
);

export const instants: fc.Arbitrary<string> = fc
  .tuple(
    fc.date({ min: new Date("0001-01-02"), max: new Date("9999-12-30"), noInvalidDate: true }),
    fc.constantFrom("T", " "),
    times,
    offsets,
  )
  .map(([date, sign, time, zone]) => date.toISOString().slice(0, 10) + sign + time + zone);

const jsonTexts = fc.json({ maxDepth: 3 });

const members = fc.constantFrom("active", "on hold", "gone");

/** Raw values of a type as systems write them: each is one, few are canonical. */
export function rawValues(type: FieldType): fc.Arbitrary<FieldValue> {
  switch (type) {
    case "text":
      return texts;
    case "integer":
      return digits;
    case "decimal":
      return decimals;
    case "boolean":
      return fc.constantFrom<FieldValue>(true, false, "true", "false");
    case "date":
      return dates;
    case "time":
      return times;
    case "instant":
      return instants;
    case "enum":
      return members;
    case "money":
      return fc.record({ amount: decimals, currency: fc.constantFrom("EUR", "USD") });
    case "quantity":
      return fc.record({ amount: decimals, unit: fc.constantFrom("kg", "m²") });
    case "list":
    case "set":
      return fc.array(fc.oneof(texts, fc.constant(null)), { maxLength: 4 });
    case "reference":
      return fc.uuid();
    case "json":
      return jsonTexts;
  }
}
