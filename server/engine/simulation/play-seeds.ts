import { createTestDatabase } from "../../testing/database.ts";
import { setup } from "../../testing/postgres.setup.ts";
import { runSeed } from "./run.ts";

/** Plays seeds, printing the story of each that fails. @returns how many did */
export async function playSeeds(how: {
  readonly first: number;
  readonly count: number;
  /** Prints the good ones' stories too. */
  readonly verbose: boolean;
  /** Goes on after one that failed. */
  readonly keep: boolean;
}): Promise<number> {
  const { first, count, verbose, keep } = how;
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const stop = await setup();
  const database = await createTestDatabase();
  let failed = 0;
  const totals: Record<string, number> = {};
  const begun = performance.now();
  try {
    for (let seed = first; seed < first + count; seed += 1) {
      const { problems, story, counts } = await runSeed(database.url, seed);
      for (const [name, n] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + n;
      if (problems.length === 0 && !verbose) continue;
      for (const sentence of story) print(sentence);
      if (problems.length === 0) continue;
      failed += 1;
      print(`Seed ${seed} failed:`);
      for (const problem of problems) print(`  ${problem}`);
      if (!keep) break;
    }
  } finally {
    await database.drop();
    await stop();
  }
  print(`${Math.round(performance.now() - begun)} ms ${JSON.stringify(totals)}, ${failed} failed`);
  return failed;
}
