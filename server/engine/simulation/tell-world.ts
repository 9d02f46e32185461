import { onOwnDatabase } from "./own-database.ts";
import { playWorld } from "./play-world.ts";
import { readWorld } from "./world-file.ts";

/** Plays a world file and prints what came of it as JSON. @returns how much is wrong with it */
export async function tellWorld(path: string): Promise<number> {
  const world = await readWorld(path);
  const result = await onOwnDatabase((url) => playWorld(url, world));
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return result.problems.length;
}
