import { expression } from "./expression.ts";
import { firstNonEmpty } from "./first-non-empty.ts";
import { longest } from "./longest.ts";
import { max } from "./max.ts";
import { min } from "./min.ts";
import { newest } from "./newest.ts";
import type { PolicyDefinition } from "./policy.ts";
import { ranked } from "./ranked.ts";
import { review } from "./review.ts";
import { setUnion } from "./set-union.ts";
import { sumOfDeltas } from "./sum-of-deltas.ts";
import { textMerge } from "./text-merge.ts";

/** Every conflict policy there is. A new one is a file beside these and a line here. */
export const POLICIES: Readonly<Record<PolicyDefinition["id"], PolicyDefinition>> = {
  newest,
  ranked,
  review,
  min,
  max,
  longest,
  "first-non-empty": firstNonEmpty,
  "sum-of-deltas": sumOfDeltas,
  "set-union": setUnion,
  "text-merge": textMerge,
  expression,
};
