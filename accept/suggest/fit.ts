import { knownSides, partsOf } from "../../server/core/suggest/known-sides.ts";
import { PARTS, type Part } from "../../server/core/suggest/parts.ts";
import {
  chances,
  logOdds,
  type PartsTable,
  type Weights,
} from "../../server/core/suggest/score.ts";
import type { TablePair } from "./tables.ts";

/** A pair of tables, measured: parts, and the truth. */
export type Measured = Pick<TablePair, "name" | "truth"> & { readonly parts: PartsTable };

export function measure(pair: TablePair, means?: (word: string) => string): Measured {
  const sides = knownSides(pair, means);
  const parts = sides.columns.map((column) =>
    sides.fields.map((field) => partsOf(sides, column, field)),
  );
  return { name: pair.name, truth: pair.truth, parts };
}

/** What keeps the weights small: there are few pairs to learn from. Not tuned. */
const SHRINKING = 0.05;
const STEPS_MAX = 400;
const DIFFERENCE = 1e-4;

/**
 * Logistic regression, none of its weights below zero, by descent along its slope: the likeliest
 * weights when each pair is seen alone and, as much, when it is seen among its rivals.
 */
export function fitWeights(data: readonly Measured[], parts: readonly Part[]): Weights {
  let weights: Weights = { start: -3, name: 0, type: 0, pattern: 0, values: 0, spread: 0 };
  let [loss, stride] = [lossOf(data, weights), 0.3];
  for (let step = 0; step < STEPS_MAX && stride > DIFFERENCE; step += 1) {
    const moved = downhill(data, weights, ["start", ...parts], stride);
    const movedLoss = lossOf(data, moved);
    const isBetter = movedLoss < loss;
    if (isBetter) [weights, loss] = [moved, movedLoss];
    stride *= isBetter ? 1.2 : 0.5;
  }
  return weights;
}

function downhill(
  data: readonly Measured[],
  weights: Weights,
  keys: readonly (keyof Weights)[],
  stride: number,
): Weights {
  const loss = lossOf(data, weights);
  const slope = keys.map((key) => {
    const beside = { ...weights, [key]: weights[key] + DIFFERENCE };
    return (lossOf(data, beside) - loss) / DIFFERENCE;
  });
  const steepness = Math.hypot(...slope) || 1;
  const moved = keys.map((key, at) => {
    const value = weights[key] - (stride * (slope[at] ?? 0)) / steepness;
    return [key, key === "start" ? value : Math.max(0, value)] as const;
  });
  return { ...weights, ...Object.fromEntries(moved) };
}

function lossOf(data: readonly Measured[], weights: Weights): number {
  let loss = SHRINKING * PARTS.reduce((sum, part) => sum + weights[part] ** 2, 0);
  for (const { parts, truth } of data) {
    const odds = oddsOf(parts, weights);
    const among = chances(odds);
    for (const [column, row] of odds.entries()) {
      for (const [field, odd] of row.entries()) {
        const isTrue = truth[column] === field;
        loss += surprise(among[column]?.[field] ?? 0, isTrue) + surprise(odd / (1 + odd), isTrue);
      }
    }
  }
  return loss;
}

export function oddsOf(parts: PartsTable, weights: Weights): number[][] {
  return parts.map((row) => row.map((one) => Math.exp(logOdds(one, weights))));
}

function surprise(chance: number, isTrue: boolean): number {
  return -Math.log(Math.max(1e-9, isTrue ? chance : 1 - chance));
}
