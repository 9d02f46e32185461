import { happeningsAfter, peopleNames } from "../../storage/screens/home.ts";
import { noteVisit } from "../../storage/visits.ts";
import { viewerProcedure } from "../trpc.ts";

/**
 * What people did since this person was last here. Asking is what makes the visit: the question
 * is asked whenever Home stands open.
 */
export const sinceLast = viewerProcedure.query(async ({ ctx }) => {
  const { sql } = ctx.hub;
  const since = await noteVisit(sql, ctx.person.id, ctx.clock.now().toISOString());
  const [happenings, names] = await Promise.all([
    happeningsAfter(sql, since ?? ctx.person.since),
    peopleNames(sql),
  ]);
  return { since, happenings: happenings.map((one) => ({ ...one, by: nameOf(one.by, names) })) };
});

/** "person:ana@example.com" => "Ana Lima"; who is gone keeps their e-mail. */
function nameOf(by: string, names: ReadonlyMap<string, string>): string {
  if (by === "engine") return "The engine";
  const email = by.replace(/^person:/, "");
  return names.get(email) ?? email;
}
