import { ORDERED_TYPES } from "../../values/order-value.ts";
import { POLICY_WORDS } from "../policy-words.ts";
import { decideByOrder } from "./by-order.ts";
import type { PolicyDefinition } from "./policy.ts";

/** For a credit score that only counts at its best, or the latest of several dates. */
export const max: PolicyDefinition = {
  id: "max",
  ...POLICY_WORDS.max,
  types: ORDERED_TYPES,
  decide: (contest) => decideByOrder(contest, 1),
};
