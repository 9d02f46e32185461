import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrayLiteral, parseArray, textArrayLiteral } from "./array-literal.ts";

const asIs = (text: string): string => text;
const encode = (value: unknown): string => String(value);
const item = fc.oneof(fc.constantFrom(null, "", "NULL", "{}", ",", '"', "\\"), fc.string());

describe("array literals", () => {
  test("reads back the items that were written", () => {
    fc.assert(
      fc.property(fc.array(item), (items) => {
        expect(parseArray(arrayLiteral(items, encode), asIs)).toEqual(items);
        expect(parseArray(textArrayLiteral(items), asIs)).toEqual(items);
      }),
    );
  });

  test("reads back lists of lists", () => {
    fc.assert(
      fc.property(fc.array(fc.array(item, { minLength: 1 }), { minLength: 1 }), (lists) => {
        expect(parseArray(arrayLiteral(lists, encode), asIs)).toEqual(lists);
      }),
    );
  });

  test("drops bounds of its own", () => {
    expect(parseArray("[2:3]={a,b}", asIs)).toEqual(["a", "b"]);
  });
});
