import { parseArgs } from "node:util";
import { checkProtections } from "./check-protections.ts";
import { without } from "./without.ts";

/**
 * `npm run simulate -- --seed 42 [--seeds 1000] [--keep] [--verbose]`: plays seeds and tells what
 * failed. `--without NAME` plays them without a protection of the engine's; `--protections` takes
 * away one after the other, and tells which seed noticed.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    without: { type: "string" },
    protections: { type: "boolean", default: false },
  },
});
if (values.without !== undefined) without(values.without);
// Not at the top: a protection is taken away from what is loaded after it.
const { playSeeds } = await import("./play-seeds.ts");
const first = Number(values.seed);
const count = Number(values.seeds);
const failed = values.protections
  ? await checkProtections(first, count)
  : await playSeeds({ first, count, verbose: values.verbose, keep: values.keep });
if (failed > 0) process.exitCode = 1;
