/** The middle of some numbers; 0 of none. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The smallest number that at least this share of them does not exceed. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = Math.ceil(sorted.length * share) - 1;
  return sorted[Math.min(Math.max(place, 0), sorted.length - 1)] ?? 0;
}
