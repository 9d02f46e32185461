import { z } from "zod";
import type { Transaction } from "../../../db/client.ts";
import { ROLES } from "../../core/roles.ts";
import { dropInvitation, holdPerson, removePerson, saveRole } from "../../storage/people.ts";
import type { Services } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { adminProcedure } from "../trpc.ts";

/** Changes what somebody may do, from their next call on. */
export const setRole = adminProcedure
  .input(z.object({ person: z.string(), role: z.enum(ROLES) }))
  .mutation(({ ctx, input }) =>
    onPerson(ctx, input.person, input.role !== "admin", (tx) =>
      saveRole(tx, input.person, input.role, ctx.clock.now().toISOString()),
    ),
  );

/** Ends somebody's access, in every browser. */
export const remove = adminProcedure
  .input(z.object({ person: z.string() }))
  .mutation(({ ctx, input }) =>
    onPerson(ctx, input.person, true, (tx) => removePerson(tx, input.person)),
  );

/** Ends a link that was not used. */
export const withdraw = adminProcedure
  .input(z.object({ invitation: z.string() }))
  .mutation(async ({ ctx, input }) => {
    const found = await dropInvitation(ctx.hub.sql, input.invitation);
    if (!found) throw notFound("invitation", input.invitation);
  });

/** @param endsAdmin afterwards they are no admin: somebody else has to be one */
async function onPerson(
  { hub }: Services,
  id: string,
  endsAdmin: boolean,
  act: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await hub.sql.begin(async (tx) => {
    const person = await holdPerson(tx, id);
    if (person === null) throw notFound("person", id);
    if (endsAdmin && person.isLastAdmin) {
      throw new Problem({
        code: "CONFLICT",
        kind: "last-admin",
        message:
          "This is the last admin: without one nobody could invite people or connect systems. " +
          "Make somebody else admin first. Nothing was changed.",
      });
    }
    await act(tx);
  });
}
