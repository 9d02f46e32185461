import { openHub } from "../../../../db/client.ts";
import { type MapToPlay, playMap, playOnce } from "../own-map/play-map.ts";
import { readWorld } from "../world-file.ts";
import { drawAsked } from "./draw-asked.ts";
import { drawAwkward } from "./draw-awkward.ts";

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

/** A map and its systems, of which a schedule is drawn. */
export type Drawn = Pick<MapToPlay, "document" | "systems" | "also">;

/** asked: between systems without a log · awkward: rules and habits that the themes do not have */
const KINDS = { asked: drawAsked, awkward: drawAwkward };
export type DrawnKind = keyof typeof KINDS;

export type DrawnToPlay = {
  readonly first: number;
  readonly count: number;
  readonly forMs: number | null;
  /** Goes on after one that failed. */
  readonly keep: boolean;
  /** Looks for the smallest schedule that fails too. */
  readonly shrinks: boolean;
};

/**
 * Plays drawn schedules, and tells those that fail.
 * @param url a hub to empty
 * @returns how many failed
 */
export async function playDrawn(url: string, kind: DrawnKind, how: DrawnToPlay): Promise<number> {
  const begun = performance.now();
  const isOver = (played: number) =>
    how.forMs === null ? played >= how.count : performance.now() - begun >= how.forMs;
  let [played, failed] = [0, 0];
  for (; !isOver(played) && (how.keep || failed === 0); played += 1) {
    const seed = how.first + played;
    const { signal } = new AbortController();
    const one = { first: seed, count: 1, forMs: null, signal, shrinks: how.shrinks };
    const { found } = await playMap(url, { ...(await KINDS[kind](seed)), ...one });
    if (found === null) continue;
    failed += 1;
    print(`Seed ${seed} (${kind}) failed:\n${found.problems.map((one) => `  ${one}`).join("\n")}`);
    print(`${found.story.join("\n")}\n${JSON.stringify(found.world.systems)}`);
  }
  print(`${played} schedules, ${failed} failed`);
  return failed;
}
