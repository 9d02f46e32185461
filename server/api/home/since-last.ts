import { happeningsAfter } from "../../storage/screens/home.ts";
import { noteVisit } from "../../storage/visits.ts";
import { viewerProcedure } from "../trpc.ts";

/**
 * What people did since this person was last here. Asking is what makes the visit: the question
 * is asked whenever Home stands open.
 */
export const sinceLast = viewerProcedure.query(async ({ ctx }) => {
  const { sql } = ctx.hub;
  const since = await noteVisit(sql, ctx.person.id, ctx.clock.now().toISOString());
  const happenings = await happeningsAfter(sql, since ?? ctx.person.since);
  return { since, happenings };
});
