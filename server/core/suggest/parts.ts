import type { FieldType } from "../values/field-value.ts";
import type { Profile, Shares } from "./profile.ts";

/** What speaks for a pair, each from 0 (nothing) to 1; 0.5 where nobody knows. */
export const PARTS = ["name", "type", "pattern", "values", "spread"] as const;
export type Part = (typeof PARTS)[number];
export type Parts = Readonly<Record<Part, number>>;

export const UNKNOWN = 0.5;

/** Kinds of values that stand for each other where systems write things otherwise. */
const FAMILY: Readonly<Record<string, string>> = {
  number: "number",
  measure: "number",
  date: "time",
  moment: "time",
  time: "time",
  words: "text",
  prose: "text",
  other: "text",
};

/** The kind of values that a declared type has; of a text nobody knows. */
const KIND_OF_TYPE: Partial<Readonly<Record<FieldType, string>>> = {
  integer: "number",
  decimal: "number",
  money: "measure",
  quantity: "measure",
  boolean: "boolean",
  date: "date",
  time: "time",
  instant: "moment",
};

export type Known = { readonly profile: Profile; readonly type: FieldType };

/** How alike the kinds of values are: what they look like, else what their types say. */
export function typeLikeness(a: Known, b: Known): number {
  const [left, right] = [kindsOf(a), kindsOf(b)];
  if (left.size === 0 || right.size === 0) return UNKNOWN;
  return 0.5 * common(left, right) + 0.5 * common(families(left), families(right));
}

function kindsOf({ profile, type }: Known): Shares {
  if (profile.count > 0) return profile.kinds;
  const kind = KIND_OF_TYPE[type];
  return new Map(kind === undefined ? [] : [[kind, 1]]);
}

function families(kinds: Shares): Shares {
  const sums = new Map<string, number>();
  for (const [kind, share] of kinds) {
    const family = FAMILY[kind] ?? kind;
    sums.set(family, (sums.get(family) ?? 0) + share);
  }
  return sums;
}

/** How alike values are built: their shapes, their characters, their lengths. */
export function patternLikeness(a: Profile, b: Profile): number {
  if (a.count === 0 || b.count === 0) return UNKNOWN;
  const shape = common(a.shapes, b.shapes);
  const characters = common(a.characters, b.characters);
  const length = Math.exp(-Math.abs(a.length - b.length));
  return (shape + characters + length) / 3;
}

/** With so many values in common half of what they say is believed. */
const HALF_BELIEVED = 2;

/**
 * How much of the values is the same. A few that everybody has, as yes and no, say little: the
 * more different ones are shared, the more it counts.
 */
export function valueLikeness(a: Profile, b: Profile): number {
  if (a.count === 0 || b.count === 0) return UNKNOWN;
  const [small, large] = a.keys.size <= b.keys.size ? [a.keys, b.keys] : [b.keys, a.keys];
  let [shared, ofSmall, ofLarge] = [0, 0, 0];
  for (const [key, { share }] of small) {
    const other = large.get(key);
    if (other === undefined) continue;
    shared += 1;
    ofSmall += share;
    ofLarge += other.share;
  }
  const believed = shared / (shared + HALF_BELIEVED);
  const same = believed * Math.max(Math.sqrt(ofSmall * ofLarge), 0.8 * Math.max(ofSmall, ofLarge));
  return Math.min(1, Math.max(same, 0.7 * cosine(a.words, b.words)));
}

/** How alike numbers lie: the same sizes, whatever they count. */
export function spreadLikeness(a: Profile, b: Profile): number {
  if (a.quantiles === null || b.quantiles === null) return UNKNOWN;
  const [left, right] = [a.quantiles.map(sizeOf), b.quantiles.map(sizeOf)];
  const apart = left.reduce((sum, size, at) => sum + Math.abs(size - (right[at] ?? 0)), 0);
  return Math.exp(-apart / left.length);
}

function sizeOf(number: number): number {
  return Math.sign(number) * Math.log10(1 + Math.abs(number));
}

/** The share that two distributions have in common. */
function common(a: Shares, b: Shares): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [thing, share] of small) sum += Math.min(share, large.get(thing) ?? 0);
  return Math.min(1, sum);
}

function cosine(a: Shares, b: Shares): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let dot = 0;
  for (const [thing, share] of small) dot += share * (large.get(thing) ?? 0);
  const norm = Math.sqrt(squares(a) * squares(b));
  return norm === 0 ? 0 : Math.min(1, dot / norm);
}

function squares(shares: Shares): number {
  let sum = 0;
  for (const share of shares.values()) sum += share * share;
  return sum;
}

/** Of the values of `a`, the share that also occurs in `b`. */
export function shareFound(a: Profile, b: Profile): number {
  let found = 0;
  for (const [key, { share }] of a.keys) if (b.keys.has(key)) found += share;
  return Math.min(1, found);
}
