import { type Hub, openHub } from "../../../db/client.ts";
import { createTestDatabase } from "../../testing/database.ts";
import { createSmallHub, type Schemas, type SmallHub } from "./small-hub.ts";

const CONNECTIONS = 6;

/**
 * A small hub on a database of its own, for one test file.
 * @param schemas what its systems hold, where it is not what they hold in other tests
 */
export async function openSmallHub(schemas?: Schemas): Promise<{
  readonly hub: Hub;
  readonly small: SmallHub;
  close(): Promise<void>;
}> {
  const database = await createTestDatabase();
  const hub = openHub(database.url, CONNECTIONS);
  const small = await createSmallHub(hub, undefined, schemas);
  return {
    hub,
    small,
    async close() {
      await hub.close();
      await database.drop();
    },
  };
}
