import type { QuarantineId, RecordId } from "../../core/ids.ts";
import { rowKey } from "../../core/reconcile/world.ts";
import { findItems, type StoredItem } from "../../storage/quarantine.ts";
import { inScene, type Scene } from "./act-world.ts";
import type { ActContext } from "./context.ts";
import { reconsider } from "./held-world.ts";

/** Would a held item pass if it were tried now? */
export type Verdict =
  | { readonly kind: "passes" }
  /** Nothing known stands against it; only the target can say. */
  | { readonly kind: "try" }
  | { readonly kind: "fails"; readonly code: string; readonly message: string }
  /** It concerns nobody any more. */
  | { readonly kind: "moot"; readonly message: string };

export type Checked = {
  readonly verdict: Verdict;
  /** Records that hold the row's match keys, for a row that waits as a whole. */
  readonly matches: readonly RecordId[];
};

/** Tests held items against today's map and values. Changes nothing. */
export async function checkHeld(
  ctx: ActContext,
  ids: readonly string[],
): Promise<ReadonlyMap<QuarantineId, Checked>> {
  const checked = await inScene(
    ctx,
    async (scene) => {
      const found = new Map<QuarantineId, Checked>();
      for (const item of await findItems(scene.tx, ids)) {
        if (item.state === "held") found.set(item.id, await check(ctx, scene, item));
      }
      return found;
    },
    true,
  );
  return checked ?? new Map();
}

async function check(ctx: ActContext, scene: Scene, item: StoredItem): Promise<Checked> {
  const { decided, world } = await reconsider(ctx, scene, item, false);
  const before = world.leftAt?.get(rowKey(item.binding, item.externalId ?? ""));
  const doubted = before === undefined ? undefined : world.links.get(before);
  // Of a row whose id may have been given anew, also the record of the row before.
  const was = doubted?.state === "doubted" ? [doubted.record] : [];
  const matches = [...new Set([...was, ...[...world.keyHolders.values()].flat()])];
  switch (decided.kind) {
    case "passes":
      return { verdict: { kind: "passes" }, matches };
    case "due":
      return { verdict: { kind: "try" }, matches };
    case "moot":
      return { verdict: decided, matches };
    case "fails": {
      const { code, message } = decided.problem;
      return { verdict: { kind: "fails", code, message }, matches };
    }
  }
}
