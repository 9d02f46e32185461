import { POLICY_WORDS } from "../policy-words.ts";
import type { PolicyDefinition, Verdict } from "./policy.ts";

/** Nothing is decided by a machine. */
export const review: PolicyDefinition = {
  id: "review",
  ...POLICY_WORDS.review,
  decide: (): Verdict => ({ kind: "ask", reason: "policy-review" }),
};
