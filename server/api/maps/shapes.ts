import { z } from "zod";
import { readDraft } from "../../storage/drafts.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { readSchemas } from "../../storage/systems.ts";
import { viewerProcedure } from "../trpc.ts";

/** What the objects bound to an entity look like, in the draft or live, by system and name. */
export const shapes = viewerProcedure
  .input(z.object({ entity: z.string() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const [draft, live, schemas] = await Promise.all([
      readDraft(sql),
      readLiveVersion(sql),
      readSchemas(sql),
    ]);
    const bindings = [...draft.document.bindings, ...(live?.document.bindings ?? [])];
    const bound = new Set(
      bindings
        .filter(({ entity }) => entity === input.entity)
        .map(({ system, object }) => `${system} ${object}`),
    );
    return Object.entries(schemas).flatMap(([system, objects]) =>
      objects
        .filter(({ name }) => bound.has(`${system} ${name}`))
        .map((object) => ({ system, object })),
    );
  });
