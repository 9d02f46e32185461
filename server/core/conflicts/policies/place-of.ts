import { systemOf, tierOf } from "../../ownership/field-rules.ts";
import type { Contest } from "./policy.ts";

/** Where a source stands in the owner list, the first lowest; a person stands before all. */
export function placeOf(rules: Contest["rules"], by: Contest["hub"]["by"]): number {
  const system = systemOf(by);
  if (system === null) return -1;
  const tier = tierOf(rules, system);
  return tier === null ? Number.MAX_SAFE_INTEGER : tier.rank * 1_000 + tier.place;
}
