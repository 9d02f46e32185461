import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeEquals } from "./equal-value.ts";
import { FIELD_TYPES, type FieldType, type FieldValue } from "./field-value.ts";
import { ORDERED_TYPES, orderOf } from "./order-value.ts";
import { makeParser } from "./parse-value.ts";
import { LAW_RUNS, rawValues } from "./testing/value-arbitraries.ts";

const valuesOf = (type: FieldType): fc.Arbitrary<FieldValue> => {
  const parse = makeParser(type);
  return rawValues(type).map((raw) => {
    const parsed = parse(raw);
    return parsed.ok ? parsed.value : null;
  });
};

/** -1, 0 or 1; null where the two have no order. */
function orderIn(type: FieldType, a: FieldValue, b: FieldValue): number | null {
  const order = orderOf(type)?.(a, b) ?? null;
  return order === null ? null : Math.sign(order);
}

describe("the order of values", () => {
  test.each(ORDERED_TYPES)("of %s turns with its sides, and equal in it means the same", (type) => {
    const equals = makeEquals(type);
    fc.assert(
      fc.property(valuesOf(type), valuesOf(type), (a, b) => {
        const order = orderIn(type, a, b);
        expect(orderIn(type, b, a)).toBe(order === null ? null : 0 - order);
        if (order !== null) expect(order === 0).toBe(equals(a, b));
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test.each(ORDERED_TYPES)("of %s goes on: what is below the one below is below", (type) => {
    fc.assert(
      fc.property(fc.tuple(valuesOf(type), valuesOf(type), valuesOf(type)), (three) => {
        const present = three.filter((value) => orderIn(type, value, value) !== null);
        const [a = null, b = null, c = null] = present.toSorted(
          (one, other) => orderIn(type, one, other) ?? 0,
        );
        fc.pre([orderIn(type, a, b), orderIn(type, b, c)].every((order) => order !== null));
        expect(orderIn(type, a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("types of which nobody agrees have none", () => {
    const without = FIELD_TYPES.filter((type) => orderOf(type) === undefined);
    expect(without).toEqual(["text", "boolean", "enum", "list", "set", "reference", "json"]);
  });
});
