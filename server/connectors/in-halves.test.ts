import fc from "fast-check";
import { expect, test } from "vitest";
import { inHalves } from "./in-halves.ts";

test("every good row is written once and every bad one refused, whichever they are", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), async (good) => {
      const rows = good.map((isGood, place) => ({ isGood, place }));
      const written: number[] = [];
      const results = await inHalves(rows, async (part) => {
        const isRefused = part.some(({ isGood }) => !isGood);
        if (isRefused) return part.length > 1 ? null : [`refused ${part[0]?.place}`];
        written.push(...part.map(({ place }) => place));
        return part.map(({ place }) => `written ${place}`);
      });
      expect(results).toEqual(
        rows.map(({ isGood, place }) => `${isGood ? "written" : "refused"} ${place}`),
      );
      expect(written).toEqual(rows.filter(({ isGood }) => isGood).map(({ place }) => place));
    }),
  );
});
