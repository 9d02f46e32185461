/**
 * Where a key moves the active row of a list, or null where the key moves nothing.
 * `current` is -1 while no row is active; `page` is how many rows a page key jumps.
 *
 * ("ArrowDown", 4, 10, 8) => 5
 */
export function nextRowIndex(
  key: string,
  current: number,
  count: number,
  page: number,
): number | null {
  if (count === 0) return null;
  const move = MOVES[key];
  if (move === undefined) return null;
  const target = move(current, count, Math.max(1, page));
  return Math.min(count - 1, Math.max(0, target));
}

type Move = (current: number, count: number, page: number) => number;

const MOVES: Readonly<Record<string, Move>> = {
  ArrowDown: (current) => current + 1,
  ArrowUp: (current, count) => (current < 0 ? count - 1 : current - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
  PageDown: (current, _, page) => current + page,
  PageUp: (current, _, page) => current - page,
};
