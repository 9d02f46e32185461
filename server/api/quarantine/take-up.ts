import { z } from "zod";
import { takeUp as act } from "../../engine/acts/take-up.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

/** Takes up again what was let be: it is decided anew. */
export const takeUp = stewardProcedure
  .input(z.object({ item: z.uuid() }))
  .mutation(async ({ ctx, input }) => {
    const outcome = await act(actOf(ctx), input);
    if (outcome.kind === "unknown") throw notFound("held item", input.item);
    if (outcome.kind !== "over" && outcome.kind !== "settled") return outcome;
    throw new Problem({
      code: "CONFLICT",
      kind: outcome.kind,
      message: "It has changed since, and was decided then. Nothing was changed.",
    });
  });
