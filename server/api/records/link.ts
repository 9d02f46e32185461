import { z } from "zod";
import { link as act } from "../../engine/acts/link.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

const Input = z.object({ binding: z.string(), externalId: z.string(), record: z.uuid() });

/** Makes a row the row of a record, as first contact. */
export const link = stewardProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const outcome = await act(actOf(ctx), input);
  switch (outcome.kind) {
    case "linked":
    case "already":
      return { kind: outcome.kind };
    case "unknown":
      throw notFound(outcome.what, input[KEYS[outcome.what]]);
    case "taken":
      throw new Problem({
        code: "CONFLICT",
        kind: "taken",
        message:
          `This record has the row ${outcome.externalId} there already. Unlink that one first; ` +
          "nothing was changed.",
      });
    case "busy":
      throw new Problem({
        code: "CONFLICT",
        kind: "busy",
        message: "A write to one of the two is on its way. Try again in a moment.",
      });
  }
});

const KEYS = { binding: "binding", row: "externalId", record: "record" } as const;
