import { PARTS, type Part, type Parts, UNKNOWN } from "./parts.ts";

/** How much each part counts, and what a pair has before anything is known of it. */
export type Weights = Readonly<Record<Part, number>> & { readonly start: number };

/** Two lists of sides and, for each pair of them, the parts: `parts[column][field]`. */
export type PartsTable = readonly (readonly Parts[])[];

/** The logarithm of the odds of a pair, seen alone. */
export function logOdds(parts: Parts, weights: Weights): number {
  return PARTS.reduce((sum, part) => sum + weights[part] * (parts[part] - UNKNOWN), weights.start);
}

/**
 * What the odds of all pairs make of each other: a column belongs to one field at most and a field
 * to one column, so that two equally good pairs have half of the trust each.
 */
export function chances(odds: readonly (readonly number[])[]): number[][] {
  const ofField: number[] = [];
  for (const row of odds) {
    for (const [field, odd] of row.entries()) ofField[field] = (ofField[field] ?? 0) + odd;
  }
  return odds.map((row) => {
    const ofColumn = row.reduce((sum, odd) => sum + odd, 0);
    return row.map((odd, field) => odd / (1 + ofColumn + (ofField[field] ?? 0) - odd));
  });
}
