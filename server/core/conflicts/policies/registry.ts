import { newest } from "./newest.ts";
import type { PolicyDefinition } from "./policy.ts";
import { ranked } from "./ranked.ts";
import { review } from "./review.ts";
import { sumOfDeltas } from "./sum-of-deltas.ts";

/** Every conflict policy there is. A new one is a file beside these and a line here. */
export const POLICIES: Readonly<Record<PolicyDefinition["id"], PolicyDefinition>> = {
  newest,
  ranked,
  review,
  "sum-of-deltas": sumOfDeltas,
};
