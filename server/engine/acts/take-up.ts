import { takeUp as takeUpValue } from "../../core/reconcile/let-be-act.ts";
import { type Changes, startWork } from "../../core/reconcile/world.ts";
import { findItems } from "../../storage/quarantine.ts";
import { holdLetBe } from "../../storage/rows-let-be.ts";
import { commitAct, inScene, type Scene, worldOf } from "./act-world.ts";
import type { ActContext } from "./context.ts";
import { withLine } from "./held-item.ts";
import { again, type ReplayOutcome } from "./quarantine.ts";

export type TakeUpOutcome =
  | ReplayOutcome
  /** What was let be has changed since, and was decided then: nothing is let be any more. */
  | { readonly kind: "over" };

/** Takes up again what a person has let be: it is decided anew, as today's map and values say. */
export async function takeUp(
  ctx: ActContext,
  act: { readonly item: string },
): Promise<TakeUpOutcome> {
  const outcome = await inScene(ctx, (scene) => hold(ctx, scene, act.item), true);
  return outcome ?? { kind: "unknown" };
}

async function hold(ctx: ActContext, scene: Scene, id: string): Promise<TakeUpOutcome> {
  const [found] = await findItems(scene.tx, [id]);
  if (found === undefined) return { kind: "unknown" };
  const world = await worldOf(scene, found.record === null ? [] : [found.record], true);
  const [item] = await findItems(scene.tx, [id]);
  if (item === undefined) return { kind: "unknown" };
  if (item.state !== "dismissed") return { kind: "settled", state: item.state };
  const newId = () => ctx.ids.next();
  const changes = item.kind === "row" ? startWork(world, newId).changes : takenUp();
  if (changes === null || !(await holdLetBe(scene.tx, item))) return { kind: "over" };
  const detail = item.kind === "row" ? `${item.binding} ${item.externalId}` : undefined;
  const told = { command: "take-up", ...(detail !== undefined && { detail }) };
  await commitAct(scene, ctx, world, withLine(scene, item, changes, told, "quarantined"));
  return item.kind === "delivery" ? { kind: "due" } : await again(ctx, scene, id);

  function takenUp(): Changes | null {
    return item === undefined ? null : takeUpValue(world, item, newId);
  }
}
