import { readWaitingChange, type WaitingChange } from "../../storage/mass-changes.ts";

export type RunDetail = {
  /** For people; null where there is nothing to say. */
  readonly words: string | null;
  /** What a waiting mass change asks about; null for everything else. */
  readonly asks: WaitingChange | null;
};

/** A run's detail is words, or what a mass change asks. */
export function detailOf(run: {
  readonly kind: string;
  readonly detail: string | null;
}): RunDetail {
  const asks = run.kind === "mass-change" ? readWaitingChange(run.detail) : null;
  if (asks === null) return { words: run.detail, asks: null };
  const share = Math.round((asks.gone / Math.max(1, asks.live)) * 100);
  return {
    words: `${asks.gone} of ${asks.live} rows are missing at once (${share} %). This is above the limits.`,
    asks,
  };
}
