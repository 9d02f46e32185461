import fc from "fast-check";
import type { FieldValue } from "../../values/field-value.ts";
import { decimals, texts } from "../../values/testing/value-arbitraries.ts";
import type { TransformId } from "../palette.ts";

/** A transform with settings, and what it is tried on. */
export type LawCase = {
  readonly id: TransformId;
  readonly settings: object;
  /** What systems may hold in the columns. */
  readonly columns: fc.Arbitrary<readonly FieldValue[]>;
  /** It has values that it cannot write back without a previous one; refusing them is right. */
  readonly mayRefuse?: true;
};

const none = fc.constant<FieldValue>(null);
export const text: fc.Arbitrary<FieldValue> = fc.oneof({ weight: 9, arbitrary: texts }, none);
export const number: fc.Arbitrary<FieldValue> = fc.oneof({ weight: 9, arbitrary: decimals }, none);
export const cents = fc.bigInt(-(10n ** 20n), 10n ** 20n).map(String);

/** Texts made of these parts, so that what a step looks for is common in them. */
export const madeOf = (...parts: readonly string[]): fc.Arbitrary<FieldValue> =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .array(fc.constantFrom(...parts), { maxLength: 8 })
        .map((chosen) => chosen.join("")),
    },
    { weight: 1, arbitrary: text },
  );

export const one = (value: fc.Arbitrary<FieldValue>) => fc.tuple(value);
export const two = (value: fc.Arbitrary<FieldValue>) => fc.tuple(value, value);
