import Big from "big.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lawRuns } from "../testing/law-runs.ts";
import { table } from "../testing/table.ts";
import { compileExpression } from "./compile.ts";
import { listOf, NUMBER, objectOf, TEXT, type Type } from "./types.ts";
import { fromField, toField, Unanswered, type Value } from "./value.ts";

const NAMES = new Map<string, Type>([
  ["n", NUMBER],
  ["t", TEXT],
  ["none", NUMBER],
  ["list", listOf(NUMBER)],
  ["record", objectOf("the record", { list_price: NUMBER, on: { kind: "date" } })],
]);

const MEMBERS: Readonly<Record<string, Value>> = {
  list_price: fromField("12.50", NUMBER),
  on: "2026-02-28",
};

const VALUES = new Map<string, Value>([
  ["n", fromField("0.1", NUMBER)],
  ["t", "Größe 7"],
  ["none", null],
  ["list", ["3", "1", "2"].map((text) => fromField(text, NUMBER))],
  ["record", { member: (name) => MEMBERS[name] ?? null }],
]);

/** What comes of it, or the sentence that says why nothing does. */
function outcome(text: string): string {
  const compiled = compileExpression(text, NAMES);
  if (!compiled.ok) {
    const { from, to, message } = compiled.problem;
    return `${from}-${to} ${message}`;
  }
  try {
    const value = toField(compiled.expression.run(VALUES), compiled.expression.type);
    return Array.isArray(value) ? `[${value.join(" ")}]` : String(value);
  } catch (error) {
    if (error instanceof Unanswered) return error.message;
    throw error;
  }
}

const ANSWERS = table<"expression" | "gives" | "why">(`
  expression                                       gives                    why
  n + 0.2                                          0.3                      no float: 0.1 + 0.2 is 0.3
  10 / 4                                           2.5                      a whole number divides like others
  1 / 3                                            0.33333333333333333333   20 places
  2 / 3                                            0.66666666666666666667   half up
  9007199254740993 * 1                             9007199254740993         past 2^53
  12345678901234567890.123456789 + 0               12345678901234567890.123456789  digits as they stand there
  -7 % 3                                           -1                       the sign of what is divided
  round(2.345, 2)                                  2.35                     half up
  round(2.5)                                       3                        to a whole number
  max(list) - min(list)                            2                        of a list
  sum(list.filter(x, x > 1))                       5                        two of three
  list.map(x, x * 2)                               [6 2 4]                  each
  list.exists(x, x == 2) && !list.all(x, x > 1)    true                     some and not all
  2 in list                                        true                     by what it means
  2.0 in list                                      true                     by what it means
  n == none ? "same" : "other"                     other                    a value is not no value
  none == null                                     true                     it has none
  has(none)                                        false                    it has none
  none == null || none > 1                         true                     the other half does not matter
  none > 1 || true                                 true                     whichever comes first
  record.list_price * 2                            25                       a member
  record["list_price"]                             12.5                     a member by its name
  record.on > date("2026-02-01")                   true                     dates have an order
  t + "!"                                          Größe 7!                 texts are joined
  t.upper() + string(size(t))                      GRÖSSE 77                seven characters
  t.contains("ö") ? t.split(" ")[1] : ""           7                        composed or not
  ["a", "b"].join("-")                             a-b                      a text of texts
`);

