import { placeOf } from "./place-of.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/** The system that stands earlier in the owner list wins, inside one tier too. */
export const ranked: PolicyDefinition = {
  id: "ranked",
  title: "First in the list wins",
  sentence: "the system named first wins",
  needsList: true,
  decide({ rules, hub, edit }: Contest): Verdict {
    const mine = placeOf(rules, edit.by);
    const theirs = placeOf(rules, hub.by);
    if (mine === theirs) return { kind: "ask", reason: "tie" };
    return mine < theirs ? { kind: "edit" } : { kind: "hub" };
  },
};
