import type { Transaction } from "../../../db/client.ts";
import type { Connector, Trace } from "../../connectors/connector.ts";
import { EMPTY_MAP } from "../../core/map/document.ts";
import { type Failure, FailureError } from "../../core/run/failure.ts";
import { readDraft } from "../../storage/drafts.ts";
import { hubName } from "../../storage/hub-name.ts";
import { lockMap, readLiveVersion } from "../../storage/maps.ts";
import { notify } from "../../storage/notify.ts";
import { closeOrphanRuns } from "../../storage/runs.ts";
import { findSystem, removeSystem as forget } from "../../storage/systems.ts";
import type { ApplyContext } from "./apply-file.ts";
import { editDraft } from "./draft.ts";
import { settingsOf, systemWith } from "./shared-place.ts";

export type RemoveOutcome =
  /** `left`: what stays in the system, because it was to be left behind. */
  | { readonly kind: "removed"; readonly left: readonly Trace[] }
  /** The live map binds these objects of it; nothing has happened. */
  | { readonly kind: "bound"; readonly objects: readonly string[] }
  /** What we made in it could not be removed; nothing has happened in the hub. */
  | { readonly kind: "unreachable"; readonly failure: Failure; readonly left: readonly Trace[] }
  | { readonly kind: "unknown"; readonly what: "system" | "connector" };

/**
 * Removes a system that the live map does not bind any more, with what we made in it (slot and
 * publication). Its rows are not touched; links and history stay readable.
 * @param act `leaveBehind`: forget it although it does not answer
 */
export async function removeSystem(
  ctx: ApplyContext,
  act: { readonly system: string; readonly leaveBehind: boolean },
): Promise<RemoveOutcome> {
  const outcome = await ctx.hub.sql.begin(async (tx) => {
    // Nobody publishes a map that binds it while its slot is dropped.
    await lockMap(tx);
    return { it: await remove(tx, ctx, act) };
  });
  if (outcome.it.kind === "removed") await leaveDraft(ctx, act.system);
  return outcome.it;
}

async function remove(
  tx: Transaction,
  ctx: ApplyContext,
  { system, leaveBehind }: { readonly system: string; readonly leaveBehind: boolean },
): Promise<RemoveOutcome> {
  const row = await findSystem(tx, system);
  if (row === null) return { kind: "unknown", what: "system" };
  const connector = ctx.connectors.find(({ id }) => id === row.connector);
  if (connector === undefined) return { kind: "unknown", what: "connector" };
  const { bindings } = (await readLiveVersion(tx))?.document ?? EMPTY_MAP;
  const bound = bindings.filter((binding) => binding.system === system);
  if (bound.length > 0) return { kind: "bound", objects: bound.map(({ object }) => object) };
  const hub = await hubName(tx);
  const settings = settingsOf(ctx, row);
  const known = settings instanceof FailureError ? null : settings;
  const left = connector.traces(known, hub);
  // Where another system is the same place, what we made there is that one's too, and stays.
  const shared = await systemWith(tx, ctx, { system, connector: connector.id, traces: left });
  if (!leaveBehind && shared === null) {
    const failure = await clean(connector, settings, hub);
    if (failure !== null) return { kind: "unreachable", failure, left };
  }
  await closeOrphanRuns(tx, system, ctx.clock.now().toISOString());
  await forget(tx, system);
  await notify(tx, ["systems", "maps", "deliveries", "runs"]);
  return { kind: "removed", left: leaveBehind ? left : [] };
}

/** Removes what we made in the system; null when nothing of it is left. */
async function clean(
  connector: Connector,
  settings: Record<string, unknown> | FailureError,
  hub: string,
): Promise<Failure | null> {
  if (settings instanceof FailureError) return settings.failure;
  try {
    const session = await connector.open({ ...settings }, hub);
    try {
      await session.remove();
    } finally {
      await session.close();
    }
    return null;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
}

/** The draft may name it still; what is drawn of it there would lead nowhere. */
async function leaveDraft(ctx: ApplyContext, system: string): Promise<void> {
  const { document, revision } = await readDraft(ctx.hub.sql);
  if (!document.systems.some(({ id }) => id === system)) return;
  await editDraft(ctx, { revision, edit: { type: "remove-system", system } });
}
