import { z } from "zod";
import { EDITS_PER_SECOND_MAX, readPeople, savePeople } from "../../sandbox/sandbox.ts";
import { adminProcedure, viewerProcedure } from "../trpc.ts";

/** How busily people work in the sandbox; null where there is none. */
export const people = viewerProcedure.query(({ ctx }) => readPeople(ctx));

/** Turns people at work on or off. */
export const setPeople = adminProcedure
  .input(z.object({ editsPerSecond: z.int().min(0).max(EDITS_PER_SECOND_MAX) }))
  .mutation(async ({ ctx, input }) => {
    await savePeople(ctx, input);
    return input;
  });
