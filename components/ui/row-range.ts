import { defaultRangeExtractor, type Range } from "@tanstack/react-virtual";

/**
 * The rows to draw: those in sight and the active one, wherever it is, because the grid's
 * `aria-activedescendant` must point at something that exists.
 */
export function rowRange(range: Range, activeIndex: number): number[] {
  const shown = defaultRangeExtractor(range);
  if (activeIndex < 0 || activeIndex >= range.count || shown.includes(activeIndex)) return shown;
  return [...shown, activeIndex].sort((a, b) => a - b);
}
