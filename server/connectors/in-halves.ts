/**
 * Writes through a call that takes all of its rows or none. A batch that is refused is halved until
 * the bad rows stand alone, so that they harm no other.
 * @param call null when it refused several rows together, and none of them was written
 * @returns a result for each row, in order
 */
export async function inHalves<Row, Result>(
  rows: readonly Row[],
  call: (rows: readonly Row[]) => Promise<readonly Result[] | null>,
): Promise<Result[]> {
  if (rows.length === 0) return [];
  const results = await call(rows);
  if (results !== null) return [...results];
  if (rows.length === 1) throw new Error("A row alone has a result of its own.");
  const middle = Math.ceil(rows.length / 2);
  const first = await inHalves(rows.slice(0, middle), call);
  return [...first, ...(await inHalves(rows.slice(middle), call))];
}
