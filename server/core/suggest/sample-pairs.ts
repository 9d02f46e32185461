import type { ColumnValue } from "../values/field-value.ts";
import { normalForm } from "./normal-form.ts";
import type { Profile } from "./profile.ts";
import type { SamplePair } from "./suggest.ts";
import type { Both } from "./together.ts";

const COUNT = 3;

type SampleInput = {
  readonly both: readonly Both[];
  readonly forward: (value: ColumnValue) => ColumnValue;
  readonly column: { readonly values: readonly ColumnValue[] };
  readonly field: { readonly profile: Profile };
};

/**
 * Three pairs of values to look at: of rows and their records where these are known, else values
 * that both sides have, else what each side has most often.
 */
export function samplePairs({ both, forward, column, field }: SampleInput): SamplePair[] {
  const meets = (one: Both) => {
    const key = normalForm(forward(one.column))?.key;
    return key !== undefined && key === normalForm(one.field)?.key;
  };
  const told = distinct(both.filter((one) => one.column !== null && one.field !== null));
  if (told.length > 0) {
    const pairs = told.map((one) => ({ ...one, meets: meets(one) }));
    return [...pairs.filter((one) => one.meets), ...pairs.filter((one) => !one.meets)].slice(
      0,
      COUNT,
    );
  }
  const { keys } = field.profile;
  const values = [...new Set(column.values)]
    .filter((value) => normalForm(value) !== null)
    .toSorted();
  const shared = values.flatMap((value): SamplePair[] => {
    const other = keys.get(normalForm(forward(value))?.key ?? "");
    return other === undefined ? [] : [{ column: value, field: other.example, meets: true }];
  });
  const examples = [...keys.values()].map(({ example }) => example);
  const unlike = values.slice(0, COUNT).flatMap((value, at): SamplePair[] => {
    const example = examples[at];
    return example === undefined ? [] : [{ column: value, field: example, meets: false }];
  });
  return (shared.length > 0 ? distinct(shared) : unlike).slice(0, COUNT);
}

function distinct<P extends Both>(pairs: readonly P[]): P[] {
  const byText = new Map(pairs.map((pair) => [JSON.stringify([pair.column, pair.field]), pair]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}
