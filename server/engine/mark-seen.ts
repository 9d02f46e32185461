import type { Transaction } from "../../db/client.ts";
import type { BindingId } from "../core/ids.ts";
import { markRowsSeen } from "../storage/world.ts";

/** Notes that an enumeration saw these rows of each binding. */
export async function markSeen(
  tx: Transaction,
  rows: readonly { rules: { binding: { id: string } }; change: { externalId: string } }[],
  seenIn: string,
): Promise<void> {
  const byBinding = Map.groupBy(rows, ({ rules }) => rules.binding.id);
  for (const [binding, seen] of byBinding) {
    const ids = seen.map(({ change }) => change.externalId);
    await markRowsSeen(tx, binding as BindingId, seenIn, ids);
  }
}
