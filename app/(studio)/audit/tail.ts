import type { AuditPage } from "./audit-filter.ts";

type Line = AuditPage["lines"][number];

/**
 * Puts the log's present end before the lines that are there.
 * @param end the newest lines, newest first
 * @returns null when there is a gap between the two: the log has to be read anew
 */
export function joinTail(known: readonly Line[], end: readonly Line[]): Line[] | null {
  if (known.length === 0) return [...end];
  const seen = new Set(known.map(keyOf));
  const fresh = end.filter((line) => !seen.has(keyOf(line)));
  if (fresh.length === end.length && end.length > 0) return null;
  return [...fresh, ...known];
}

const keyOf = ({ stream, number }: Pick<Line, "stream" | "number">) => `${stream} ${number}`;

/** The new end before what was there; a line that is in both counts once. */
export function withTail(known: readonly Line[], tail: readonly Line[]): Line[] {
  const seen = new Set(known.map(keyOf));
  return [...tail.filter((line) => !seen.has(keyOf(line))), ...known];
}
