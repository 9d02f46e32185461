/** What a cell of a value table may hold. */
export type Cell = string | boolean | null;

/** Texts that would be read as something else are written in quotes. */
const WORDS: ReadonlyMap<string, Cell> = new Map([
  ["null", null],
  ["true", true],
  ["false", false],
]);

/**
 * A cell as it is typed: null, true and false stand for themselves, text for itself, and text that
 * spells one of the three (or is in quotes already) is put in quotes.
 *
 * null => null; "null" => "\"null\""; "EUR" => "EUR"
 */
export function cellText(cell: Cell): string {
  if (typeof cell !== "string") return String(cell);
  return WORDS.has(cell) || isQuoted(cell) ? `"${cell}"` : cell;
}

/** Reads what `cellText` wrote, and what people type. */
export function readCell(text: string): Cell {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  return isQuoted(text) ? text.slice(1, -1) : text;
}

function isQuoted(text: string): boolean {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"');
}
