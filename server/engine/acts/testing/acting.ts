import { openHub } from "../../../../db/client.ts";
import { systemClock } from "../../../platform/clock.ts";
import { createIdSource } from "../../../platform/ids.ts";
import { createSeededRandom } from "../../../platform/random.ts";
import { createTestDatabase } from "../../../testing/database.ts";
import type { ActContext } from "../context.ts";

export type Acting = {
  readonly url: string;
  /** The context of somebody's acts, on a database of this test's own. */
  as(person: string): ActContext;
  end(): Promise<void>;
};

export async function createActing(): Promise<Acting> {
  const database = await createTestDatabase();
  const hub = openHub(database.url, 4);
  const ids = createIdSource(systemClock, createSeededRandom(7));
  return {
    url: database.url,
    as: (person) => ({ hub, clock: systemClock, ids, person }),
    end: async () => {
      await hub.close();
      await database.drop();
    },
  };
}
