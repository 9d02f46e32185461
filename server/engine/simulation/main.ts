import { parseArgs } from "node:util";
import { createTestDatabase } from "../../testing/database.ts";
import { setup } from "../../testing/postgres.setup.ts";
import { runSeed } from "./run.ts";

/**
 * `npm run simulate -- --seed 42 [--seeds 1000] [--verbose]`: plays seeds and tells what failed.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const stop = await setup();
const database = await createTestDatabase();
let failed = 0;
const totals: Record<string, number> = {};
const begun = performance.now();
try {
  const first = Number(values.seed);
  const count = Number(values.seeds);
  for (let seed = first; seed < first + count; seed += 1) {
    const { problems, story, counts } = await runSeed(database.url, seed);
    for (const [name, n] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + n;
    if (problems.length === 0 && !values.verbose) continue;
    for (const sentence of story) print(sentence);
    if (problems.length === 0) continue;
    failed += 1;
    print(`Seed ${seed} failed:`);
    for (const problem of problems) print(`  ${problem}`);
    if (!values.keep) break;
  }
} finally {
  await database.drop();
  await stop();
}
print(`${Math.round(performance.now() - begun)} ms ${JSON.stringify(totals)}, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