const REFUSALS = table<"expression" | "says">(`
  expression           says
  n +                  3-3 Something is missing at the end.
  n n                  2-3 Unexpected character: "n".
  m + 1                0-1 There is no "m" here. There is: n, t, none, list, record.
  n + t                0-5 "+" means nothing between a number and a text.
  t < "z"              0-7 "<" means nothing between a text and a text.
  n ? 1 : 2            0-1 This is a number, and true or false is needed.
  true ? 1 : "x"       11-14 One is a number and the other a text: both must be the same.
  record.price         0-12 The record has no "price". It has: list_price, on.
  n.price              0-7 A number has no "price".
  now()                0-5 There is no function "now" here. There is: has, ask, min, max, sum, abs, round, size, number, string, date, time, instant, money, quantity.
  timestamp("x")       0-14 There is no function "timestamp" here. There is: has, ask, min, max, sum, abs, round, size, number, string, date, time, instant, money, quantity.
  t.matches("a*")      0-15 There is no function "matches" here. There is: all, exists, exists_one, filter, map, size, contains, startsWith, endsWith, lower, upper, trim, replace, split, join.
  round("2")           0-10 It is called as round(number, places), and gets a text.
  list.map(n, n)       9-10 "n" is something else already.
  list.map(x)          0-11 It is called as list.map(x, value).
  n.map(x, x)          0-1 This is a number, and a list is needed.
  5u                   0-2 5u is no number that can be read exactly.
  1e400                0-5 Invalid number: Infinity.
  1e5                  0-3 1e5 is no number that can be read exactly.
  n / 0                Nothing can be divided by zero.
  none + 1             A number is missing where one is needed.
  list[7]              A list has no such place.
  date("2026-02-30")   "2026-02-30" is not a date of the calendar such as 2026-02-28.
`);

describe("compileExpression", () => {
  test.each(ANSWERS)("$expression gives $gives: $why", ({ expression, gives }) => {
    expect(outcome(expression)).toBe(gives);
  });

  test.each(REFUSALS)("$expression: $says", ({ expression, says }) => {
    expect(outcome(expression)).toBe(says);
  });

  test("it counts like a calculator without floats, whatever the digits", () => {
    const digits = fc.tuple(fc.bigInt(-(10n ** 25n), 10n ** 25n), fc.integer({ min: 0, max: 12 }));
    const number = digits.map(([whole, places]) => new Big(`${whole}e-${places}`).toFixed());
    fc.assert(
      fc.property(number, number, fc.constantFrom("+", "-", "*"), (a, b, operator) => {
        const compute = { "+": "plus", "-": "minus", "*": "times" } as const;
        const wanted = new Big(a)[compute[operator]](b).toFixed();
        const bracketed = `(${a}) ${operator} (${b})`;
        expect(outcome(bracketed)).toBe(wanted);
      }),
    );
  });

  test("whatever is typed ends in an answer or a sentence, and the same one twice", () => {
    const piece = fc.constantFrom(
      ...["n", "t", "list", "record", "none", "x", ".map(x, ", ".filter(x, ", "(", ")", "["],
      ...["]", "+", "*", "/", "==", "<", "&&", "?", ":", "1", "0.5", '"a"', "max(", ".on", ","],
    );
    const texts = fc.oneof(
      fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(" ")),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(outcome(text)).toBe(outcome(text));
      }),
      lawRuns(3_000),
    );
  });
});

describe("bounds", () => {
  const long = Array.from({ length: 60 }, () => "list").join(" + ");

  test("lists inside lists inside lists come to an end", () => {
    const nested = "list.map(a, list.map(b, list.map(c, list.map(d, sum(list.map(e, a * b))))))";
    const heavy = nested.replaceAll("list", `(${long})`);
    expect(outcome(`size(${heavy})`)).toMatch(/too long or too deep|more than 10000 steps/);
    const twice = `size((${long}).map(a, size((${long}).map(b, a + b))))`;
    expect(outcome(twice)).toBe("It takes more than 10000 steps.");
  });

  test("what would never end is no answer to the other half of an or either", () => {
    const twice = `size((${long}).map(a, size((${long}).map(b, a + b)))) > 0`;
    expect(outcome(`${twice} || true`)).toBe("It takes more than 10000 steps.");
  });

  test("numbers and texts grow to a size and no further", () => {
    const squares = Array.from({ length: 20 }, () => "99999999999999999999").join(" * ");
    expect(outcome(squares)).toBe("A number has more than 200 digits.");
    const grown = `"${"x".repeat(200)}".replace("x", "${"y".repeat(200)}")`;
    expect(outcome(grown)).toBe("A text has more than 20000 characters.");
  });

  test("one that is too long or too deep is not read", () => {
    const message = "The expression is too long or too deep. Make it simpler.";
    expect(outcome(`1${" + 1".repeat(400)}`)).toContain(message);
    expect(outcome(`${"(".repeat(60)}1${")".repeat(60)}`)).toContain(message);
  });
});
