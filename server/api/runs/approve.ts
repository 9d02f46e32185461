import { z } from "zod";
import { approve as approveChange, decline as declineChange } from "../../engine/acts/approve.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

const Input = z.object({
  run: z.string(),
  /** How many rows were missing when the person looked; more than that is asked again. */
  gone: z.int().min(0),
});

/** Allows a change of many records at once: the missing rows are taken for gone. */
export const approve = stewardProcedure.input(Input).mutation(async ({ ctx, input }) => {
  return told(await approveChange(actOf(ctx), input), input.run);
});

/** Refuses it: the missing rows are left alone, and the next complete read asks anew. */
export const decline = stewardProcedure
  .input(Input.pick({ run: true }))
  .mutation(async ({ ctx, input }) => told(await declineChange(actOf(ctx), input), input.run));

type Outcome = Awaited<ReturnType<typeof approveChange>>;

function told(outcome: Outcome, run: string): { kind: "approved" | "declined"; gone: number } {
  switch (outcome.kind) {
    case "approved":
      return { kind: "approved", gone: outcome.gone };
    case "declined":
      return { kind: "declined", gone: 0 };
    case "moved":
      throw new Problem({
        code: "CONFLICT",
        kind: "moved",
        message: `By now ${outcome.gone} rows are missing. Look again before you allow it; nothing was done.`,
      });
    case "settled":
      throw new Problem({
        code: "CONFLICT",
        kind: "settled",
        message: "This does not wait any more: somebody was faster. Nothing was done.",
      });
    default:
      throw notFound("waiting run", run);
  }
}
