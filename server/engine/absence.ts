import type { Transaction } from "../../db/client.ts";
import type { BindingId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import type { Position } from "../core/position.ts";
import { massKey } from "../core/reconcile/mass-guard.ts";
import { endUntoldRows } from "../storage/held-rows.ts";
import { forgetLetBe } from "../storage/rows-let-be.ts";
import { forgetUnmatched } from "../storage/unmatched-rows.ts";
import { findUnseen } from "../storage/world.ts";
import type { EngineContext } from "./context.ts";
import { bindingsOf, decideRows, type Segment, settleChanges } from "./decide-rows.ts";

/**
 * Takes the rows that are no longer there for gone: after a complete enumeration those that it did
 * not see, after the object was emptied all of before. More than the mass-change limits allow wait
 * for a person's approval, all of them.
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
    await forgetLetBe(tx, id, sweep.position);
    await endUntoldRows(tx, id, { before: sweep.position, now: segment.now });
    const { unseen, live } = await findUnseen(tx, id, options);
    if (unseen.length === 0) continue;
    const limit = rules.massLimit("gone", null);
    const mass = limit !== null && unseen.length > limit.rows && unseen.length > live * limit.share;
    // An enumeration takes effect as a whole: all of it waits, or nothing.
    const whole = mass ? new Set([massKey({ binding: id, kind: "gone", field: null })]) : undefined;
    const of = { ...segment, ...(whole !== undefined && { whole }) };
    for (let from = 0; from < unseen.length; from += LIMITS.batchObservationsMax) {
      const page = unseen.slice(from, from + LIMITS.batchObservationsMax);
      const rows = page.map(({ externalId }) => ({
        rules,
        change: goneAt(sweep.object, externalId, sweep.position),
      }));
      await decideRows(tx, context, of, rows);
    }
  }
}

/** A row's absence, as the event that it stands for. */
export function goneAt(object: string, externalId: string, position: Position) {
  return { kind: "gone" as const, object, externalId, position, at: null, transaction: null };
}
