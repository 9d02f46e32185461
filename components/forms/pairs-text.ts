/** Two texts side by side. */
export type Pair = readonly [string, string];

/**
 * Reads two columns as a spreadsheet copies them (tabs), or a CSV with semicolons or commas.
 * Quotes around a cell are taken off and doubled ones halved, and such a cell may hold the
 * separator and line breaks; further columns and empty lines are left out.
 *
 * "DE\tGermany\nFR\tFrance" => [["DE", "Germany"], ["FR", "France"]]
 */
export function readPairs(text: string): Pair[] {
  const separator = separatorOf(text);
  const pairs: Pair[] = [];
  let line: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const [cell, end] = cellAt(text, at, separator);
    line.push(cell);
    if (text[end] !== separator) {
      const [from = "", to = ""] = line;
      if (line.some((one) => one !== "")) pairs.push([from, to]);
      line = [];
    }
    at = end + (text.startsWith("\r\n", end) ? 2 : 1);
  }
  return pairs;
}

/** Writes pairs as a spreadsheet pastes them. */
export function writePairs(pairs: readonly Pair[]): string {
  return pairs.map((pair) => pair.map(quoted).join("\t")).join("\n");
}

function separatorOf(text: string): string {
  return ["\t", ";", ","].find((each) => text.includes(each)) ?? "\t";
}

const IN_QUOTES = /"((?:[^"]|"")*)"/y;
const LINE_BREAK = /[\r\n]/;

/** The cell that begins at a place, and where it ends: at a separator, a line break or the end. */
function cellAt(text: string, at: number, separator: string): readonly [string, number] {
  IN_QUOTES.lastIndex = at;
  const inQuotes = IN_QUOTES.exec(text);
  const after = text[IN_QUOTES.lastIndex];
  if (inQuotes?.[1] !== undefined && endsCell(after, separator)) {
    return [inQuotes[1].replaceAll('""', '"'), at + inQuotes[0].length];
  }
  let end = at;
  while (!endsCell(text[end], separator)) end += 1;
  return [text.slice(at, end).trim(), end];
}

function endsCell(sign: string | undefined, separator: string): boolean {
  return sign === undefined || sign === separator || LINE_BREAK.test(sign);
}

function quoted(cell: string): string {
  return /["\t;,\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
