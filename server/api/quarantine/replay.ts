import { z } from "zod";
import { replay as act } from "../../engine/acts/quarantine.ts";
import { actOf } from "../context.ts";
import { notFound } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

/** Tries one held item again, by today's decision. */
export const replay = stewardProcedure
  .input(z.object({ item: z.uuid() }))
  .mutation(async ({ ctx, input }) => {
    const outcome = await act(actOf(ctx), input);
    if (outcome.kind === "unknown") throw notFound("held item", input.item);
    return outcome;
  });
