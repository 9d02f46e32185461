import { z } from "zod";
import { notify } from "../../storage/notify.ts";
import { savePauses } from "../../storage/systems.ts";
import { notFound } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

const Input = z.object({
  system: z.string(),
  /** True stops it, false lets it go on; left out, it stays as it is. */
  reading: z.boolean().optional(),
  writing: z.boolean().optional(),
});

/**
 * Stops or resumes reading from and writing to a system. What happens meanwhile is not lost: the
 * system keeps its changes, and what is to be written there waits.
 */
export const pause = stewardProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const { system, ...pauses } = input;
  await ctx.hub.sql.begin(async (tx) => {
    if (!(await savePauses(tx, system, pauses))) throw notFound("system", system);
    await notify(tx, ["systems"]);
  });
});
