import type { Stage } from "../../accept/stage/stage.ts";
import type { Transaction } from "../../db/client.ts";
import { insertSystem, saveObjects, savePauses } from "../../server/storage/systems.ts";
import type { LargeMap } from "./large-map.ts";

const NOW = "2026-01-01T00:00:00.000Z";

/** Publishes a map whose systems are known and paused: nothing but the studio is measured. */
export async function publishLargeMap({ hub }: Stage, map: LargeMap): Promise<void> {
  await hub.sql.begin(async (tx: Transaction) => {
    for (const [id, schema] of map.schemas) {
      const settings = { url: "postgres://nobody@127.0.0.1:1/none" };
      await insertSystem(tx, {
        id,
        connector: "postgres",
        settings,
        secrets: null,
        createdAt: NOW,
      });
      await savePauses(tx, id, { reading: true, writing: true });
      await saveObjects(tx, id, [schema], NOW);
    }
    await tx`
      insert into map_versions (number, document, author, note, published_at)
      values (1, ${JSON.stringify(map.document)}::text::jsonb, 'bench', 'bench', ${NOW})`;
  });
}
