import { POLICY_WORDS } from "../policy-words.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/**
 * The later edit wins. A stamp is an interval as wide as its clock's measured error: intervals
 * that overlap, or an unmeasured clock, are a tie that no clock may break.
 */
export const newest: PolicyDefinition = {
  id: "newest",
  ...POLICY_WORDS.newest,
  decide(contest: Contest): Verdict {
    const { hub, edit } = contest;
    const edited = contest.corrected(edit);
    const stood = contest.corrected(hub);
    if (edited === null || stood === null) return { kind: "ask", reason: "tie" };
    const error = errorUs(contest);
    if (error === null || Math.abs(edited - stood) <= error) return { kind: "ask", reason: "tie" };
    return edited > stood ? { kind: "edit" } : { kind: "hub" };
  },
};

/** Microseconds by which the two stamps may be out of order; one clock orders its own stamps. */
function errorUs({ hub, edit, errorMs }: Contest): number | null {
  if (hub.by === edit.by) return 0;
  const a = errorMs(hub.by);
  const b = errorMs(edit.by);
  return a === null || b === null ? null : (a + b) * 1_000;
}
