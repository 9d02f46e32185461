import type { ColumnValue, FieldType } from "../values/field-value.ts";
import { formatValue } from "../values/format-value.ts";
import { type Kind, type NormalForm, normalForm } from "./normal-form.ts";

/** What is known of one side of a pair: a column, or a field. */
export type Side = {
  /** What it is called; a field has its name and its id. */
  readonly names: readonly string[];
  readonly type: FieldType;
  /** Values of real rows or records, in any order; none where nobody could look. */
  readonly values: readonly ColumnValue[];
};

/** How often each of a set of things occurs: shares, which sum to 1. */
export type Shares = ReadonlyMap<string, number>;

/** What the values of one side have in common. */
export type Profile = {
  /** Values that say something. */
  readonly count: number;
  readonly distinct: number;
  readonly kinds: Shares;
  /** "2022-03-27" => "9-9-9", "iPhone" => "aA a": how values are built. */
  readonly shapes: Shares;
  readonly characters: Shares;
  /** Mean length in characters, as its logarithm. */
  readonly length: number;
  /** By key: how many of the values mean it, as shares, and one of them as its system has it. */
  readonly keys: ReadonlyMap<string, { readonly share: number; readonly example: ColumnValue }>;
  readonly words: Shares;
  /** Of numbers: at 10, 50 and 90 %; null where they are not numbers. */
  readonly quantiles: readonly [number, number, number] | null;
};

/** Bounds of what is looked at: a suggestion is a glance. */
const VALUES_MAX = 500;
const KEYS_MAX = 300;
const WORDS_MAX = 600;
const SHAPES_MAX = 60;
const CHARACTERS_MAX = 200;

export function profileOf(values: readonly ColumnValue[]): Profile {
  const seen = new Seen();
  for (const value of values.slice(0, VALUES_MAX)) {
    const form = normalForm(value);
    if (form !== null) seen.add(value, form);
  }
  const count = seen.kinds.total;
  const keys = seen.keys.shares(KEYS_MAX);
  return {
    ...{ count, distinct: seen.examples.size },
    kinds: seen.kinds.shares(),
    shapes: seen.shapes.shares(SHAPES_MAX),
    characters: seen.characters.shares(),
    length: count === 0 ? 0 : seen.length / count,
    keys: new Map(
      [...keys].map(([key, share]) => [key, { share, example: seen.examples.get(key) ?? null }]),
    ),
    words: seen.words.shares(WORDS_MAX),
    quantiles: seen.numbers.length * 2 > count ? quantilesOf(seen.numbers) : null,
  };
}

class Tally {
  total = 0;
  readonly #counts = new Map<string, number>();

  add(thing: string): void {
    this.#counts.set(thing, (this.#counts.get(thing) ?? 0) + 1);
    this.total += 1;
  }

  /** The most frequent first; of equally frequent ones the smaller, whatever came first. */
  shares(countMax = Number.POSITIVE_INFINITY): Shares {
    const counts = [...this.#counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    return new Map(counts.slice(0, countMax).map(([thing, count]) => [thing, count / this.total]));
  }
}

/** What was seen of values, one by one. */
class Seen {
  readonly kinds = new Tally();
  readonly shapes = new Tally();
  readonly characters = new Tally();
  readonly words = new Tally();
  readonly keys = new Tally();
  /** The smallest spelling of each key, so that the order of values makes no difference. */
  readonly examples = new Map<string, ColumnValue>();
  readonly numbers: number[] = [];
  length = 0;

  add(value: ColumnValue, { kind, key, number }: NormalForm): void {
    this.kinds.add(kind);
    this.keys.add(key);
    const known = this.examples.get(key);
    if (known === undefined || formatValue(value) < formatValue(known)) {
      this.examples.set(key, value);
    }
    if (number !== undefined) this.numbers.push(number);
    const text = formatValue(value).trim();
    this.shapes.add(shapeOf(text));
    for (const character of text.slice(0, CHARACTERS_MAX)) {
      this.characters.add(characterClass(character));
    }
    for (const word of wordsIn(key, kind)) this.words.add(word);
    this.length += Math.log1p(text.length);
  }
}

function shapeOf(text: string): string {
  return text
    .slice(0, 60)
    .replace(/\p{Nd}+/gu, "9")
    .replace(/\p{Script=Han}+/gu, "字")
    .replace(/\p{Lu}+/gu, "A")
    .replace(/[\p{Ll}\p{Lo}\p{M}]+/gu, (run) => (run.includes("字") ? run : "a"))
    .replace(/\s+/g, " ");
}

function characterClass(character: string): string {
  if (/\p{Nd}/u.test(character)) return "digit";
  if (/\p{Script=Han}/u.test(character)) return "han";
  if (/\p{Lu}/u.test(character)) return "capital";
  if (/\p{L}/u.test(character)) return "letter";
  return /\s/.test(character) ? "space" : character;
}

/** Words of a text; pairs of neighbours where a script has no spaces between words. */
function wordsIn(key: string, kind: Kind): string[] {
  if (kind !== "words" && kind !== "prose" && kind !== "other") return [];
  return key.split(/[^\p{L}\p{N}]+/u).flatMap((word) => {
    if (!/\p{Script=Han}/u.test(word)) return word.length > 1 ? [word] : [];
    const characters = [...word];
    return characters.slice(1).map((second, at) => `${characters[at]}${second}`);
  });
}

function quantilesOf(numbers: readonly number[]): [number, number, number] {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [at(0.1), at(0.5), at(0.9)];
}
