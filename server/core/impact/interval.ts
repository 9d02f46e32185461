import { type Evaluated, isExact, type SystemImpact } from "./impact.ts";

/** For 95 of 100 samples the interval has the true number in it. */
const Z = 1.96;

/**
 * Between which numbers a count lies in the whole, by Wilson's interval.
 *
 * 10 of 100 looked at, of 1000 => { low: 55, high: 175 }
 */
export function intervalOf(
  count: number,
  sampled: number,
  whole: number,
): { readonly low: number; readonly high: number } {
  if (sampled === 0) return { low: 0, high: whole };
  if (sampled >= whole) return { low: count, high: count };
  const share = count / sampled;
  const spread = Z * Z;
  const middle = share + spread / (2 * sampled);
  const half = Z * Math.sqrt((share * (1 - share)) / sampled + spread / (4 * sampled * sampled));
  const scale = 1 + spread / sampled;
  const low = Math.floor(Math.max(0, (middle - half) / scale) * whole);
  const high = Math.ceil(Math.min(1, (middle + half) / scale) * whole);
  // What was seen is there.
  return { low: Math.max(low, count), high: Math.max(high, count) };
}

type Looked = Pick<Evaluated, "records" | "of">;

/** What a count of a sample comes to in the whole. */
export function estimateOf({ records, of }: Looked, count: number): number {
  return records >= of ? count : Math.round((count * of) / Math.max(records, 1));
}

/**
 * Between which numbers a count of an impact lies in the whole; the same twice, where all was
 * looked at.
 * @param rows of so many rows, or records, that were looked at
 */
export function rangeOf(
  evaluated: Looked,
  count: number,
  rows: number,
): { readonly low: number; readonly high: number } {
  if (evaluated.records >= evaluated.of) return { low: count, high: count };
  const sampled = Math.max(rows, count);
  return intervalOf(count, sampled, estimateOf(evaluated, sampled));
}

/** How many rows of a system were looked at, those with it that are to be made. */
export function rowsLookedAt({ rows, created, changed, unchanged, deleted }: SystemImpact): number {
  return Math.max(rows, created + changed + unchanged + deleted);
}

/** How far one may rely on the counts, as a sentence. */
export function evaluatedSentence(evaluated: Evaluated): string {
  const { records, of } = evaluated;
  if (isExact(evaluated)) return "Exact: every record was looked at.";
  const [looked, all] = [records.toLocaleString("en"), of.toLocaleString("en")];
  if (records >= of) return "Every record was looked at, and not every row could be read.";
  return (
    `A sample: ${looked} of ${all} records were looked at. Each range holds the true number in ` +
    "95 of 100 such samples."
  );
}
