import { fitOf } from "../map/checks/fits.ts";
import type { Step } from "../map/document.ts";
import { describeStep } from "../transforms/registry.ts";
import type { ColumnValue, ValueOptions } from "../values/field-value.ts";
import { bestFirst } from "./assign.ts";
import { findStep } from "./find-step.ts";
import type { FoundStep } from "./found-step.ts";
import { knownSides, partsOf, type Sides } from "./known-sides.ts";
import type { Parts } from "./parts.ts";
import { type Profile, profileOf, type Side } from "./profile.ts";
import { reasonOf } from "./reason.ts";
import { samplePairs } from "./sample-pairs.ts";
import { chances, logOdds } from "./score.ts";
import { type Agreement, agreementOf, type Both } from "./together.ts";
import { NAMES_ALONE, WITH_VALUES } from "./weights.ts";

export type SuggestInput = {
  readonly columns: readonly Side[];
  readonly fields: readonly (Side & { readonly options?: ValueOptions | undefined })[];
  /** What rows and the records that they belong to have in a pair; missing: none are known. */
  readonly together?: (column: number, field: number) => readonly Both[];
  /** Pairs that are known not to belong together: they are no rivals of the others. */
  readonly ruledOut?: (column: number, field: number) => boolean;
};

/** A column that may belong to a field: places in the lists that were given. */
export type Candidate = {
  readonly column: number;
  readonly field: number;
  /** How likely it is right, from 0 to 1: of those with 0.9 about nine of ten are. */
  readonly score: number;
  readonly reason: string;
  /** What the column needs so that its values become the field's; null: nothing. */
  readonly step: Step | null;
  /** What the step does, as a phrase; null where there is none. */
  readonly stepWords: string | null;
  /** Whether the field's values can be written back through the step. */
  readonly goesBack: boolean;
  readonly samples: readonly SamplePair[];
};

/** A value of each side; `meets` says whether the two mean the same. */
export type SamplePair = Both & { readonly meets: boolean };

/** So many candidates of one column or field are looked at closely. */
const CLOSELY = 7;
/** A candidate that is less likely is not shown. */
export const SCORE_MIN = 0.02;

/**
 * Which columns may belong to which fields, the likeliest first. Each pair's score knows of all
 * the others: two columns that are equally good for one field share its trust.
 */
export function suggest(input: SuggestInput): Candidate[] {
  const sides = knownSides(input);
  const rough = sides.columns.map((_, column) =>
    sides.fields.map((_, field) => lookAt(input, sides, { column, field }, false)),
  );
  const near = closest(rough.map((row) => row.map(({ odds }) => odds)));
  const looks = rough.map((row, column) =>
    row.map((look, field) =>
      near.has(`${column}/${field}`) ? lookAt(input, sides, { column, field }, true) : look,
    ),
  );
  const oddsOf = ({ odds }: Look, column: number, field: number) =>
    input.ruledOut?.(column, field) === true ? 0 : Math.exp(odds);
  const scores = chances(
    looks.map((row, column) => row.map((look, field) => oddsOf(look, column, field))),
  );
  return looks
    .flatMap((row, column) =>
      row.map((look, field) => ({ ...look, column, field, score: scores[column]?.[field] ?? 0 })),
    )
    .filter(({ score }) => score >= SCORE_MIN)
    .toSorted(bestFirst)
    .map((found) => toCandidate(sides, found));
}

type Place = { readonly column: number; readonly field: number };

/** What is known of a pair, without its rivals. */
type Look = {
  readonly parts: Parts;
  readonly agreement: Agreement | null;
  readonly step: FoundStep | null;
  readonly both: readonly Both[];
  readonly through: Profile;
  /** As a logarithm. */
  readonly odds: number;
};

/** @param isClose also looks at rows with their records, and for a step */
function lookAt(input: SuggestInput, sides: Sides, place: Place, isClose: boolean): Look {
  const [column, field] = [sides.columns[place.column], sides.fields[place.field]];
  if (column === undefined || field === undefined) throw new Error("There is no such pair.");
  const both = isClose ? (input.together?.(place.column, place.field) ?? []) : [];
  const step = isClose
    ? findStep({
        ...{ columnType: column.type, fieldType: field.type, options: field.options, both },
        ...{ columnValues: column.values, fieldValues: field.values },
      })
    : null;
  const forward = step?.forward ?? ((value: ColumnValue) => value);
  const through = step === null ? column.profile : profileOf(column.values.map(forward));
  const agreement = agreementOf(
    both.map((one) => ({ column: forward(one.column), field: one.field })),
  );
  const parts = partsOf(sides, { ...column, profile: through }, field);
  const isSeen = through.count > 0 && field.profile.count > 0;
  const misfit = step === null && fitOf(column.type, field.type) === "never" ? MISFIT : 0;
  const odds =
    logOdds(parts, isSeen ? WITH_VALUES : NAMES_ALONE) + (agreement?.evidence ?? 0) - misfit;
  return { parts, agreement, step, both, through, odds };
}

/** What it costs, in odds, that a column of this type can never be read as the field's. */
const MISFIT = 1;

/** The best pairs of each column and of each field, as "column/field". */
function closest(odds: readonly (readonly number[])[]): ReadonlySet<string> {
  const pairs = odds.flatMap((row, column) =>
    row.map((score, field) => ({ column, field, score })),
  );
  const [ofColumn, ofField] = [new Map<number, number>(), new Map<number, number>()];
  const near = new Set<string>();
  for (const { column, field } of pairs.toSorted(bestFirst)) {
    const [a, b] = [ofColumn.get(column) ?? 0, ofField.get(field) ?? 0];
    if (a >= CLOSELY && b >= CLOSELY) continue;
    near.add(`${column}/${field}`);
    ofColumn.set(column, a + 1);
    ofField.set(field, b + 1);
  }
  return near;
}

function toCandidate(sides: Sides, found: Look & Place & { readonly score: number }): Candidate {
  const [column, field] = [sides.columns[found.column], sides.fields[found.field]];
  if (column === undefined || field === undefined) throw new Error("There is no such pair.");
  const grounds = { ...found, column: found.through, field: field.profile };
  const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const isSameName = column.names.some((a) => field.names.some((b) => plain(a) === plain(b)));
  const forward = found.step?.forward ?? ((value: ColumnValue) => value);
  return {
    ...{ column: found.column, field: found.field, score: shownScore(found.score) },
    reason: reasonOf({ ...grounds, isSameName }),
    step: found.step?.step ?? null,
    goesBack: found.step?.goesBack ?? true,
    stepWords: found.step === null ? null : describeStep(found.step.step),
    samples: samplePairs({ ...found, forward, column, field }),
  };
}

/** Two digits; certain is nothing that was only looked at. */
function shownScore(score: number): number {
  return Math.min(0.99, Math.round(score * 100) / 100);
}
