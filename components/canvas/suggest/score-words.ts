/** From this score on a suggestion is very likely right: of ten such pairs about nine are. */
export const VERY_LIKELY = 0.9;
const LIKELY = 0.6;
/** Below it a pair is worth a look only to somebody who looks for one. */
export const POSSIBLE = 0.3;

/**
 * A score in words.
 *
 * 0.93 => "Very likely"; 0.4 => "Possible"
 */
export function scoreWords(score: number): string {
  if (score >= VERY_LIKELY) return "Very likely";
  if (score >= LIKELY) return "Likely";
  return score >= POSSIBLE ? "Possible" : "Unlikely";
}
