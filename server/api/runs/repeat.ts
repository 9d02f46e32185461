import { z } from "zod";
import { runBinding } from "../../engine/acts/run-binding.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

/** Has a binding's rows read whole once more, beside their changes. */
export const repeat = stewardProcedure
  .input(z.object({ binding: z.string() }))
  .mutation(async ({ ctx, input }) => {
    const outcome = await runBinding(actOf(ctx), input);
    if (outcome.kind === "started") return outcome;
    if (outcome.kind === "unknown") throw notFound(outcome.what, input.binding);
    throw new Problem({
      code: "CONFLICT",
      kind: "paused",
      message: `Reading from “${outcome.system}” is stopped. Switch it on there first; nothing was changed.`,
    });
  });
