import type { BindingId } from "../../core/ids.ts";
import { forgetLoaded } from "../../storage/captures.ts";
import { notify } from "../../storage/notify.ts";
import { findSystem } from "../../storage/systems.ts";
import { inScene, type Scene } from "./act-world.ts";
import type { ActContext } from "./context.ts";

export type RunOutcome =
  /** The object is read whole again as soon as an engine comes to it. */
  | { readonly kind: "started"; readonly system: string; readonly object: string }
  /** Reading of the system is paused: nothing would happen. */
  | { readonly kind: "paused"; readonly system: string }
  | { readonly kind: "unknown"; readonly what: "binding" | "system" };

/**
 * Has a binding's object read whole again, beside its changes; what has not changed decides
 * nothing. Rows that are no longer there are noticed by it.
 */
export async function runBinding(
  ctx: ActContext,
  act: { readonly binding: string },
): Promise<RunOutcome> {
  const outcome = await inScene(ctx, (scene) => run(scene, act.binding as BindingId));
  return outcome ?? { kind: "unknown", what: "binding" };
}

async function run({ tx, map }: Scene, id: BindingId): Promise<RunOutcome> {
  const rules = map.bindings.get(id);
  if (rules === undefined) return { kind: "unknown", what: "binding" };
  const { system, object } = rules.binding;
  const row = await findSystem(tx, system);
  if (row === null) return { kind: "unknown", what: "system" };
  if (row.readingPaused) return { kind: "paused", system };
  await forgetLoaded(tx, system, [object]);
  await notify(tx, ["systems", "runs"]);
  return { kind: "started", system, object };
}
