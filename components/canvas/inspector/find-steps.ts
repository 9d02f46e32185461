import { PALETTE } from "../../../server/core/transforms/palette.ts";
import type { Example, Transform } from "../../../server/core/transforms/transform.ts";
import type { FieldType, FieldValue } from "../../../server/core/values/field-value.ts";
import { quoteValue } from "../../../server/core/values/format-value.ts";

/** A step to choose, and what it takes where it cannot take what arrives. */
export type Choice = {
  readonly transform: Transform;
  /** "28.02.2026" → 2026-02-28: the first of its examples. */
  readonly example: { readonly from: string; readonly to: string } | null;
  readonly isFit: boolean;
};

export type ChoiceGroup = { readonly group: string; readonly choices: readonly Choice[] };

/** How much it says that a word of the query stands there. */
const WEIGHTS = { title: 8, example: 4, group: 3, summary: 3, help: 1 } as const;
/** Inside another word it is mostly chance: "ean" in "clean". */
const INSIDE = 0.2;

/**
 * The steps that a query is about, grouped; those that can take what arrives come first, and so do
 * groups with a better hit. A query may be a name, what a step does, or a value: "28.02.2026".
 *
 * @param types what arrives; none: nobody knows
 */
export function findSteps(
  transforms: readonly Transform[],
  query: string,
  types: readonly FieldType[],
): readonly ChoiceGroup[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const groups = PALETTE.map(({ group, titles }) => {
    const own = transforms.filter(({ id }) => Object.hasOwn(titles, id));
    const found = own
      .map((transform) => ({ transform, score: scoreOf(transform, group, words) }))
      .filter(({ score }) => score > 0)
      .map(({ transform, score }) => ({ score, ...choiceOf(transform, types) }))
      .toSorted((a, b) => b.score - a.score || Number(b.isFit) - Number(a.isFit));
    return { group, best: found[0]?.score ?? 0, choices: found };
  });
  return groups.filter(({ choices }) => choices.length > 0).toSorted((a, b) => b.best - a.best);
}

function choiceOf(transform: Transform, types: readonly FieldType[]): Choice {
  const isFit = types.length === 0 || types.some((type) => transform.accepts.includes(type));
  return { transform, example: exampleOf(transform), isFit };
}

/** Each word must stand somewhere; what it stands in says how good a hit it is. */
function scoreOf(transform: Transform, group: string, words: readonly string[]): number {
  let all = 1;
  const places = placesOf(transform, group);
  for (const word of words) {
    const best = Math.max(...places.map(([text, weight]) => hitOf(text, word) * weight));
    if (best === 0) return 0;
    all += best;
  }
  return all;
}

/** 1 where it begins a word, less inside of one, 0 where it is not. */
function hitOf(text: string, word: string): number {
  let at = text.indexOf(word);
  const isThere = at >= 0;
  while (at >= 0) {
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return 1;
    at = text.indexOf(word, at + 1);
  }
  return isThere ? INSIDE : 0;
}

function placesOf(transform: Transform, group: string): readonly (readonly [string, number])[] {
  const examples = transform.examples.map((example) => JSON.stringify(example)).join(" ");
  return [
    [fold(transform.title), WEIGHTS.title],
    [fold(examples), WEIGHTS.example],
    [fold(group), WEIGHTS.group],
    [fold(transform.summary), WEIGHTS.summary],
    [fold(transform.help), WEIGHTS.help],
  ];
}

function exampleOf({ examples }: Transform): Choice["example"] {
  const shown = examples.find((one) => "gives" in one && valuesOf(one).length > 0);
  if (shown === undefined || !("gives" in shown)) return null;
  return { from: quoted(valuesOf(shown)), to: quoted(shown.gives) };
}

function valuesOf(example: Example<unknown>): readonly FieldValue[] {
  return "forward" in example ? example.forward : example.backward;
}

/** Examples of one value each stand side by side; the first two are enough. */
function quoted(values: readonly FieldValue[]): string {
  return values
    .slice(0, 2)
    .map((value) => quoteValue(value, 24))
    .join(", ");
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
