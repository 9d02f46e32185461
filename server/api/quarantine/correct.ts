import { z } from "zod";
import { correctHeld } from "../../engine/acts/correct-value.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";
import { ValueInput } from "../value-input.ts";

const Input = z.object({ item: z.uuid(), value: ValueInput });

/** Says what a refused value should have been; its system gets that too. */
export const correct = stewardProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const outcome = await correctHeld(actOf(ctx), input);
  switch (outcome.kind) {
    case "set":
    case "same":
    case "settled":
      return { kind: outcome.kind };
    case "unknown":
    case "no-place":
      throw notFound("place for this item", input.item);
    case "whole-row":
      throw refused(
        "whole-row",
        "This row waits as a whole. Link it to a record, or correct it in its system.",
      );
    case "invalid":
      throw new Problem({
        code: "BAD_REQUEST",
        kind: "invalid-value",
        message: `${outcome.message} Nothing was changed.`,
        fields: { value: outcome.message },
      });
    case "moved":
      throw refused("moved", "The value has changed meanwhile. Look at it again.");
    case "asked":
      throw refused("asked", "This field is under review. Answer its question first.");
  }
});

function refused(kind: string, message: string): Problem {
  return new Problem({ code: "CONFLICT", kind, message: `${message} Nothing was changed.` });
}
