import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeEquals } from "../values/equal-value.ts";
import { FIELD_TYPES, type FieldValue } from "../values/field-value.ts";
import { LAW_RUNS, rawValues } from "../values/testing/value-arbitraries.ts";
import { isSame } from "./each-value.ts";
import { findTransform, TRANSFORMS } from "./registry.ts";
import { CHOICE_CASES } from "./testing/choice-cases.ts";
import { CODE_CASES } from "./testing/code-cases.ts";
import { DATE_CASES, ONE_WAY_DATE_CASES } from "./testing/date-cases.ts";
import { JOIN_CASES } from "./testing/join-cases.ts";
import type { LawCase } from "./testing/law-case.ts";
import { LIST_CASES } from "./testing/list-cases.ts";
import { NUMBER_CASES } from "./testing/number-cases.ts";
import { ONE_WAY_TEXT_CASES, TEXT_CASES } from "./testing/text-cases.ts";
import type { CompiledStep } from "./transform.ts";

const CASES: readonly LawCase[] = [
  ...[...TEXT_CASES, ...JOIN_CASES, ...NUMBER_CASES, ...CHOICE_CASES, ...DATE_CASES],
  ...[...CODE_CASES, ...LIST_CASES],
];
const ONE_WAY_CASES: readonly LawCase[] = [...ONE_WAY_TEXT_CASES, ...ONE_WAY_DATE_CASES];

function stepOf({ id, settings }: LawCase): CompiledStep {
  const prepared = findTransform(id)?.prepare(settings);
  if (prepared?.ok !== true) throw new Error(`${id} does not take ${JSON.stringify(settings)}`);
  return prepared.step;
}

function areSame(a: readonly FieldValue[], b: readonly FieldValue[]): boolean {
  return a.length === b.length && a.every((value, index) => isSame(value, b[index] ?? null));
}

const TITLED = CASES.map((one) => [`${one.id} ${JSON.stringify(one.settings)}`, one] as const);

describe.each(TITLED)("%s", (_, case_) => {
  const step = stepOf(case_);
  const { forward, backward } = step;
  if (backward === undefined) throw new Error("A step without a way back has no laws.");

  test("what has not changed comes back to the letter", () => {
    fc.assert(
      fc.property(case_.columns, (columns) => {
        const there = forward(columns);
        fc.pre(there.ok);
        if (there.ok)
          expect(backward(there.values, columns)).toEqual({ ok: true, values: columns });
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("what is written reads as it was meant, whatever the row had before", () => {
    const previous = fc.option(case_.columns, { nil: null });
    fc.assert(
      fc.property(case_.columns, previous, (columns, before) => {
        const there = forward(columns);
        fc.pre(there.ok);
        if (!there.ok) return;
        const values = there.values.map((v) => (typeof v === "string" ? v.normalize("NFC") : v));
        const back = backward(values, before);
        if (!back.ok) {
          expect(case_.mayRefuse, back.message).toBe(true);
          return;
        }
        const again = forward(back.values);
        expect(
          again.ok && areSame(again.values, values),
          JSON.stringify([values, back, again]),
        ).toBe(true);
      }),
      { numRuns: LAW_RUNS },
    );
  });
});

const LOSSLESS = TITLED.filter(([, case_]) => stepOf(case_).kind === "lossless");

test.each(LOSSLESS)("%s is lossless: it needs no previous value", (_, case_) => {
  const { forward, backward } = stepOf(case_);
  const equals = makeEquals("decimal");
  fc.assert(
    fc.property(case_.columns, (columns) => {
      const there = forward(columns);
      fc.pre(there.ok);
      const back = there.ok ? backward?.(there.values, null) : there;
      const isBack =
        back?.ok === true && back.values.every((value, i) => equals(value, columns[i] ?? null));
      expect(isBack, JSON.stringify([there, back])).toBe(true);
    }),
    { numRuns: LAW_RUNS },
  );
});

const ONE_WAY = ONE_WAY_CASES.map(
  (one) => [`${one.id} ${JSON.stringify(one.settings)}`, one] as const,
);

test.each(ONE_WAY)("%s has no way back: it says the same whichever way it is gone", (_, case_) => {
  const step = stepOf(case_);
  expect(step.kind).toBe("one-way");
  fc.assert(
    fc.property(case_.columns, (values) => {
      const there = step.forward(values);
      expect(step.backward?.(values, null)).toEqual(there);
      expect(step.backward?.(values, [...values].reverse())).toEqual(there);
    }),
    { numRuns: LAW_RUNS },
  );
});

test("every transform with a way back is tested for the laws", () => {
  const tested = new Set<string>([...CASES, ...ONE_WAY_CASES].map(({ id }) => id));
  const untested = TRANSFORMS.filter(({ id }) => !tested.has(id)).map(({ id }) => id);
  // What they write says nothing of what they were given.
  expect(untested).toEqual(["first-value", "constant"]);
});

test("no value of any type makes a step throw", () => {
  const any = fc.constantFrom(...FIELD_TYPES).chain((type) => rawValues(type));
  fc.assert(
    fc.property(
      fc.constantFrom(...CASES, ...ONE_WAY_CASES),
      fc.array(any, { maxLength: 3 }),
      (case_, values) => {
        const step = stepOf(case_);
        expect(typeof step.forward(values).ok).toBe("boolean");
        expect(typeof step.backward?.(values, null).ok).toBe("boolean");
        expect(typeof step.backward?.(values, [...values].reverse()).ok).toBe("boolean");
      },
    ),
    { numRuns: LAW_RUNS },
  );
});
