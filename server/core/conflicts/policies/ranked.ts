import { POLICY_WORDS } from "../policy-words.ts";
import { placeOf } from "./place-of.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/** The system that stands earlier in the owner list wins, inside one tier too. */
export const ranked: PolicyDefinition = {
  id: "ranked",
  ...POLICY_WORDS.ranked,
  needsList: true,
  decide({ rules, hub, edit }: Contest): Verdict {
    const mine = placeOf(rules, edit.by);
    const theirs = placeOf(rules, hub.by);
    if (mine === theirs) return { kind: "ask", reason: "tie" };
    return mine < theirs ? { kind: "edit" } : { kind: "hub" };
  },
};
