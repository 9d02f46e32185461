/** Two texts side by side. */
export type Pair = readonly [string, string];

/**
 * Reads two columns as a spreadsheet copies them (tabs), or a CSV with semicolons or commas.
 * Quotes around a cell are taken off and doubled ones halved; further columns are left out.
 *
 * "DE\tGermany\nFR\tFrance" => [["DE", "Germany"], ["FR", "France"]]
 */
export function readPairs(text: string): Pair[] {
  const separator = separatorOf(text);
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [from = "", to = ""] = cells(line, separator);
      return [from, to] as const;
    });
}

/** Writes pairs as a spreadsheet pastes them. */
export function writePairs(pairs: readonly Pair[]): string {
  return pairs.map((pair) => pair.map(quoted).join("\t")).join("\n");
}

function separatorOf(text: string): string {
  return ["\t", ";", ","].find((each) => text.includes(each)) ?? "\t";
}

function cells(line: string, separator: string): string[] {
  const found: string[] = [];
  let rest = line;
  while (rest !== "") {
    const [cell, length] = nextCell(rest, separator);
    found.push(cell);
    rest = rest.slice(length + 1);
  }
  return found;
}

/** The first cell of a line and how many characters it takes. */
function nextCell(line: string, separator: string): [string, number] {
  const inQuotes = /^"((?:[^"]|"")*)"/.exec(line);
  if (inQuotes?.[1] !== undefined && endsCell(line, inQuotes[0].length, separator)) {
    return [inQuotes[1].replaceAll('""', '"'), inQuotes[0].length];
  }
  const end = line.indexOf(separator);
  const length = end < 0 ? line.length : end;
  return [line.slice(0, length).trim(), length];
}

function endsCell(line: string, at: number, separator: string): boolean {
  return at === line.length || line[at] === separator;
}

function quoted(cell: string): string {
  return /["\t;,]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
