import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSeededRandom, systemRandom } from "./random.ts";

describe("a seeded random source", () => {
  test("gives the same numbers for the same seed", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [one, other] = [createSeededRandom(seed), createSeededRandom(seed)];
        expect(one.bytes(13)).toEqual(other.bytes(13));
        expect(one.fraction()).toBe(other.fraction());
      }),
    );
  });

  test("keeps its numbers from version to version", () => {
    const random = createSeededRandom(42);
    expect(Array.from({ length: 6 }, () => random.integer(0, 99))).toMatchInlineSnapshot(`
      [
        68,
        32,
        82,
        12,
        2,
        53,
      ]
    `);
  });

  test("goes on from a place as it did before", () => {
    const random = createSeededRandom(42);
    random.bytes(9);
    const place = random.place();
    const first = [random.fraction(), random.integer(0, 99), random.fraction()];
    random.goTo(place);
    expect([random.fraction(), random.integer(0, 99), random.fraction()]).toEqual(first);
  });

  test("stays between the bounds of an integer and reaches both", () => {
    const random = createSeededRandom(7);
    const drawn = new Set(Array.from({ length: 1_000 }, () => random.integer(-2, 3)));
    expect([...drawn].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
  });

  test("spreads fractions evenly", () => {
    const random = createSeededRandom(1);
    const tenths = new Array(10).fill(0);
    for (let draw = 0; draw < 10_000; draw++) tenths[Math.floor(random.fraction() * 10)]++;
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

test("the system's source never gives the same 16 bytes twice", () => {
  expect(systemRandom.bytes(16)).not.toEqual(systemRandom.bytes(16));
});
