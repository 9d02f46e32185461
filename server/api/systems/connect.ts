import { z } from "zod";
import { sealSettings } from "../../connectors/sealed-settings.ts";
import { MapSystem } from "../../core/map/document.ts";
import { readDraft } from "../../storage/drafts.ts";
import { notify } from "../../storage/notify.ts";
import { findSystem, insertSystem, saveObjects } from "../../storage/systems.ts";
import { Problem } from "../problem.ts";
import { adminProcedure } from "../trpc.ts";
import { editSystem } from "./edit-draft.ts";
import { readSettings, SettingsInput } from "./read-settings.ts";
import { refuseShared } from "./refuse-shared.ts";
import { asProblem, connectorOf, withSession } from "./session.ts";

const Input = z.object({
  connector: z.string(),
  settings: SettingsInput,
  /** How the map names it. One that the draft names already keeps its name there. */
  identity: MapSystem,
});

/**
 * Connects a system: reads what it holds, names it in the draft, and stores how it is reached.
 * Nothing is read from or written to its rows before a map that binds them is published.
 */
export const connect = adminProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const { identity } = input;
  const { sql } = ctx.hub;
  const connector = connectorOf(ctx, input.connector);
  const settings = readSettings(connector, input.settings);
  if ((await findSystem(sql, identity.id)) !== null) throw taken(identity.id);
  await refuseShared(ctx, { system: identity.id, connector, settings });

  const objects = await withSession(ctx, connector, settings, (session) =>
    session.discover(),
  ).catch((error: unknown) => {
    throw asProblem(error);
  });

  const draft = await readDraft(sql);
  if (!draft.document.systems.some(({ id }) => id === identity.id)) {
    await editSystem(ctx, { type: "add-system", system: identity });
  }
  const now = ctx.clock.now().toISOString();
  const stored = sealSettings(connector, ctx.box, identity.id, settings);
  await sql.begin(async (tx) => {
    await insertSystem(tx, {
      ...stored,
      id: identity.id,
      connector: connector.id,
      createdAt: now,
    });
    await saveObjects(tx, identity.id, objects, now);
    await notify(tx, ["systems", "maps"]);
  });
  return { system: identity.id, objects: objects.length };
});

function taken(id: string): Problem {
  return new Problem({
    code: "CONFLICT",
    kind: "taken",
    message: `There is a system “${id}” already. Choose another short name; nothing was saved.`,
    fields: { "identity.id": "This short name is taken." },
  });
}
