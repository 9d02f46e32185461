import type { Policy } from "../map/document.ts";

type Words = {
  readonly title: string;
  /** Continues "When two systems changed it: …" on the screens. */
  readonly sentence: string;
};

/** Apart from what the policies do: a screen that names one need not load how it decides. */
export const POLICY_WORDS: Readonly<Record<Policy["kind"], Words>> = {
  newest: {
    title: "Newest wins",
    sentence: "the newest edit wins; a tie is asked",
  },
  ranked: {
    title: "First in the list wins",
    sentence: "the system named first wins",
  },
  review: {
    title: "Ask a person",
    sentence: "a person decides",
  },
  min: {
    title: "Least wins",
    sentence: "the least value wins",
  },
  max: {
    title: "Greatest wins",
    sentence: "the greatest value wins",
  },
  longest: {
    title: "Longest wins",
    sentence: "the longest value wins; of equally long ones the first in the alphabet",
  },
  "first-non-empty": {
    title: "First with a value wins",
    sentence: "the first system in the list that has a value wins",
  },
  "sum-of-deltas": {
    title: "Add both changes",
    sentence: "both changes are added",
  },
  "set-union": {
    title: "Join both sets",
    sentence: "what either side has added is in, what either side has removed is out",
  },
  "text-merge": {
    title: "Merge both texts",
    sentence: "sentences that either side has changed are changed; where both meet, it is asked",
  },
  expression: {
    title: "By an expression",
    sentence: "a person decides where this gives no answer",
  },
};
