import type { ColumnValue } from "../values/field-value.ts";
import { normalForm } from "./normal-form.ts";

/** What a row has in the column and its record in the field. */
export type Both = { readonly column: ColumnValue; readonly field: ColumnValue };

/** How rows and records that belong together agree in one pair. */
export type Agreement = {
  readonly of: number;
  readonly agree: number;
  /** The logarithm of how much likelier that is of a pair that belongs together. */
  readonly evidence: number;
};

/** Fewer rows say nothing. */
const COUNT_MIN = 3;
/** Of a right pair so many agree: systems that are not yet joined have drifted apart somewhat. */
const RIGHT_AGREE = 0.8;
/** Chance is never taken for smaller or larger than this. */
const CHANCE_MIN = 0.02;
/** Rows of one load are not independent: they say no more than this for a pair, or against it. */
const EVIDENCE_MAX = 5;
const EVIDENCE_MIN = -1.5;

/** Null where too few say anything. Values agree when they mean the same in their normal form. */
export function agreementOf(both: readonly Both[]): Agreement | null {
  const keys = both.flatMap(({ column, field }) => {
    const [a, b] = [normalForm(column)?.key, normalForm(field)?.key];
    return a === undefined || b === undefined ? [] : [[a, b] as const];
  });
  if (keys.length < COUNT_MIN) return null;
  const agree = keys.filter(([a, b]) => a === b).length;
  const chance = Math.min(1 - CHANCE_MIN, Math.max(CHANCE_MIN, chanceOf(keys)));
  const whenRight = Math.max(RIGHT_AGREE, chance);
  const evidence =
    agree * Math.log(whenRight / chance) +
    (keys.length - agree) * Math.log((1 - whenRight) / (1 - chance));
  const bounded = Math.max(EVIDENCE_MIN, Math.min(EVIDENCE_MAX, evidence));
  return { of: keys.length, agree, evidence: bounded };
}

/** How many would agree if rows were given records by lot. */
function chanceOf(keys: readonly (readonly [string, string])[]): number {
  const [left, right] = [countBy(keys.map(([a]) => a)), countBy(keys.map(([, b]) => b))];
  let chance = 0;
  for (const [key, count] of left) chance += count * (right.get(key) ?? 0);
  return chance / (keys.length * keys.length);
}

export function countBy(things: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return counts;
}
