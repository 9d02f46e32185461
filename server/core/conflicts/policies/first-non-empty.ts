import { POLICY_WORDS } from "../policy-words.ts";
import { placeOf } from "./place-of.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/** The system named first among those that have a value at all: clearing loses to any value. */
export const firstNonEmpty: PolicyDefinition = {
  id: "first-non-empty",
  ...POLICY_WORDS["first-non-empty"],
  needsList: true,
  decide({ rules, hub, edit }: Contest): Verdict {
    const [isBlank, wasBlank] = [rules.isBlank(edit.v), rules.isBlank(hub.v)];
    if (isBlank !== wasBlank) return isBlank ? { kind: "hub" } : { kind: "edit" };
    const mine = placeOf(rules, edit.by);
    const theirs = placeOf(rules, hub.by);
    if (mine === theirs) return { kind: "ask", reason: "tie" };
    return mine < theirs ? { kind: "edit" } : { kind: "hub" };
  },
};
