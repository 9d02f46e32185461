import { z } from "zod";
import { notify } from "../../storage/notify.ts";
import { saveObjects } from "../../storage/systems.ts";
import { editorProcedure } from "../trpc.ts";
import { asProblem, loadSystem, settingsOf, withSession } from "./session.ts";

/** Looks again at what a system holds: new tables and columns appear on the canvas. */
export const refresh = editorProcedure
  .input(z.object({ system: z.string() }))
  .mutation(async ({ ctx, input }) => {
    const { system, connector } = await loadSystem(ctx, input.system);
    const settings = settingsOf(ctx, system);
    const objects = await withSession(ctx, connector, settings, (session) =>
      session.discover(),
    ).catch((error: unknown) => {
      throw asProblem(error);
    });
    await ctx.hub.sql.begin(async (tx) => {
      await saveObjects(tx, system.id, objects, ctx.clock.now().toISOString());
      await notify(tx, ["systems"]);
    });
    return { objects: objects.length };
  });
