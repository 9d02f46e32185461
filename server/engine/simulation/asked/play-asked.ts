import { openHub } from "../../../../db/client.ts";
import { playMap, playOnce } from "../own-map/play-map.ts";
import { readWorld } from "../world-file.ts";
import { drawAsked } from "./draw-asked.ts";

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Plays a world file and tells what is wrong with it, if anything. @returns how much */
export async function judgeWorld(url: string, path: string): Promise<number> {
  const hub = openHub(url, 4);
  try {
    const { problems, story } = await playOnce(hub, await readWorld(path));
    if (problems.length === 0) return 0;
    print(`Seed 1 (world) failed:\n${problems.map((one) => `  ${one}`).join("\n")}`);
    print(story.join("\n"));
    return problems.length;
  } finally {
    await hub.close();
  }
}

export type AskedToPlay = {
  readonly first: number;
  readonly count: number;
  readonly forMs: number | null;
  /** Goes on after one that failed. */
  readonly keep: boolean;
  /** Looks for the smallest schedule that fails too. */
  readonly shrinks: boolean;
};

/**
 * Plays schedules between systems without a log, and tells those that fail.
 * @param url a hub to empty
 * @returns how many failed
 */
export async function playAsked(url: string, how: AskedToPlay): Promise<number> {
  const begun = performance.now();
  const isOver = (played: number) =>
    how.forMs === null ? played >= how.count : performance.now() - begun >= how.forMs;
  let [played, failed] = [0, 0];
  for (; !isOver(played) && (how.keep || failed === 0); played += 1) {
    const seed = how.first + played;
    const { signal } = new AbortController();
    const one = { first: seed, count: 1, forMs: null, signal, shrinks: how.shrinks };
    const { found } = await playMap(url, { ...(await drawAsked(seed)), ...one });
    if (found === null) continue;
    failed += 1;
    print(`Seed ${seed} (asked) failed:\n${found.problems.map((one) => `  ${one}`).join("\n")}`);
    print(`${found.story.join("\n")}\n${JSON.stringify(found.world.systems)}`);
  }
  print(`${played} schedules, ${failed} failed`);
  return failed;
}
