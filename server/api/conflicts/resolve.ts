import { z } from "zod";
import type { Source } from "../../core/reconcile/state.ts";
import { resolveConflict } from "../../engine/acts/resolve-conflict.ts";
import { openQuestionLine } from "../../storage/screens/conflicts.ts";
import { actOf } from "../context.ts";
import { readLiveMap } from "../live-map.ts";
import { notFound } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";
import { ValueInput } from "../value-input.ts";

const From = z.custom<Source>(
  (value) => typeof value === "string" && /^(system|person):/.test(value),
  "A contender is named like system:erp.",
);

const Choice = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("candidate"), from: From }),
  z.object({ kind: z.literal("hub") }),
  z.object({ kind: z.literal("value"), value: ValueInput }),
  z.object({ kind: z.literal("delete") }),
  z.object({ kind: z.literal("keep") }),
]);

const Input = z.object({
  conflict: z.uuid(),
  /** What was shown: an answer counts for that alone. */
  revision: z.int(),
  choice: Choice,
  note: z.string().max(2_000).optional(),
});

/**
 * Settles a question with the steward's choice. One that has moved comes back as it is now, and
 * nothing was done.
 */
export const resolve = stewardProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const outcome = await resolveConflict(actOf(ctx), input);
  switch (outcome.kind) {
    case "unknown":
      throw notFound("question", input.conflict);
    case "resolved": {
      const { value } = outcome;
      return { kind: "resolved" as const, ...(value === undefined ? {} : { value }) };
    }
    case "moved": {
      const { titles } = await readLiveMap(ctx.hub.sql);
      const question = await openQuestionLine(ctx.hub.sql, input.conflict, titles);
      return { kind: "moved" as const, question };
    }
    default:
      return outcome;
  }
});
