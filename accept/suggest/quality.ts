import { assign } from "../../server/core/suggest/assign.ts";

/** The scores that a way of suggesting gives the pairs of two tables, and what is true. */
export type Scored = {
  readonly name: string;
  /** As `scores[column][field]`. */
  readonly scores: readonly (readonly number[])[];
  readonly truth: readonly (number | null)[];
};

const THRESHOLDS = [0.3, 0.5, 0.7, 0.9];
const RANKS = [1, 3, 7] as const;

export type Rate = { readonly right: number; readonly shown: number; readonly wanted: number };

/** 1 where nothing is shown: nothing of it is wrong. The counts stand beside it. */
export function precisionOf({ right, shown }: Rate): number {
  return shown === 0 ? 1 : right / shown;
}

export function f1Of(rate: Rate): number {
  const recall = rate.wanted === 0 ? 1 : rate.right / rate.wanted;
  const precision = precisionOf(rate);
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** "Accept all" at this score: of the pairs that are chosen one to one, how many are right. */
export function rateAt(scored: readonly Scored[], threshold: number): Rate {
  let [right, shown, wanted] = [0, 0, 0];
  for (const { scores, truth } of scored) {
    const pairs = scores.flatMap((row, column) =>
      row.map((score, field) => ({ column, field, score })),
    );
    const chosen = assign(pairs).filter(({ score }) => score >= threshold);
    shown += chosen.length;
    right += chosen.filter(({ column, field }) => truth[column] === field).length;
    wanted += truth.filter((field) => field !== null).length;
  }
  return { right, shown, wanted };
}

/** Of the columns that have a field, how many have it among their first `rank` candidates. */
export function hitsAt(scored: readonly Scored[], rank: number): { hits: number; of: number } {
  const placed = scored.flatMap(({ scores, truth }) =>
    truth.flatMap((field, column) => {
      if (field === null) return [];
      const row = scores[column] ?? [];
      const own = row[field] ?? 0;
      // Of equals the first stands first; what has no score is not shown at all.
      return [
        own <= 0
          ? Number.POSITIVE_INFINITY
          : row.filter((one, at) => isAhead(one, own, at, field)).length,
      ];
    }),
  );
  return { hits: placed.filter((before) => before < rank).length, of: placed.length };
}

function isAhead(score: number, own: number, at: number, field: number): boolean {
  return score > own || (score === own && at < field);
}

/** Lines for people: over all and for each pair of tables. */
export function qualityLines(scored: readonly Scored[]): string[] {
  const ranks = (some: readonly Scored[]) =>
    RANKS.map((rank) => {
      const { hits, of } = hitsAt(some, rank);
      return `top-${rank} ${hits}/${of}`;
    }).join(" ");
  const line = (name: string, some: readonly Scored[], threshold: number) => {
    const rate = rateAt(some, threshold);
    const recall = rate.right / rate.wanted;
    return (
      `${name} at ${threshold}: precision ${precisionOf(rate).toFixed(2)} ` +
      `recall ${recall.toFixed(2)} F1 ${f1Of(rate).toFixed(2)} ` +
      `(${rate.right} of ${rate.shown} right, ${rate.wanted} wanted)`
    );
  };
  return [
    ...THRESHOLDS.map((threshold) => line("all", scored, threshold)),
    `all: ${ranks(scored)}; ${calibration(scored)}`,
    ...scored.map((one) => {
      const rates = THRESHOLDS.map((threshold) => {
        const rate = rateAt([one], threshold);
        const recall = rate.right / rate.wanted;
        return `${threshold}: ${precisionOf(rate).toFixed(2)}/${recall.toFixed(2)}/${f1Of(rate).toFixed(2)}`;
      });
      return `${one.name}: P/R/F1 at ${rates.join("  ")}; ${ranks([one])}`;
    }),
  ];
}

const BANDS = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.01];

/** Whether a score means what it says: how many of the pairs of each band are right. */
function calibration(scored: readonly Scored[]): string {
  const all = scored.flatMap(({ scores, truth }) =>
    scores.flatMap((row, column) =>
      row.map((score, field) => ({ score, isTrue: truth[column] === field })),
    ),
  );
  const bands = BANDS.slice(0, -1).map((from, at) => {
    const to = BANDS[at + 1] ?? 1;
    const inside = all.filter(({ score }) => score >= from && score < to);
    return `${from}+ ${inside.filter(({ isTrue }) => isTrue).length}/${inside.length}`;
  });
  return `right by score ${bands.join(", ")}`;
}
