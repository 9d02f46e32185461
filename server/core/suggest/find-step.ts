import type { Step } from "../map/document.ts";
import { prepareStep, TRANSFORMS } from "../transforms/registry.ts";
import type { CompiledStep, Transform } from "../transforms/transform.ts";
import type { ColumnValue, FieldType, ValueOptions } from "../values/field-value.ts";
import { makeParser } from "../values/parse-value.ts";
import { findTable } from "./find-table.ts";
import { type FoundStep, foundStep } from "./found-step.ts";
import { normalForm } from "./normal-form.ts";
import type { Both } from "./together.ts";

/** One end of a pair as a step sees it. */
export type StepEnds = {
  readonly columnType: FieldType;
  readonly fieldType: FieldType;
  readonly options: ValueOptions | undefined;
  readonly columnValues: readonly ColumnValue[];
  readonly fieldValues: readonly ColumnValue[];
  readonly both: readonly Both[];
};

/** Distinct values that are tried through a step, and how many of them tell whether it is worth. */
const VALUES_MAX = 80;
const PROBES = 10;
/** So much of the values must be met through the step, and so much more than without it. */
const MET_MIN = 0.5;
const GAIN_MIN = 0.3;
/** Fewer values that meet may be chance. */
const MEETING_MIN = 3;
/** A step that makes one of many different values proves nothing by what meets then. */
const KEPT_APART_MIN = 0.7;

/** The step that makes most of a column's values those of the field; null where none is needed. */
export function findStep(ends: StepEnds): FoundStep | null {
  if (ends.columnValues.length === 0 || ends.fieldValues.length === 0) return null;
  const meets = meetingOf(ends);
  const plain = meets((value) => value)?.share ?? 0;
  if (plain + GAIN_MIN > 1) return null;
  const shareMin = Math.max(MET_MIN, plain + GAIN_MIN);
  const best = guessesFor(ends)
    .filter(({ forward }) => meets(forward, PROBES) !== null)
    .map((guess) => ({ ...guess, share: meets(guess.forward)?.share ?? 0 }))
    .filter(({ share }) => share >= shareMin)
    // The palette has the plainer ones first: of equals the earlier stands.
    .toSorted((a, b) => b.share - a.share)[0];
  return best ?? findTable(ends.both, shareMin);
}

type Meets = (
  through: (value: ColumnValue) => ColumnValue,
  countMax?: number,
) => { readonly share: number } | null;

/** How many values are the field's when they have gone through something; null where none is. */
function meetingOf({ columnValues, fieldValues, fieldType, options, both }: StepEnds): Meets {
  const parse = makeParser(fieldType, options);
  const keyOf = (value: ColumnValue): string | null => {
    if (value === null || value === "") return null;
    const parsed = parse(value);
    return parsed.ok ? JSON.stringify(parsed.value) : null;
  };
  const wanted = new Set(fieldValues.map(keyOf));
  wanted.delete(null);
  const told = both.filter(({ column, field }) => column !== null && keyOf(field) !== null);
  const distinct = [
    ...new Set(columnValues.filter((value) => normalForm(value) !== null)),
  ].toSorted();
  const isTogether = told.length >= MEETING_MIN;
  return (through, countMax = VALUES_MAX) => {
    const results = isTogether
      ? told.slice(0, countMax).map(({ column, field }) => {
          const key = keyOf(through(column));
          return { key, isMet: key !== null && key === keyOf(field) };
        })
      : distinct.slice(0, countMax).map((value) => {
          const key = keyOf(through(value));
          return { key, isMet: key !== null && wanted.has(key) };
        });
    const met = results.filter(({ isMet }) => isMet);
    const differing = new Set(met.map(({ key }) => key)).size;
    if (met.length === 0) return null;
    if (countMax <= PROBES) return { share: 0 };
    const isProven = isTogether
      ? differing > 1
      : differing >= MEETING_MIN && differing >= KEPT_APART_MIN * met.length;
    return isProven ? { share: met.length / results.length } : null;
  };
}

/** What makes no value of another, or needs to be told which: nothing to guess. */
const NOT_GUESSED = new Set(["constant", "default", "value-table", "first-value"]);

/** A step with settings that its own examples show, ready to run. */
type Guess = FoundStep & { readonly transform: Transform };

/**
 * Steps to try: every transform of one value, as its own examples set it. A transform that is new
 * in the registry is tried from then on.
 */
let guesses: readonly Guess[] | null = null;

function guessesFor({ columnType, fieldType }: StepEnds): Guess[] {
  guesses ??= TRANSFORMS.filter(({ id }) => !NOT_GUESSED.has(id)).flatMap(guessesOf);
  return guesses.filter(
    ({ transform }) =>
      transform.accepts.includes(columnType) && transform.returns.includes(fieldType),
  );
}

function guessesOf(transform: Transform): Guess[] {
  const seen = new Set<string>();
  return transform.examples.flatMap(({ settings }) => {
    const key = JSON.stringify(settings);
    if (seen.has(key)) return [];
    seen.add(key);
    const step = { transform: transform.id, settings: settings as Step["settings"] };
    const prepared = prepareStep(step);
    if (!prepared.ok || !takesOne(prepared.step)) return [];
    return [{ transform, ...foundStep(step, prepared.step) }];
  });
}

function takesOne({ inputs, outputs, writesOnly }: CompiledStep): boolean {
  return writesOnly !== true && inputs !== 0 && outputs !== 0 && isOne(inputs) && isOne(outputs);
}

function isOne(count: number | "each"): boolean {
  return count === "each" || count === 1;
}
