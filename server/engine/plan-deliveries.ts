import type { Transaction } from "../../db/client.ts";
import type { BindingRules, CompiledMap } from "../core/plan/compile-map.ts";
import { type DeliveryPlan, planDelivery } from "../core/plan/plan-delivery.ts";
import { heldFields } from "../core/reconcile/due.ts";
import type { LinkState, RecordState } from "../core/reconcile/state.ts";
import type { Delivery } from "../storage/deliveries.ts";
import type { Refusal } from "../storage/delivery-quarantine.ts";
import { type Known, type LoadedRecords, loadRecords } from "../storage/load-records.ts";
import { withoutReused } from "./give-up-ids.ts";
import { type Led, leadOn } from "./references.ts";

/** A delivery with what it would send now, and what that was made from. */
export type Planned = {
  readonly delivery: Delivery;
  readonly plan: DeliveryPlan;
  readonly rules: BindingRules | undefined;
  readonly record: RecordState | undefined;
  readonly link: LinkState | undefined;
};

type Planning = {
  readonly map: CompiledMap;
  /** What of the hub need not be read again. */
  readonly known: Known;
};

/**
 * Plans what these deliveries send, from the hub's present values. Nothing is written.
 * @returns a plan for each but those that must wait for another of them
 */
export async function planDeliveries(
  tx: Transaction,
  { map, known }: Planning,
  due: readonly Delivery[],
): Promise<readonly Planned[]> {
  const found = await loadRecords(tx, [...new Set(due.map(({ record }) => record))], {
    lock: false,
    known,
    links: due.map(({ link }) => link),
  });
  const led = await leadOn(tx, found, { rules: map, named: new Map(), places: true });
  return withoutReused(due.map((delivery) => plan(map, led, delivery)));
}

function plan(
  map: CompiledMap,
  { loaded, refer }: Led<LoadedRecords>,
  delivery: Delivery,
): Planned {
  const rules = map.bindings.get(delivery.binding);
  const record = loaded.records.get(delivery.record);
  const link = loaded.links.get(delivery.link);
  if (rules === undefined || record === undefined || link === undefined) {
    return { delivery, plan: { kind: "nothing" }, rules, record, link };
  }
  const conflicts = loaded.conflicts.get(record.id) ?? [];
  const held = heldFields(rules.entity, conflicts, loaded.held.get(record.id) ?? []);
  const deleteAsked = conflicts.some(({ kind }) => kind === "delete");
  const question = { rules, record, link, held, deleteAsked, refer };
  return { delivery, plan: planDelivery(question), rules, record, link };
}

/** Fields of which something still waits under this plan. */
export function waitingIn(plan: DeliveryPlan): string[] {
  if (plan.kind === "nothing" || plan.kind === "delete") return [];
  return plan.problems.map(({ field }) => field);
}

/** What of a plan its target does not take, to be held. */
export function refusalsOf({ plan, record, link }: Planned, newId: () => string): Refusal[] {
  if (plan.kind === "nothing" || plan.kind === "delete") return [];
  if (record === undefined || link === undefined) return [];
  return plan.problems.map((problem) => ({ id: newId(), record, link, problem }));
}
