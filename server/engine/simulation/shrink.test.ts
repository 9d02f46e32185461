import { expect, test } from "vitest";
import type { RandomPlace } from "../../platform/random.ts";
import type { Cut } from "./cut.ts";
import { type Failed, shrink } from "./shrink.ts";

const places = Array.from({ length: 60 }, (_, step): RandomPlace => [step, 0, 0, 0]);
const systems = ["alpha", "beta", "gamma"];
const failed: Failed = { problems: ["row 7 of beta is nobody's"], places, systems };

/** A run that fails whenever these take part. */
const failsWith =
  (needed: { steps: number[]; rough: number[]; systems: string[] }) =>
  async ({ steps, calm, systems: some }: Cut): Promise<Failed> => {
    const fails =
      needed.steps.every((step) => steps.includes(step)) &&
      needed.rough.every((step) => steps.includes(step) && !calm.includes(step)) &&
      needed.systems.every((system) => some.includes(system));
    return { ...failed, problems: fails ? ["row 12 of beta is nobody's"] : [] };
  };

test("a failing run is shrunk to the steps, accidents and systems that it takes", async () => {
  const needed = { steps: [9, 41], rough: [41], systems: ["beta", "gamma"] };
  const { cut } = await shrink(failed, failsWith(needed));
  expect(cut.steps).toEqual([9, 41]);
  expect(cut.steps.filter((step) => !cut.calm.includes(step))).toEqual([41]);
  expect(cut.systems).toEqual(["beta", "gamma"]);
});

test("where nobody need do anything no step is left", async () => {
  const { cut, runs } = await shrink(failed, failsWith({ steps: [], rough: [], systems: [] }));
  expect(cut.steps).toEqual([]);
  expect(runs).toBeLessThan(10);
});

test("a part that fails in another way is not the same failure", async () => {
  const { cut } = await shrink(failed, async ({ steps }) => ({
    ...failed,
    problems: steps.length < 60 ? ["it did not come to rest in 80 rounds"] : failed.problems,
  }));
  expect(cut.steps).toHaveLength(60);
});
