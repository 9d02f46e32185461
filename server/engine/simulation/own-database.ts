import { createTestDatabase } from "../../testing/database.ts";
import { setup } from "../../testing/postgres.setup.ts";

/** Works with an empty hub of a PostgreSQL that is started for it, and thrown away after it. */
export async function onOwnDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const stop = await setup();
  try {
    const database = await createTestDatabase();
    try {
      return await work(database.url);
    } finally {
      await database.drop();
    }
  } finally {
    await stop();
  }
}
