/** A pair that may be chosen. */
type Pair = { readonly column: number; readonly field: number; readonly score: number };

/**
 * One field for each column and one column for each field, the best pairs first: with scores that
 * both sides see alike this is the one stable choice, in which no column and field would both
 * rather have each other. Of equal pairs the one that comes first in its tables is taken.
 */
export function assign<P extends Pair>(pairs: readonly P[]): P[] {
  return oneEach(pairs.toSorted(bestFirst));
}

/** Of pairs in order, those whose column and field no earlier one has. */
export function oneEach<P extends { readonly column: unknown; readonly field: unknown }>(
  ordered: readonly P[],
): P[] {
  const [columns, fields] = [new Set<unknown>(), new Set<unknown>()];
  return ordered.filter(({ column, field }) => {
    if (columns.has(column) || fields.has(field)) return false;
    columns.add(column);
    fields.add(field);
    return true;
  });
}

export function bestFirst(a: Pair, b: Pair): number {
  return b.score - a.score || a.column - b.column || a.field - b.field;
}
