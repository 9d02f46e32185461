import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Side } from "../../server/core/suggest/profile.ts";

/** Two tables of the same kind of thing, and which of their columns belong together. */
export type TablePair = {
  readonly name: string;
  readonly columns: readonly Side[];
  readonly fields: readonly Side[];
  /** As `truth[column]`: the field, or null. */
  readonly truth: readonly (number | null)[];
};

/** Names in the lists of truth that are spelled otherwise in the table itself. */
const MISSPELLED: Readonly<Record<string, string>> = { publish_time: "published_time" };

/** Folders that have both tables; the others are named. */
export function readTablePairs(place: string): { pairs: TablePair[]; missing: string[] } {
  const folders = readdirSync(place)
    .filter((name) => existsSync(path.join(place, name, "mapping.txt")))
    .toSorted();
  const isWhole = (name: string) =>
    ["Table1.csv", "Table2.csv"].every((file) => existsSync(path.join(place, name, file)));
  return {
    pairs: folders.filter(isWhole).map((name) => readPair(path.join(place, name), name)),
    missing: folders.filter((name) => !isWhole(name)),
  };
}

function readPair(folder: string, name: string): TablePair {
  const columns = readSides(path.join(folder, "Table1.csv"));
  const fields = readSides(path.join(folder, "Table2.csv"));
  const pairs = readFileSync(path.join(folder, "mapping.txt"), "utf8")
    .split("\n")
    .flatMap((line) => {
      const found = /^<(.*), (.*)>$/.exec(line.trim());
      return found === null ? [] : [[found[1] ?? "", found[2] ?? ""] as const];
    });
  const truth: (number | null)[] = columns.map(() => null);
  for (const [left, right] of pairs) {
    truth[placeOf(columns, left)] = placeOf(fields, right);
  }
  return { name, columns, fields, truth };
}

function placeOf(sides: readonly Side[], name: string): number {
  const spelled = MISSPELLED[name] ?? name;
  const found = [name, spelled].map((one) => sides.findIndex(({ names }) => names[0] === one));
  const place = found.find((at) => at >= 0);
  if (place === undefined) throw new Error(`No column is called ${name}.`);
  return place;
}

function readSides(file: string): Side[] {
  const [head = [], ...rows] = parseCsv(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  return head.map((name, at) => ({
    ...{ names: [name.trim()], type: "text" },
    values: rows.map((row) => row[at] ?? ""),
  }));
}

/** Comma-separated values with quotes, as RFC 4180 has them. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) throw new Error("This is not a file of comma-separated values.");
    const [, raw = "", end = ""] = found;
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end !== "," && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}
