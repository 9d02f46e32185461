import type { Pair } from "./pairs-text.ts";

/** What stands in a pasted table, line by line. */
export type PastedPairs = {
  /** The first line is a heading, as far as can be told. */
  readonly hasHeading: boolean;
  /** The lines that can be taken: each left side once, and none that contradicts another. */
  readonly pairs: readonly Pair[];
  readonly notes: readonly PasteNote[];
};

/** What is said of one line; lines are counted from 1, and a heading is one. */
export type PasteNote = {
  readonly line: number;
  readonly kind: "repeated" | "contradiction" | "in-table" | "incomplete";
  readonly message: string;
};

/** Words that stand above columns of codes, in the languages that spreadsheets come in. */
const HEADINGS = new Set(
  (
    "code codes key keys value values name names label labels from to id description meaning " +
    "text wert werte schlüssel bezeichnung bedeutung von nach valeur libellé nom valor código " +
    "nombre descripción old new source target alt neu system hub"
  ).split(" "),
);

/**
 * Looks a pasted table over: a heading, lines that say the same twice, lines that contradict an
 * earlier one, and lines that contradict the table that is there.
 *
 * @param columns how the two columns are called where they are pasted
 * @param heading whether the first line is one, where a person has said so
 */
export function reviewPasted(
  lines: readonly Pair[],
  by: { table: readonly Pair[]; columns: readonly [string, string]; heading: boolean | undefined },
): PastedPairs {
  const hasHeading = by.heading ?? isHeading(lines[0], by.columns);
  const inTable = new Map(by.table.filter(([from]) => from !== ""));
  const seen = new Map<string, { readonly to: string; readonly line: number }>();
  const pairs: Pair[] = [];
  const notes: PasteNote[] = [];
  for (const [at, [from, to]] of lines.entries()) {
    const line = at + 1;
    if (line === 1 && hasHeading) continue;
    const note = noteOn([from, to], { line, before: seen.get(from), known: inTable.get(from) });
    if (note === null) pairs.push([from, to]);
    else notes.push(note);
    if (!seen.has(from)) seen.set(from, { to, line });
  }
  return { hasHeading, pairs, notes };
}

type Beside = {
  readonly line: number;
  readonly before: { readonly to: string; readonly line: number } | undefined;
  readonly known: string | undefined;
};

function noteOn([from, to]: Pair, { line, before, known }: Beside): PasteNote | null {
  if (from === "") return { line, kind: "incomplete", message: "The first column is empty." };
  if (before !== undefined && before.to === to) {
    return { line, kind: "repeated", message: `“${from}” stands in line ${before.line} too.` };
  }
  if (before !== undefined) {
    const message = `“${from}” means “${to}” here and “${before.to}” in line ${before.line}.`;
    return { line, kind: "contradiction", message };
  }
  if (known === to)
    return { line, kind: "repeated", message: `“${from}” is in the table already.` };
  if (known === undefined) return null;
  const message = `“${from}” means “${to}” here and “${known}” in the table.`;
  return { line, kind: "in-table", message };
}

function isHeading(first: Pair | undefined, columns: readonly [string, string]): boolean {
  if (first === undefined) return false;
  const names = new Set([...HEADINGS, ...columns.map((name) => name.toLowerCase())]);
  return first.every((cell) => {
    const words = cell.toLowerCase().trim();
    return names.has(words) || words.split(/[\s_-]+/).some((word) => HEADINGS.has(word));
  });
}
