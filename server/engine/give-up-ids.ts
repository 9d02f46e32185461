import { externalIdOf, keyText } from "../core/external-id.ts";
import type { BindingRules } from "../core/plan/compile-map.ts";
import type { DeliveryPlan } from "../core/plan/plan-delivery.ts";
import type { LinkState } from "../core/reconcile/state.ts";
import { rowKey } from "../core/reconcile/world.ts";
import type { Columns } from "../core/values/field-value.ts";

type Planned = {
  readonly plan: DeliveryPlan;
  readonly rules: BindingRules | undefined;
  readonly link: LinkState | undefined;
};

/**
 * Leaves out new rows whose id another write of these gives up. In one transaction the log would
 * tell both as one changed row, and nobody could say whose it is: the new row is made in the next.
 */
export function withoutReused<T extends Planned>(planned: readonly T[]): readonly T[] {
  const left = new Set(planned.flatMap(leavingId));
  if (left.size === 0) return planned;
  return planned.filter(({ plan, rules }) => {
    if (plan.kind !== "create" || rules === undefined) return true;
    const id = idOf(rules, plan.columns);
    return id === null || !left.has(rowKey(rules.binding.id, id));
  });
}

/** The row that a write removes, or gives another id. */
function leavingId({ plan, rules, link }: Planned): string[] {
  if (rules === undefined || link?.externalId == null) return [];
  const key = rules.schema?.key ?? [];
  const leaves =
    plan.kind === "delete" || (plan.kind === "update" && key.some((name) => name in plan.columns));
  return leaves ? [rowKey(rules.binding.id, link.externalId)] : [];
}

/** The id that a new row asks for; null where the system gives one. */
function idOf({ schema }: BindingRules, columns: Columns): string | null {
  const parts = (schema?.key ?? []).map((name) => columns[name]);
  if (parts.length === 0 || parts.includes(undefined)) return null;
  return externalIdOf(parts.map((part) => keyText(part ?? null)));
}
