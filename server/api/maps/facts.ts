import { z } from "zod";
import { countRecords, fieldQuestions, heldValues } from "../../storage/screens/canvas.ts";
import { listSystems } from "../../storage/systems.ts";
import { viewerProcedure } from "../trpc.ts";

/** What happens on an entity's fields now: open questions, held values, systems that fail. */
export const facts = viewerProcedure
  .input(z.object({ entity: z.string() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const [records, questions, held, systems] = await Promise.all([
      countRecords(sql, input.entity),
      fieldQuestions(sql, input.entity),
      heldValues(sql, input.entity),
      listSystems(sql),
    ]);
    return {
      records,
      questions,
      held,
      systems: systems.map(({ id, readingPaused, writingPaused, failure }) => ({
        ...{ id, readingPaused, writingPaused },
        failure: failure === null ? null : failure.detail,
      })),
    };
  });
