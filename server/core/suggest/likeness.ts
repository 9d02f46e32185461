import { conceptOf, wordsOfCompound, wordsOfRun } from "./concepts.ts";

/** How much a word says of a name, from 0 to 1: one that every name has says little. */
export type Rarity = (word: string) => number;

const ALL_SAY_THE_SAME: Rarity = () => 1;

/**
 * How alike two names are, from 0 to 1: 1 is the same name spelled otherwise, or in another
 * language.
 *
 * "list_price", "List price" => 1; "unit_price", "Price" => 0.7
 */
export function likeness(a: string, b: string): number {
  return likenessOfWords(wordsOf(a), wordsOf(b), ALL_SAY_THE_SAME);
}

/** The same of names that were cut into words before, as `wordsOf` does. */
export function likenessOfWords(
  left: readonly string[],
  right: readonly string[],
  rarity: Rarity,
): number {
  if (left.length === 0 || right.length === 0) return 0;
  if (left.join("") === right.join("")) return 1;
  const shared = weigh(matched(left, right), rarity);
  if (shared === 0) return isPartOf(left, right) ? 0.4 : 0;
  const all = weigh(left, rarity) + weigh(right, rarity) - shared;
  return Math.min(1, Math.round((0.4 + 0.6 * (shared / all)) * 100) / 100);
}

/** Words of both: each word of one is met by one word of the other at most. */
function matched(left: readonly string[], right: readonly string[]): string[] {
  const open = [...right];
  const found: string[] = [];
  for (const word of left) {
    const exact = open.indexOf(word);
    const at = exact >= 0 ? exact : open.findIndex((other) => isSameWord(word, other));
    if (at < 0) continue;
    const [other = ""] = open.splice(at, 1);
    // The same word is taken whichever side is asked first.
    found.push(word < other ? word : other);
  }
  return found;
}

function weigh(words: readonly string[], rarity: Rarity): number {
  return words.reduce((sum, word) => sum + rarity(word), 0);
}

function isPartOf(left: readonly string[], right: readonly string[]): boolean {
  const [a, b] = [left.join(""), right.join("")];
  return Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a));
}

/** Of the names of two tables: a word that n of one table's names have says 1/n of them. */
export function rarityAmong(...tables: readonly (readonly (readonly string[])[])[]): Rarity {
  const most = new Map<string, number>();
  for (const names of tables) {
    const counts = new Map<string, number>();
    for (const words of names) {
      for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    for (const [word, count] of counts) most.set(word, Math.max(most.get(word) ?? 1, count));
  }
  return (word) => 1 / (most.get(word) ?? 1);
}

const HAN = /\p{Script=Han}+/gu;

/** "unitPrice (net)" => "unit", "price", "net"; what means the same is the same word. */
export function wordsOf(name: string, means: (word: string) => string = conceptOf): string[] {
  return name
    .normalize("NFKC")
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/\be-mail\b/g, "email")
    .replace(HAN, (run) => ` ${wordsOfRun(run).join(" ")} `)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .flatMap(wordsOfCompound)
    .map(means);
}

function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  // "prices" and "price", "cust" and "customer".
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short);
}

/** The names of `among` that are like `name`, the most alike first; with their likeness. */
export function mostAlike<Named>(
  name: string,
  among: readonly Named[],
  nameOf: (one: Named) => readonly string[],
): { readonly one: Named; readonly score: number }[] {
  return among
    .map((one) => ({
      one,
      score: Math.max(0, ...nameOf(one).map((other) => likeness(name, other))),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
}
