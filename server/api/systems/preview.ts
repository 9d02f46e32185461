import { z } from "zod";
import { findSystem } from "../../storage/systems.ts";
import { adminProcedure } from "../trpc.ts";
import { checkLines } from "./check-lines.ts";
import { readSettings, SettingsInput } from "./read-settings.ts";
import { asProblem, connectorOf, settingsOf, withSession } from "./session.ts";

const Input = z.object({
  connector: z.string(),
  settings: SettingsInput,
  /** A connected one whose settings are being changed: its stored secrets stand in. */
  system: z.string().optional(),
});

/** Tries settings before anything is saved, and looks at what the system holds. */
export const preview = adminProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const connector = connectorOf(ctx, input.connector);
  const known = input.system === undefined ? null : await findSystem(ctx.hub.sql, input.system);
  const stored = known === null ? undefined : settingsOf(ctx, known);
  const settings = readSettings(connector, input.settings, stored);
  const lines = await checkLines(ctx, connector, settings);
  if (lines.some(({ ok }) => !ok)) return { lines, objects: null };
  try {
    const objects = await withSession(ctx, connector, settings, (session) => session.discover());
    return {
      lines,
      objects: objects.map(({ name, kind, key, columns, rowsEstimate }) => ({
        name,
        kind,
        key,
        columns: columns.length,
        rowsEstimate: rowsEstimate ?? null,
      })),
    };
  } catch (error) {
    throw asProblem(error);
  }
});
