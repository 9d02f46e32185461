import type { QuarantineId } from "../../core/ids.ts";
import { letBe } from "../../core/reconcile/let-be-act.ts";
import { type Changes, startWork, type World } from "../../core/reconcile/world.ts";
import { endGuesses } from "../../storage/held-rows.ts";
import { notify } from "../../storage/notify.ts";
import { holdAgain } from "../../storage/quarantine.ts";
import { type Refusal, refusalOf } from "../../storage/refusal.ts";
import { addLetBe } from "../../storage/rows-let-be.ts";
import { commitAct, inScene, type Scene, worldOf } from "./act-world.ts";
import { commitAndWake } from "./commit-and-wake.ts";
import type { ActContext } from "./context.ts";
import { endItem, findHeld, type NotHeld, withLine } from "./held-item.ts";
import { reconsider } from "./held-world.ts";

export type ReplayOutcome =
  /** It passes today's decision and waits no more. `message`: why there was nothing to decide. */
  | { readonly kind: "released"; readonly message?: string }
  /** It is sent again; only the target can say whether it takes it now. */
  | { readonly kind: "due" }
  /** It fails today too; it stays held with today's reason. */
  | { readonly kind: "held"; readonly code: string; readonly message: string }
  | NotHeld;

/** Decides one held item anew, by today's map and today's values. Never an old payload. */
export async function replay(
  ctx: ActContext,
  act: { readonly item: string },
): Promise<ReplayOutcome> {
  return await replayOne(ctx, act.item, true);
}

/** @param fresh the map is read anew: not needed for the next one of many */
export async function replayOne(
  ctx: ActContext,
  item: string,
  fresh: boolean,
): Promise<ReplayOutcome> {
  const outcome = await inScene(ctx, (scene) => again(ctx, scene, item), fresh);
  return outcome ?? { kind: "unknown" };
}

/** The same within another act. */
export async function again(ctx: ActContext, scene: Scene, id: string): Promise<ReplayOutcome> {
  const found = await findHeld(scene, id);
  if (found.kind === "settled" || found.kind === "unknown") return found;
  const { world, decided } = await reconsider(ctx, scene, found, true);
  const item = await findHeld(scene, id);
  if (item.kind === "settled" || item.kind === "unknown") return item;
  if (decided.kind === "fails") return await failsAgain(scene, item.id, decided.problem);
  if (decided.kind === "moot") {
    await endItem(ctx, scene, item, { state: "released", note: decided.message });
    return { kind: "released", message: decided.message };
  }
  const changes = withLine(scene, item, decided.changes, { command: "replay" });
  const refusal = await commitTried(scene, ctx, { world, changes });
  if (refusal !== null) return await failsAgain(scene, item.id, refusal);
  if (decided.kind === "due") return { kind: "due" };
  await endItem(ctx, scene, item, { state: "released", note: null });
  return { kind: "released" };
}

async function failsAgain(
  scene: Scene,
  id: QuarantineId,
  { code, message }: { readonly code: string; readonly message: string },
): Promise<ReplayOutcome> {
  await holdAgain(scene.tx, id, { code, message, mapVersion: scene.map.version });
  await notify(scene.tx, ["quarantine"]);
  return { kind: "held", code, message };
}

type Tried = {
  readonly world: World;
  readonly changes: Changes;
};

/** @returns why the hub's database does not keep it; null when it does */
async function commitTried(
  scene: Scene,
  ctx: ActContext,
  { world, changes }: Tried,
): Promise<Refusal | null> {
  try {
    await scene.tx.savepoint((tx) => commitAndWake({ ...scene, tx }, ctx, world, changes));
    return null;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

export type DismissOutcome = { readonly kind: "dismissed" } | NotHeld;

/**
 * Lets a refused value be: its field is held no longer, nothing of it is tried again, whoever reads
 * it once more and whatever the rules are by then, until it changes or a person takes it up again.
 * The value stays in the audit log, with the reason.
 */
export async function dismiss(
  ctx: ActContext,
  act: { readonly item: string; readonly reason: string },
): Promise<DismissOutcome> {
  const outcome = await inScene(ctx, (scene) => drop(ctx, scene, act));
  return outcome ?? { kind: "unknown" };
}

async function drop(
  ctx: ActContext,
  scene: Scene,
  act: { readonly item: string; readonly reason: string },
): Promise<DismissOutcome> {
  const found = await findHeld(scene, act.item);
  if (found.kind === "settled" || found.kind === "unknown") return found;
  const world = await worldOf(scene, found.record === null ? [] : [found.record], true);
  const item = await findHeld(scene, act.item);
  if (item.kind === "settled" || item.kind === "unknown") return item;
  const newId = () => ctx.ids.next();
  const changes = letBe(world, item, newId) ?? startWork(world, newId).changes;
  const { kind, binding, externalId } = item;
  const detail = kind === "row" ? `${binding} ${externalId}: ${act.reason}` : act.reason;
  const told = { command: "dismiss", detail };
  if (kind === "row" && externalId !== null) {
    await endGuesses(scene.tx, [{ binding, externalId }], scene.now);
    await addLetBe(scene.tx, item.id);
  }
  await commitAct(scene, ctx, world, withLine(scene, item, changes, told));
  await endItem(ctx, scene, item, { state: "dismissed", note: act.reason });
  return { kind: "dismissed" };
}
