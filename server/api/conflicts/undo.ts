import { z } from "zod";
import { undoResolution } from "../../engine/acts/undo-resolution.ts";
import { openQuestionLine } from "../../storage/screens/conflicts.ts";
import { actOf } from "../context.ts";
import { readLiveMap } from "../live-map.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

/** Takes an answer back: the question is open again. Refused once the value has moved on. */
export const undo = stewardProcedure
  .input(z.object({ conflict: z.uuid() }))
  .mutation(async ({ ctx, input }) => {
    const outcome = await undoResolution(actOf(ctx), input);
    switch (outcome.kind) {
      case "unknown":
        throw notFound("question", input.conflict);
      case "not-answered":
        throw new Problem({
          code: "CONFLICT",
          kind: "not-answered",
          message: "Nobody has answered this question, so there is nothing to take back.",
        });
      case "moved":
        throw new Problem({
          code: "CONFLICT",
          kind: "moved",
          message: `${outcome.message} The answer cannot be taken back; nothing was changed.`,
        });
      case "reopened": {
        const { titles } = await readLiveMap(ctx.hub.sql);
        return { question: await openQuestionLine(ctx.hub.sql, input.conflict, titles) };
      }
    }
  });
