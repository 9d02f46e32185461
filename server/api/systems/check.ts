import { z } from "zod";
import { viewerProcedure } from "../trpc.ts";
import { checkLines } from "./check-lines.ts";
import { loadSystem, settingsOf } from "./session.ts";

/** Tries a connected system now. */
export const check = viewerProcedure
  .input(z.object({ system: z.string() }))
  .query(async ({ ctx, input }) => {
    const { system, connector } = await loadSystem(ctx, input.system);
    const lines = await checkLines(ctx, connector, settingsOf(ctx, system));
    return { at: ctx.clock.now().toISOString(), lines };
  });
