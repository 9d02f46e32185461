import { createTestDatabase } from "../../testing/database.ts";
import { setup } from "../../testing/postgres.setup.ts";
import { playWorld } from "./play-world.ts";
import { readWorld } from "./world-file.ts";

/** Plays a world file and prints what came of it as JSON. @returns how much is wrong with it */
export async function tellWorld(path: string): Promise<number> {
  const world = await readWorld(path);
  const stop = await setup();
  const database = await createTestDatabase();
  try {
    const result = await playWorld(database.url, world);
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return result.problems.length;
  } finally {
    await database.drop();
    await stop();
  }
}
