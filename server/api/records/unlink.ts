import { z } from "zod";
import { unlink as act } from "../../engine/acts/link.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

const Input = z.object({ binding: z.string(), externalId: z.string() });

/** Parts a row from its record; the row becomes a record of its own. */
export const unlink = stewardProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const outcome = await act(actOf(ctx), input);
  switch (outcome.kind) {
    case "unlinked":
      return { from: outcome.from, record: outcome.record };
    case "unknown":
      throw notFound(outcome.what, outcome.what === "row" ? input.externalId : input.binding);
    case "only-row":
      throw new Problem({
        code: "CONFLICT",
        kind: "only-row",
        message: "It is the record's only row, so there is nothing to part. Nothing was changed.",
      });
    case "busy":
      throw new Problem({
        code: "CONFLICT",
        kind: "busy",
        message: "A write to this row is on its way. Try again in a moment.",
      });
  }
});
