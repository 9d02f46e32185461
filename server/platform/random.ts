import { randomBytes } from "node:crypto";

/** Randomness as the rest of the code may see it, so that a run can be repeated from its seed. */
export interface Random {
  /** A number from 0 (possible) to 1 (not possible). */
  fraction(): number;

  /** A whole number from `min` to `max`, both possible. */
  integer(min: number, max: number): number;

  bytes(count: number): Uint8Array;
}

/** Where a seeded source stands in its numbers. */
export type RandomPlace = readonly [number, number, number, number];

export interface SeededRandom extends Random {
  place(): RandomPlace;

  /** Goes on as it did from there. */
  goTo(place: RandomPlace): void;
}

const TWO_TO_32 = 0x1_0000_0000;

/** The operating system's randomness; good enough for keys. */
export const systemRandom: Random = makeRandom(drawWord);

/** Drawn in pieces of so many bytes: a call for each word costs more than the word. */
const POOL_BYTES = 4_096;
let pool = Buffer.alloc(0);
let poolAt = 0;

function drawWord(): number {
  if (poolAt + 4 > pool.length) {
    pool = randomBytes(POOL_BYTES);
    poolAt = 0;
  }
  const word = pool.readUInt32LE(poolAt);
  poolAt += 4;
  return word;
}

/**
 * The same numbers for the same seed, on every machine; not for keys.
 *
 * `sfc32` (Chris Doty-Humphrey, PractRand), seeded through `splitmix32`.
 */
export function createSeededRandom(seed: number): SeededRandom {
  let mix = seed | 0;
  const splitmix = () => {
    mix = (mix + 0x9e3779b9) | 0;
    let word = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) | 0;
  };
  let [a, b, c, counter] = [splitmix(), splitmix(), splitmix(), 1];
  const random = makeRandom(() => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  });
  return {
    ...random,
    place: () => [a, b, c, counter],
    goTo(place) {
      [a, b, c, counter] = place;
    },
  };
}

/** @param word gives 32 random bits at a time. */
function makeRandom(word: () => number): Random {
  const fraction = () => (word() * 2 ** 21 + (word() >>> 11)) / 2 ** 53;
  return {
    fraction,
    integer: (min, max) => min + integerBelow(max - min + 1, word, fraction),
    bytes: (count) => {
      const bytes = new Uint8Array(Math.ceil(count / 4) * 4);
      const view = new DataView(bytes.buffer);
      for (let offset = 0; offset < count; offset += 4) view.setUint32(offset, word(), true);
      return bytes.subarray(0, count);
    },
  };
}

/** A whole number from 0 to `count - 1`, each as likely as the others. */
function integerBelow(count: number, word: () => number, fraction: () => number): number {
  if (count > TWO_TO_32) return Math.floor(fraction() * count);
  // Words above the last full multiple of `count` would favour the small numbers.
  const limit = TWO_TO_32 - (TWO_TO_32 % count);
  let drawn = word();
  while (drawn >= limit) drawn = word();
  return drawn % count;
}
