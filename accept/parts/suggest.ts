import { existsSync } from "node:fs";
import path from "node:path";
import { type Part as Ground, PARTS } from "../../server/core/suggest/parts.ts";
import { chances, type Weights } from "../../server/core/suggest/score.ts";
import { suggest as suggestPairs } from "../../server/core/suggest/suggest.ts";
import { NAMES_ALONE, WITH_VALUES } from "../../server/core/suggest/weights.ts";
import { type Figure, noneOf } from "../figure.ts";
import { fitWeights, type Measured, measure, oddsOf } from "../suggest/fit.ts";
import {
  f1Of,
  hitsAt,
  precisionOf,
  qualityLines,
  rateAt,
  type Scored,
} from "../suggest/quality.ts";
import { readTablePairs, type TablePair } from "../suggest/tables.ts";
import type { Part } from "./part.ts";

const DEFAULT_PLACE = path.join("..", "shared", "data", "schema-matching");
const NAMES: readonly Ground[] = ["name"];

/** Held out, of the pairs shown with this score so many are right. */
const SURE = 0.9;
const PRECISION_MIN = 0.9;
const F1_MIN = 0.7;
const TOP_1_MIN = 0.85;
const TOP_3_MIN = 0.95;

/**
 * How good suggestions are, on tables that others have matched by hand. Weights are fitted without
 * the pair that they are then tried on; the figures of the product as it is stand beside them.
 */
export const suggest: Part = {
  name: "suggest",
  async run({ schemaMatching: place = DEFAULT_PLACE, say }) {
    if (!existsSync(place)) return [notThere(place)];
    const { pairs, missing } = readTablePairs(place);
    const wanted = pairs.flatMap(({ truth }) => truth.filter((field) => field !== null)).length;
    say(`suggest: ${pairs.length} pairs of tables, ${wanted} pairs of columns to find`);
    if (missing.length > 0) say(`suggest: a table is missing of ${missing.join(", ")}`);
    const measured = pairs.map((pair) => measure(pair));
    const names = heldOut(measured, NAMES);
    const values = heldOut(measured, PARTS);
    const bare = pairs.map((pair) => measure(pair, (word) => word));
    return [
      shown("names only, held out", names),
      shown("names only without the word list, held out", heldOut(bare, NAMES)),
      shown("values only, held out", heldOut(measured, PARTS.slice(1))),
      shown("without the word list, held out", heldOut(bare, PARTS)),
      shown("names and values, as shipped", pairs.map(asShipped)),
      ...qualityFigures(values),
      ...betterFigures(names, values),
      sameWeights("suggest weights", WITH_VALUES, fitWeights(measured, PARTS)),
      sameWeights("suggest names' weights", namesOf(NAMES_ALONE), fitWeights(measured, NAMES)),
    ];
  },
};

function notThere(place: string): Figure {
  const figure = `there are no tables at ${path.resolve(place)}`;
  const lines = ["Name their folder: npm run accept -- suggest --schema-matching <place>"];
  return { name: "suggest", figure, bar: "tables are read", isMet: false, lines };
}

/** Each pair of tables by weights that were fitted to all the others. */
function heldOut(data: readonly Measured[], grounds: readonly Ground[]): Scored[] {
  return data.map((one) => {
    const weights = fitWeights(
      data.filter((other) => other !== one),
      grounds,
    );
    return { ...one, scores: chances(oddsOf(one.parts, weights)) };
  });
}

function asShipped({ name, columns, fields, truth }: TablePair): Scored {
  const scores = columns.map(() => fields.map(() => 0));
  for (const { column, field, score } of suggestPairs({ columns, fields })) {
    const row = scores[column];
    if (row !== undefined) row[field] = score;
  }
  return { name, truth, scores };
}

/** A figure to be read, not met: it has no bar. */
function shown(name: string, scored: readonly Scored[]): Figure {
  const figure = `F1 ${f1Of(rateAt(scored, 0.3)).toFixed(2)} at 0.3`;
  const lines = qualityLines(scored);
  return { name: `suggest ${name}`, figure, bar: "shown", isMet: true, lines };
}

function qualityFigures(values: readonly Scored[]): Figure[] {
  const [sure, all] = [rateAt(values, SURE), rateAt(values, 0.3)];
  const lines = qualityLines(values);
  const share = (rank: number) => hitsAt(values, rank).hits / hitsAt(values, rank).of;
  return [
    atLeast("suggest names and values, held out", "F1 at 0.3", f1Of(all), F1_MIN, lines),
    atLeast("suggest sure", `precision at ${SURE}`, precisionOf(sure), PRECISION_MIN),
    atLeast("suggest first", "share with the right field first", share(1), TOP_1_MIN),
    atLeast("suggest first three", "share with it among three", share(3), TOP_3_MIN),
  ];
}

function atLeast(
  name: string,
  what: string,
  found: number,
  min: number,
  lines: readonly string[] = [],
): Figure {
  const figure = `${what} ${found.toFixed(2)}`;
  return { name, figure, bar: `≥ ${min}`, isMet: found >= min, lines };
}

/** Looking at values must be worth its while. */
function betterFigures(names: readonly Scored[], values: readonly Scored[]): Figure[] {
  const [of, by] = [f1Of(rateAt(names, 0.3)), f1Of(rateAt(values, 0.3))];
  const [without, firsts] = [hitsAt(names, 1).hits, hitsAt(values, 1).hits];
  return [
    atLeast("suggest F1 by values", `names alone ${of.toFixed(2)}, with values`, by, round(of)),
    atLeast("suggest firsts by values", `names alone ${without}, with values`, firsts, without),
  ];
}

function namesOf(weights: Weights): Weights {
  return { ...weights, type: 0 };
}

/** The weights in the product are those that these tables give. */
function sameWeights(name: string, kept: Weights, fitted: Weights): Figure {
  const keys = Object.keys(fitted) as (keyof Weights)[];
  const other = keys.filter((key) => Math.abs(kept[key] - fitted[key]) > 0.05);
  const text = keys.map((key) => `${key} ${fitted[key].toFixed(2)}`).join(", ");
  const lines = other.map((key) => `${key}: ${kept[key]} is kept, ${fitted[key].toFixed(2)} fits`);
  return { ...noneOf(name, `other than fitted (${text})`, lines) };
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}
