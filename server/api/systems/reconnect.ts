import { z } from "zod";
import { sealSettings } from "../../connectors/sealed-settings.ts";
import { notify } from "../../storage/notify.ts";
import { saveSettings } from "../../storage/systems.ts";
import { Problem } from "../problem.ts";
import { adminProcedure } from "../trpc.ts";
import { checkLines } from "./check-lines.ts";
import { readSettings, SettingsInput } from "./read-settings.ts";
import { refuseShared } from "./refuse-shared.ts";
import { loadSystem, settingsOf } from "./session.ts";

/**
 * Changes how a system is reached, with everything that is mapped kept. Tried before it is saved.
 */
export const reconnect = adminProcedure
  .input(z.object({ system: z.string(), settings: SettingsInput }))
  .mutation(async ({ ctx, input }) => {
    const { system, connector } = await loadSystem(ctx, input.system);
    const settings = readSettings(connector, input.settings, settingsOf(ctx, system));
    await refuseShared(ctx, { system: system.id, connector, settings });
    const lines = await checkLines(ctx, connector, settings);
    const failed = lines.find(({ ok }) => !ok);
    if (failed !== undefined) {
      throw new Problem({
        code: "UNPROCESSABLE_CONTENT",
        kind: "check-failed",
        message: `${failed.label}: ${failed.detail} The stored settings stay as they are.`,
      });
    }
    await ctx.hub.sql.begin(async (tx) => {
      const stored = sealSettings(connector, ctx.box, system.id, settings);
      await saveSettings(tx, { id: system.id, ...stored });
      await notify(tx, ["systems"]);
    });
    return { lines };
  });
