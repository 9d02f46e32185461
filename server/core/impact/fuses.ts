import type { Fuse, SystemImpact } from "./impact.ts";

/** More than this share of a system's rows at once is asked about, where they are this many. */
export const FUSE_SHARE = 0.05;
export const FUSE_ROWS = 10;

/** What of these effects asks for a typed reason: deletes, match keys, and very many rows. */
export function fusesOf(systems: readonly SystemImpact[]): Fuse[] {
  return systems.flatMap(({ system, created, changed, deleted, keys, rows }) => {
    const fuses: Fuse[] = [];
    const written = created + changed + deleted;
    if (deleted > 0) fuses.push({ kind: "deletes", system, count: deleted, of: rows });
    if (keys > 0) fuses.push({ kind: "keys", system, count: keys, of: rows });
    if (written > FUSE_ROWS && written > rows * FUSE_SHARE) {
      fuses.push({ kind: "share", system, count: written, of: rows });
    }
    return fuses;
  });
}

/**
 * A fuse as a sentence.
 *
 * { kind: "deletes", count: 3 }, "Shop" => "3 rows of Shop are deleted."
 */
export function fuseSentence({ kind, count, of }: Fuse, system: string): string {
  const rows = count === 1 ? "1 row" : `${count.toLocaleString("en")} rows`;
  const [are, change] = count === 1 ? ["is", "changes"] : ["are", "change"];
  if (kind === "deletes") return `${rows} of ${system} ${are} deleted.`;
  if (kind === "keys") return `${rows} of ${system} ${change} in a match key.`;
  return `${rows} of ${system} ${are} written, which has ${of.toLocaleString("en")}.`;
}

/** Why it was published all the same, as the version's note keeps it. */
export function noteWithReason(note: string, reason: string): string {
  const why = `Published although asked: ${reason}`;
  return note === "" ? why : `${note}\n\n${why}`;
}
