import type { Rule } from "../../core/audit/audit-entry.ts";

/** Why a line of the audit log says what it says: each continues "because …". */
export const RULE_WORDS: Record<Rule, string> = {
  "first-value": "it was the first value",
  equal: "both sides held the same",
  "empty-yields": "the other side was empty",
  "only-change": "nobody else had changed it",
  owner: "its system owns the field",
  "fills-blank": "its system fills the field when it is blank",
  rank: "its system ranks higher",
  newest: "the newest edit wins",
  ranked: "the system named first wins",
  "sum-of-deltas": "both changes were added",
  "not-an-owner": "its system does not own the field",
  review: "a person has to decide",
  tie: "no rule could tell the two edits apart",
  delivery: "the hub's value was delivered",
  adjusted: "the system stored it differently",
  matched: "the rows were matched by their keys",
  person: "a person decided",
  validation: "it breaks a rule of the field",
  "target-limit": "it breaks a limit of the system",
  "target-refused": "the system refused it",
  "row-gone": "the row is gone",
  unmapped: "nothing maps it any more",
  war: "the same edit was set back again and again",
  publish: "the map was published anew",
};
