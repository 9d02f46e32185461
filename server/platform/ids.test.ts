import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Clock, systemClock } from "./clock.ts";
import { createIdSource } from "./ids.ts";
import { createSeededRandom } from "./random.ts";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A clock that shows the given moments one after the other, then stays. */
function clockShowing(...momentsMs: number[]): Clock {
  let shown = 0;
  const now = () => new Date(momentsMs[Math.min(shown++, momentsMs.length - 1)] ?? 0);
  return { ...systemClock, now };
}

describe("an id source", () => {
  test("gives UUIDs of version 7 that start with the time", () => {
    const ids = createIdSource(clockShowing(0x0190_1234_5678), createSeededRandom(1));
    const id = ids.next();
    expect(id).toMatch(UUID_V7);
    expect(id.startsWith("01901234-5678-7")).toBe(true);
  });

  test("gives rising ids whatever the clock does", () => {
    const moments = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(moments, fc.integer(), (momentsMs, seed) => {
        const source = createIdSource(clockShowing(...momentsMs), createSeededRandom(seed));
        const ids = momentsMs.map(() => source.next());
        expect(ids).toEqual(ids.toSorted());
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test("goes on rising when one millisecond holds more ids than the counter", () => {
    const source = createIdSource(clockShowing(1_000), createSeededRandom(3));
    const ids = Array.from({ length: 10_000 }, () => source.next());
    expect(ids).toEqual(ids.toSorted());
    expect(ids.every((id) => UUID_V7.test(id))).toBe(true);
  });

  test("repeats itself to the letter with the same clock and seed", () => {
    const make = () => createIdSource(clockShowing(5, 5, 6), createSeededRandom(9));
    const [one, other] = [make(), make()];
    expect([one.next(), one.next(), one.next()]).toEqual([
      other.next(),
      other.next(),
      other.next(),
    ]);
  });
});
