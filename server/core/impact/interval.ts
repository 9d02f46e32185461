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
