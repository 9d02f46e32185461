import { playWorld } from "../play-world.ts";
import { askedWorld, readAskedWorld } from "./asked-world.ts";
import { type PlayTold, WINDOWS } from "./windows.ts";

/**
 * What is not promised, as it is measured on virtual time: lines of a table, the same each time.
 * @param url a hub to empty
 */
export async function measureWindows(url: string): Promise<string[]> {
  const base = await readAskedWorld();
  const play: PlayTold = async (told) => {
    const result = await playWorld(url, askedWorld(base, told));
    if (result.faultsNotReached.length === 0) return result;
    throw new Error(`Never come to: ${JSON.stringify(result.faultsNotReached)}`);
  };
  const lines = ["| window | its size | as measured |", "|---|---|---|"];
  for (const { name, size, measure } of WINDOWS) {
    lines.push(`| ${name} | ${size} | ${await measure(play, base)} |`);
  }
  return lines;
}
