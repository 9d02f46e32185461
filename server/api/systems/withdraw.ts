import { z } from "zod";
import { editorProcedure } from "../trpc.ts";
import { editSystem } from "./edit-draft.ts";

/**
 * Takes a system out of the draft with all its bindings: the step before removing it. The live
 * map stays as it is until the draft is published.
 */
export const withdraw = editorProcedure
  .input(z.object({ system: z.string() }))
  .mutation(async ({ ctx, input }) => {
    const label = await editSystem(ctx, { type: "remove-system", system: input.system });
    return { label };
  });
