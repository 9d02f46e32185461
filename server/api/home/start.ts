import { readDraft } from "../../storage/drafts.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { systemFacts } from "../../storage/screens/home.ts";
import { viewerProcedure } from "../trpc.ts";

/** How far a new installation has come: connect, map, publish. */
export const start = viewerProcedure.query(async ({ ctx }) => {
  const { sql } = ctx.hub;
  const [systems, draft, live] = await Promise.all([
    systemFacts(sql),
    readDraft(sql),
    readLiveVersion(sql),
  ]);
  const { entities, bindings } = draft.document;
  return {
    systems: systems.length,
    /** Entities that at least two systems are bound to: something can flow. */
    mapped: entities.filter(
      ({ id }) =>
        bindings.filter(({ entity, edges }) => entity === id && edges.length > 0).length > 1,
    ).length,
    published: live?.number ?? 0,
  };
});
