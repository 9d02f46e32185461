const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Where a key leads in a grid with holes.
 * @param places "row:column" of each cell that can be stood on
 * @param from the index of the one that has the focus; -1 for none
 * @returns an index of `places`; null where the key means nothing or leads nowhere
 */
export function nextPlace(key: string, places: readonly string[], from: number): number | null {
  if (places.length === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return places.length - 1;
  const step = STEPS[key];
  if (step === undefined) return null;
  const grid = places.map((place) => place.split(":").map(Number));
  const [row = 0, column = 0] = grid[from] ?? [];
  const ahead = grid
    .map(([toRow = 0, toColumn = 0], index) => ({
      index,
      along: (toRow - row) * step[0] + (toColumn - column) * step[1],
      aside: Math.abs((toRow - row) * step[1]) + Math.abs((toColumn - column) * step[0]),
    }))
    .filter(({ along, aside }) => along > 0 && (step[0] === 0 ? aside === 0 : true));
  // Down and up look for the nearest row first, and in it for the nearest column.
  ahead.sort((a, b) => a.along - b.along || a.aside - b.aside);
  return ahead[0]?.index ?? null;
}
