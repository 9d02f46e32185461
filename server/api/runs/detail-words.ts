import type { MassKind } from "../../core/map/mass-words.ts";
import { readWaitingChange, type WaitingChange } from "../../storage/mass-changes.ts";

export type RunDetail = {
  /** For people; null where there is nothing to say. */
  readonly words: string | null;
  /** What a waiting mass change asks about; null for everything else. */
  readonly asks: (WaitingChange & { readonly rows: number }) | null;
};

type Run = {
  readonly kind: string;
  readonly detail: string | null;
  readonly counts: Readonly<Record<string, number>>;
};

/**
 * A run's detail is words, or what a mass change asks.
 * @param nameOf a field in words
 */
export function detailOf(run: Run, nameOf = (field: string): string => field): RunDetail {
  const asks = run.kind === "mass-change" ? readWaitingChange(run.detail) : null;
  if (asks === null) return { words: run.detail, asks: null };
  const rows = run.counts["quarantined"] ?? 0;
  const all = rows + asks.passed;
  const share = Math.round((all / Math.max(1, asks.total)) * 100);
  const what = WHAT[asks.kind](asks.field === null ? "" : nameOf(asks.field));
  const waits =
    asks.passed === 0
      ? "All of them wait for you."
      : `The first ${asks.passed} were within the limits, ${rows} wait for you.`;
  return {
    words: `${all} of ${asks.total} rows ${what} (${share} %). ${waits}`,
    asks: { ...asks, rows },
  };
}

const WHAT: Readonly<Record<MassKind, (field: string) => string>> = {
  gone: () => "are gone at once",
  cleared: (field) => `lost their value of ${field} at once`,
  changed: (field) => `changed ${field} at once`,
};
