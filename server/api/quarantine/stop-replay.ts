import { z } from "zod";
import { stopReplay as act } from "../../engine/acts/replay-run.ts";
import { actOf } from "../context.ts";
import { notFound } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

/** Stops a replay between two items; what was tried stays tried. */
export const stopReplay = stewardProcedure
  .input(z.object({ run: z.string() }))
  .mutation(async ({ ctx, input }) => {
    const outcome = await act(actOf(ctx), input);
    if (outcome.kind === "unknown") throw notFound("replay", input.run);
    return outcome;
  });
