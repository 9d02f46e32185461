/**
 * Counts a text's characters as databases do, in Unicode code points. Stops counting above `max`
 * where one is given: the answer is then some number above it.
 */
export function countCharacters(text: string, max = Number.POSITIVE_INFINITY): number {
  // A code point is one or two units, so most answers need no counting.
  if (text.length > 2 * max) return max + 1;
  let count = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const isPair = (text.codePointAt(index) ?? 0) > 0xffff;
    if (!isPair) continue;
    count -= 1;
    index += 1;
  }
  return count;
}
