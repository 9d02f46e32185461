import { orderOf } from "../../values/order-value.ts";
import type { Contest, Verdict } from "./policy.ts";

/**
 * The value at one end of the type's order. A value outlasts a blank, whichever was first; amounts
 * of two currencies have no order and are asked.
 * @param sign which end: 1 the greatest, -1 the least
 */
export function decideByOrder({ rules, hub, edit }: Contest, sign: 1 | -1): Verdict {
  if (rules.isBlank(edit.v)) return { kind: "hub" };
  if (rules.isBlank(hub.v)) return { kind: "edit" };
  const order = orderOf(rules.type)?.(edit.v, hub.v) ?? null;
  if (order === null) return { kind: "ask", reason: "tie" };
  return order * sign > 0 ? { kind: "edit" } : { kind: "hub" };
}
