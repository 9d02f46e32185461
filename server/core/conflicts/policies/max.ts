import { ORDERED_TYPES } from "../../values/order-value.ts";
import { decideByOrder } from "./by-order.ts";
import type { PolicyDefinition } from "./policy.ts";

/** For a credit score that only counts at its best, or the latest of several dates. */
export const max: PolicyDefinition = {
  id: "max",
  title: "Greatest wins",
  sentence: "the greatest value wins",
  types: ORDERED_TYPES,
  decide: (contest) => decideByOrder(contest, 1),
};
