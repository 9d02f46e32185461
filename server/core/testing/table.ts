/**
 * Reads a truth table written as text, so that its columns stay columns. The first line names
 * them; cells are parted by two or more spaces, so a cell may hold single ones.
 */
export function table<Column extends string>(text: string): Record<Column, string>[] {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const [head, ...rows] = lines.map((line) => line.split(/ {2,}/));
  if (head === undefined) return [];
  return rows.map((cells) => {
    if (cells.length !== head.length) {
      throw new Error(
        `This row has ${cells.length} cells, not ${head.length}: ${cells.join("  ")}`,
      );
    }
    return Object.fromEntries(head.map((name, index) => [name, cells[index]])) as Record<
      Column,
      string
    >;
  });
}
