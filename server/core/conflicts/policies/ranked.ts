import { systemOf, tierOf } from "../../ownership/field-rules.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/** The system that stands earlier in the owner list wins, inside one tier too. */
export const ranked: PolicyDefinition = {
  id: "ranked",
  title: "First in the list wins",
  sentence: "the system named first wins",
  decide({ rules, hub, edit }: Contest): Verdict {
    const mine = place(rules, edit.by);
    const theirs = place(rules, hub.by);
    if (mine === theirs) return { kind: "ask", reason: "tie" };
    return mine < theirs ? { kind: "edit" } : { kind: "hub" };
  },
};

function place(rules: Contest["rules"], by: Contest["hub"]["by"]): number {
  const system = systemOf(by);
  if (system === null) return -1;
  const tier = tierOf(rules, system);
  return tier === null ? Number.MAX_SAFE_INTEGER : tier.rank * 1_000 + tier.place;
}
