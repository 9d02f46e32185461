import Big from "big.js";
import { POLICY_WORDS } from "../policy-words.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/**
 * Both changes count: hub + edit − what the edit started from. For stock and other counters.
 * Without a base, or without numbers on all three, nothing can be added: asked.
 */
export const sumOfDeltas: PolicyDefinition = {
  id: "sum-of-deltas",
  ...POLICY_WORDS["sum-of-deltas"],
  types: ["integer", "decimal"],
  readsChange: true,
  decide({ hub, base, edit }: Contest): Verdict {
    if (typeof hub.v !== "string" || typeof base !== "string" || typeof edit.v !== "string") {
      return { kind: "ask", reason: "tie" };
    }
    try {
      const sum = new Big(hub.v).plus(edit.v).minus(base);
      return { kind: "value", value: sum.toFixed() };
    } catch {
      return { kind: "ask", reason: "tie" };
    }
  },
};
