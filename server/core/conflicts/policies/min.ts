import { ORDERED_TYPES } from "../../values/order-value.ts";
import { POLICY_WORDS } from "../policy-words.ts";
import { decideByOrder } from "./by-order.ts";
import type { PolicyDefinition } from "./policy.ts";

/** For a price that the cheapest decides, or the earliest of several dates. */
export const min: PolicyDefinition = {
  id: "min",
  ...POLICY_WORDS.min,
  types: ORDERED_TYPES,
  decide: (contest) => decideByOrder(contest, -1),
};
