import { listInvitations, listPeople } from "../../storage/people.ts";
import { adminProcedure } from "../trpc.ts";

/** Who has access, and who has been invited. */
export const list = adminProcedure.query(async ({ ctx }) => {
  const { sql } = ctx.hub;
  const [people, invitations] = await Promise.all([
    listPeople(sql),
    listInvitations(sql, ctx.clock.now().toISOString()),
  ]);
  return { people, invitations, self: ctx.person.id };
});
