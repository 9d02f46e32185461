import { findConnector } from "../connectors/registry.ts";
import { sealSettings } from "../connectors/sealed-settings.ts";
import type { ActContext } from "../engine/acts/context.ts";
import { publishDocument } from "../engine/acts/publish.ts";
import { readVariable } from "../platform/env.ts";
import type { SecretBox } from "../platform/secrets.ts";
import { readSetting, saveSetting } from "../storage/hub-settings.ts";
import { readLiveVersion } from "../storage/maps.ts";
import { notify } from "../storage/notify.ts";
import { insertSystem, listSystems, saveObjects } from "../storage/systems.ts";
import type { SandboxSize } from "./generate-rows.ts";
import { makeSandboxDatabases, SandboxProblem } from "./open-sandbox.ts";
import { SANDBOX_MAP } from "./sandbox-map.ts";
import { sandboxSettings } from "./sandbox-settings.ts";
import { SANDBOX_SYSTEMS, type SandboxSystem } from "./shapes.ts";

const PEOPLE = "people-at-work";

/** Most edits a second that people at work may be asked for. */
export const EDITS_PER_SECOND_MAX = 200;

export type SandboxContext = ActContext & { readonly box: SecretBox };

/**
 * Opens the sandbox: three databases with rows, connected as systems, and the ready map published.
 * Only where nothing else is drawn yet.
 * @param hubUrl the hub's own address
 * @throws SandboxProblem when something else is there, or the hub's server does not allow it
 */
export async function openSandbox(
  ctx: SandboxContext,
  hubUrl: string,
  size?: SandboxSize,
): Promise<{ version: number }> {
  const { sql } = ctx.hub;
  if ((await readLiveVersion(sql)) !== null || (await listSystems(sql)).length > 0) {
    throw new SandboxProblem(
      "There are systems or a published map already. The sandbox opens in an empty studio only, " +
        "so that it never mixes with yours.",
    );
  }
  const urls = await makeSandboxDatabases(hubUrl, size);
  for (const system of SANDBOX_SYSTEMS) {
    await connect(ctx, system, { url: urls[system], hub: hubUrl });
  }
  const note = "The sandbox's ready map";
  const act = { document: SANDBOX_MAP, note, acknowledged: "all" as const };
  const outcome = await publishDocument(ctx, act);
  if (outcome.kind !== "published") {
    throw new SandboxProblem(`The ready map could not be published: ${JSON.stringify(outcome)}`);
  }
  return { version: outcome.version };
}

type Place = { readonly url: string; readonly hub: string };

async function connect(ctx: SandboxContext, system: SandboxSystem, place: Place): Promise<void> {
  const connector = findConnector("postgres");
  if (connector === undefined) throw new SandboxProblem("The PostgreSQL connector is missing.");
  const session = await connector.open({ url: place.url }, "sandbox");
  const objects = await session.discover().finally(() => session.close());
  const settings = sandboxSettings(place.url, place.hub, readVariable);
  const stored = sealSettings(connector, ctx.box, system, settings);
  const now = ctx.clock.now().toISOString();
  await ctx.hub.sql.begin(async (tx) => {
    await insertSystem(tx, { ...stored, id: system, connector: connector.id, createdAt: now });
    await saveObjects(tx, system, objects, now);
    await notify(tx, ["systems"]);
  });
}

export type People = { readonly editsPerSecond: number };

/** How busily people work in the sandbox; 0: nobody does. Null where there is no sandbox. */
export async function readPeople(ctx: Pick<ActContext, "hub">): Promise<People | null> {
  const ids = new Set((await listSystems(ctx.hub.sql)).map(({ id }) => id));
  if (!SANDBOX_SYSTEMS.every((system) => ids.has(system))) return null;
  const value = await readSetting(ctx.hub.sql, PEOPLE);
  return { editsPerSecond: typeof value === "number" ? value : 0 };
}

/** Turns people at work on (edits a second) or off (0). */
export async function savePeople(
  ctx: Pick<ActContext, "hub">,
  { editsPerSecond }: People,
): Promise<void> {
  const rate = Math.min(Math.max(Math.round(editsPerSecond), 0), EDITS_PER_SECOND_MAX);
  await saveSetting(ctx.hub.sql, PEOPLE, rate);
  await notify(ctx.hub.sql, ["systems"]);
}
