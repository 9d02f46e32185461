import type { Evaluated, Fuse, SystemImpact } from "./impact.ts";
import { estimateOf } from "./interval.ts";

/** More than this share of a system's rows at once is asked about, where they are this many. */
export const FUSE_SHARE = 0.05;
export const FUSE_ROWS = 10;

/**
 * What of these effects asks for a typed reason: deletes, match keys, and very many rows. Of a
 * sample it is what they come to in the whole.
 */
export function fusesOf(
  systems: readonly SystemImpact[],
  evaluated: Pick<Evaluated, "records" | "of">,
): Fuse[] {
  const about = evaluated.records < evaluated.of ? ({ isAbout: true } as const) : {};
  return systems.flatMap(({ system, created, changed, deleted, keys, ...one }) => {
    const fuses: Fuse[] = [];
    const whole = (count: number) => estimateOf(evaluated, count);
    const [written, rows] = [whole(created + changed + deleted), whole(one.rows)];
    const fuse = { system, of: rows, ...about };
    if (deleted > 0) fuses.push({ kind: "deletes", count: whole(deleted), ...fuse });
    if (keys > 0) fuses.push({ kind: "keys", count: whole(keys), ...fuse });
    if (written > FUSE_ROWS && written > rows * FUSE_SHARE) {
      fuses.push({ kind: "share", count: written, ...fuse });
    }
    return fuses;
  });
}

/**
 * A fuse as a sentence.
 *
 * { kind: "deletes", count: 3 }, "Shop" => "3 rows of Shop are deleted."
 */
export function fuseSentence({ kind, count, of, isAbout }: Fuse, system: string): string {
  const number = count === 1 ? "1 row" : `${count.toLocaleString("en")} rows`;
  const rows = isAbout ? `About ${number}` : number;
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
