import type { BindingId, SystemId } from "../../core/ids.ts";
import type { WaitingItem } from "../../core/reconcile/decide-again.ts";
import type { Changes, World } from "../../core/reconcile/world.ts";
import type { UnmatchedRow } from "../../storage/unmatched-rows.ts";
import { findWaiting, mayHaveWaited } from "../waiting-rows.ts";
import { type ActCommit, commitAct, type Scene } from "./act-world.ts";
import type { ActContext } from "./context.ts";
import { reconsider } from "./held-world.ts";

/**
 * Writes down what an act decided. Where it gave a record a key, rows that matched nobody until now
 * are decided as they were last told, as they are where a system's news gives it: otherwise a
 * second row would be made beside one that is there.
 */
export async function commitAndWake(
  scene: Scene,
  ctx: ActContext,
  world: World,
  changes: Changes,
  commit: ActCommit = {},
): Promise<void> {
  await commitAct(scene, ctx, world, changes, commit);
  // What one of them makes known may be what the next one waits for.
  let made: readonly Changes[] = [changes];
  while (made.length > 0) {
    const rows: UnmatchedRow[] = [];
    for (const one of made) {
      if (mayHaveWaited(scene.map, one)) rows.push(...(await findWaiting(scene.tx, one)));
    }
    made = await decideEach(scene, ctx, rows);
  }
}

async function decideEach(
  scene: Scene,
  ctx: ActContext,
  rows: readonly UnmatchedRow[],
): Promise<Changes[]> {
  const made: Changes[] = [];
  for (const row of rows) {
    const rules = scene.map.bindings.get(row.binding as BindingId);
    if (rules === undefined) continue;
    const { binding } = rules;
    const item: WaitingItem = {
      ...{ kind: "row", record: null, link: null, field: null },
      ...{ binding: row.binding as BindingId, system: binding.system as SystemId },
      ...{ externalId: row.externalId, columns: row.columns, position: row.position },
    };
    const { world, decided } = await reconsider(ctx, scene, item, true);
    if (decided.kind !== "passes") continue;
    await commitAct(scene, ctx, world, decided.changes);
    made.push(decided.changes);
  }
  return made;
}
