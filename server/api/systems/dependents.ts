import { z } from "zod";
import { EMPTY_MAP } from "../../core/map/document.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { countDependents } from "../../storage/screens/systems.ts";
import { viewerProcedure } from "../trpc.ts";
import { bindingsOf } from "./bindings.ts";

/** What depends on a system: to be read before it is removed. */
export const dependents = viewerProcedure
  .input(z.object({ system: z.string() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const [live, draft, counts] = await Promise.all([
      readLiveVersion(sql),
      readDraft(sql),
      countDependents(sql, input.system),
    ]);
    return {
      ...counts,
      live: bindingsOf(live?.document ?? EMPTY_MAP, input.system),
      draft: bindingsOf(draft.document, input.system),
      isInDraft: draft.document.systems.some(({ id }) => id === input.system),
    };
  });
