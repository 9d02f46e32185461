import type { Transaction } from "../../db/client.ts";
import type { BindingId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import type { Position } from "../core/position.ts";
import { endUntoldRows } from "../storage/held-rows.ts";
import { startRun } from "../storage/runs.ts";
import { forgetUnmatched } from "../storage/unmatched-rows.ts";
import { findUnseen } from "../storage/world.ts";
import type { EngineContext } from "./context.ts";
import { bindingsOf, decideRows, type Segment, settleChanges } from "./decide-rows.ts";

/**
 * Takes the rows that are no longer there for gone: after a complete enumeration those that it did
 * not see, after the object was emptied all of before. More than the mass-change limits allow wait
 * for a person's approval.
 */
export async function sweepUnseen(
  tx: Transaction,
  context: EngineContext,
  segment: Segment,
  sweep: { readonly object: string; readonly position: Position; readonly seenIn: string | null },
): Promise<void> {
  const { recording } = segment;
  for (const rules of bindingsOf(recording, sweep.object)) {
    const id = rules.binding.id as BindingId;
    await settleChanges(segment.total);
    const options = { seenIn: sweep.seenIn, before: sweep.position };
    await forgetUnmatched(tx, id, sweep.position);
    await endUntoldRows(tx, id, { before: sweep.position, now: segment.now });
    const { unseen, live } = await findUnseen(tx, id, options);
    if (unseen.length === 0) continue;
    const mass =
      unseen.length > LIMITS.massChangeCountMax && unseen.length > live * LIMITS.massChangeShareMax;
    if (mass) {
      await startRun(tx, {
        id: context.ids.next(),
        kind: "mass-change",
        state: "waiting",
        system: recording.system,
        binding: id,
        mapVersion: recording.map.version,
        engine: context.id,
        now: segment.now,
        detail: JSON.stringify({ gone: unseen.length, live, ...options }),
      });
      segment.total.topics.add("runs");
      continue;
    }
    const rows = unseen.map(({ externalId }) => ({
      rules,
      change: goneAt(sweep.object, externalId, sweep.position),
    }));
    await decideRows(tx, context, segment, rows);
  }
}

/** A row's absence, as the event that it stands for. */
export function goneAt(object: string, externalId: string, position: Position) {
  return { kind: "gone" as const, object, externalId, position, at: null, transaction: null };
}
