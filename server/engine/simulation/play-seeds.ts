import { createTestDatabase } from "../../testing/database.ts";
import { setup } from "../../testing/postgres.setup.ts";
import type { Cut } from "./cut.ts";
import { type Outcome, runSeed } from "./run.ts";
import { type Shrunk, shrink } from "./shrink.ts";
import { gapsOf, Tally, tallyTable } from "./tally.ts";
import type { ThemeName } from "./themes.ts";

export type SeedsToPlay = {
  readonly first: number;
  readonly count: number;
  /** Plays seeds until so much time is over, instead of a number of them. */
  readonly forMs: number | null;
  /** Every seed is played under this theme instead of its own. */
  readonly theme: ThemeName | undefined;
  /** In every seed some systems sync a part of their rows only. */
  readonly scoped: boolean | undefined;
  /** Prints the good ones' stories too. */
  readonly verbose: boolean;
  /** Goes on after one that failed. */
  readonly keep: boolean;
  /** Plays each seed twice: both must tell the same. */
  readonly twice: boolean;
  /** Looks for the smallest part of the first failing run that fails too. */
  readonly shrinks: boolean;
  /** Prints what went wrong beside what was checked. */
  readonly table: boolean;
  /** Only a part of each run. */
  readonly part: Partial<Pick<Cut, "steps" | "calm" | "systems">>;
};

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Plays seeds, printing the story of each that fails. @returns how many did */
export async function playSeeds(how: SeedsToPlay): Promise<number> {
  const stop = await setup();
  const database = await createTestDatabase();
  const sum = { played: 0, failed: 0, counts: {} as Record<string, number>, tally: new Tally() };
  const begun = performance.now();
  // Whoever ends it early is told what was played until then.
  const stopped = new AbortController();
  process.once("SIGINT", () => stopped.abort());
  const isOver = () =>
    stopped.signal.aborted ||
    (how.forMs === null ? sum.played >= how.count : performance.now() - begun >= how.forMs);
  try {
    for (let seed = how.first; !isOver(); seed += 1) {
      const outcome = await playOne(database.url, seed, how);
      sum.played += 1;
      sum.tally.take(outcome.tally);
      for (const [name, n] of Object.entries(outcome.counts)) {
        sum.counts[name] = (sum.counts[name] ?? 0) + n;
      }
      if (outcome.problems.length === 0) continue;
      sum.failed += 1;
      if (how.shrinks) tellShrunk(await shrinkSeed(database.url, outcome, how), how);
      if (!how.keep) break;
    }
  } finally {
    await database.drop();
    await stop();
  }
  if (how.table) printTable(sum.tally, sum.played);
  const ms = Math.round(performance.now() - begun);
  const { user, system } = process.cpuUsage();
  const cpuMs = Math.round((user + system) / 1_000);
  print(
    `${sum.played} seeds from ${how.first} in ${ms} ms (${cpuMs} ms of this processor), ` +
      `${sum.failed} failed ${JSON.stringify(sum.counts)}`,
  );
  return sum.failed;
}

async function playOne(url: string, seed: number, how: SeedsToPlay): Promise<Outcome> {
  const { theme, part, scoped } = how;
  const whole = await runSeed(url, seed, { theme, scoped });
  const isPart = Object.keys(part).length > 0;
  const played = isPart
    ? await runSeed(url, seed, { theme, scoped, cut: cutOf(whole, part) })
    : whole;
  const outcome = how.twice && !isPart ? await again(url, seed, played, how) : played;
  if (outcome.problems.length > 0 || how.verbose) for (const one of outcome.story) print(one);
  if (outcome.problems.length > 0) {
    print(`Seed ${seed} (${outcome.theme}) failed:`);
    for (const problem of outcome.problems) print(`  ${problem}`);
  }
  return outcome;
}

function cutOf(whole: Outcome, part: SeedsToPlay["part"]): Cut {
  const steps = whole.places.map((_, step) => step);
  return { steps, calm: [], systems: whole.systems, places: whole.places, ...part };
}

async function again(
  url: string,
  seed: number,
  first: Outcome,
  { theme, scoped }: SeedsToPlay,
): Promise<Outcome> {
  const second = await runSeed(url, seed, { theme, scoped });
  if (second.digest === first.digest) return first;
  const at = first.story.findIndex((sentence, line) => second.story[line] !== sentence);
  const problem = `told twice it is another story, from here on: ${first.story[at]}`;
  return { ...first, problems: [...first.problems, problem] };
}

async function shrinkSeed(
  url: string,
  failed: Outcome,
  { scoped }: SeedsToPlay,
): Promise<Shrunk<Outcome>> {
  const { seed, theme } = failed;
  // A part may be none: without a system its map perhaps cannot be published.
  const none = { ...failed, problems: [] };
  return await shrink(failed, (cut) =>
    runSeed(url, seed, { theme, scoped, cut }).catch(() => none),
  );
}

/** The smallest story that was found, and how to play it again. */
function tellShrunk({ cut, outcome, runs }: Shrunk<Outcome>, { scoped }: SeedsToPlay): void {
  print("");
  print(`The smallest part that fails too (${runs} runs):`);
  for (const sentence of outcome.story) print(sentence);
  for (const problem of outcome.problems) print(`  ${problem}`);
  const calm = cut.calm.filter((step) => cut.steps.includes(step));
  print(
    `npm run simulate -- --seed ${outcome.seed} --theme ${outcome.theme}` +
      ` --systems ${cut.systems.join(",")} --steps ${cut.steps.join(",")}` +
      (calm.length === 0 ? "" : ` --calm ${calm.join(",")}`) +
      (scoped === true ? " --scoped" : ""),
  );
}

function printTable(tally: Tally, played: number): void {
  print(`What went wrong in ${played} seeds, and how much was checked while or after it did.`);
  print("");
  print(tallyTable(tally));
  const gaps = gapsOf(tally);
  print("");
  print(gaps.length === 0 ? "There is no gap." : `Never together: ${gaps.join(", ")}.`);
}
