import type { Edit } from "../edits/edit.ts";
import { type Place, placePath } from "../place.ts";

/** Something wrong with a map. An error keeps it from being published, a warning must be seen. */
export type MapProblem = {
  readonly severity: "error" | "warning";
  /** Machine-readable: "unknown-column". */
  readonly code: string;
  readonly place: Place;
  /** What is wrong, where, and the way out, in whole sentences. */
  readonly message: string;
  /** The way out as an edit, where there is an obvious one. */
  readonly fix?: { readonly label: string; readonly edit: Edit };
};

/** Names a problem from check to check, so that a person can acknowledge exactly what was seen. */
export function problemKey(problem: MapProblem): string {
  return `${problem.code} ${placePath(problem.place)}`;
}

/**
 * The name that somebody who wrote `wanted` most likely meant; null when none is close.
 *
 * "prise", ["sku", "price"] => "price"
 */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase(), least);
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** How many letters must change to make one word of the other; `most` where it is as many. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? most) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? most) + 1, (next[j - 1] ?? most) + 1));
    }
    row = next;
  }
  return Math.min(row[b.length] ?? most, most);
}

/** " Did you mean price?", or nothing. */
export function suggestion(wanted: string, names: readonly string[]): string {
  const near = nearestName(wanted, names);
  return near === null ? "" : ` Did you mean ${near}?`;
}
