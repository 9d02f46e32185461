import type { PolicyDefinition, Verdict } from "./policy.ts";

/** Nothing is decided by a machine. */
export const review: PolicyDefinition = {
  id: "review",
  title: "Ask a person",
  sentence: "a person decides",
  decide: (): Verdict => ({ kind: "ask", reason: "policy-review" }),
};
