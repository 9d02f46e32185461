import { z } from "zod";
import { KEPT_ENDS } from "../../core/reconcile/mass-answer.ts";
import { approve as approveChange, decline as declineChange } from "../../engine/acts/approve.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

const Input = z.object({
  run: z.string(),
  /** How many rows waited when the person looked; more than that is asked again. */
  rows: z.int().min(0),
});

/** Allows a change of many records at once: what waits is decided as of today. */
export const approve = stewardProcedure.input(Input).mutation(async ({ ctx, input }) => {
  return told(await approveChange(actOf(ctx), input), input.run);
});

/** Refuses it: records stay, values go back, each with a line that says so. */
export const decline = stewardProcedure
  .input(Input.extend({ end: z.enum(KEPT_ENDS).optional() }))
  .mutation(async ({ ctx, input }) => told(await declineChange(actOf(ctx), input), input.run));

type Outcome = Awaited<ReturnType<typeof approveChange>>;

function told(outcome: Outcome, run: string): { kind: "approved" | "declined"; rows: number } {
  switch (outcome.kind) {
    case "approved":
    case "declined":
      return outcome;
    case "moved":
      throw new Problem({
        code: "CONFLICT",
        kind: "moved",
        message: `By now ${outcome.rows} rows wait. Look again before you answer; nothing was done.`,
      });
    case "settled":
      throw new Problem({
        code: "CONFLICT",
        kind: "settled",
        message: "This does not wait any more: somebody was faster. Nothing was done.",
      });
    case "gone-for-sure":
      throw new Problem({
        code: "CONFLICT",
        kind: "gone-for-sure",
        message:
          "Their system has told that these rows are gone: they cannot stay linked. Have them made " +
          "again, or let their records go on without them; nothing was done.",
      });
    default:
      throw notFound("waiting run", run);
  }
}
