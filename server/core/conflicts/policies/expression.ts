import { POLICY_WORDS } from "../policy-words.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/** What the map says itself, compiled with the field's rules; what gives no answer is asked. */
export const expression: PolicyDefinition = {
  id: "expression",
  ...POLICY_WORDS.expression,
  decide(contest: Contest): Verdict {
    return contest.rules.expression?.decide(contest) ?? { kind: "ask", reason: "no-answer" };
  },
};
