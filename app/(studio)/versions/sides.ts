/** One side of a comparison, as the address names it. */
export type Side = number | "live" | "draft";

/** Reads a side of the address; anything else is none. */
export function readSide(text: string | null): Side | null {
  if (text === "live" || text === "draft") return text;
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/**
 * What is compared: what the address says; else the draft with what is live, where it differs;
 * else the newest version with the one before it.
 */
export function sidesOf(
  params: { readonly from: string | null; readonly to: string | null },
  live: number,
  isChanged: boolean,
): { readonly from: Side; readonly to: Side } {
  const [from, to] = [readSide(params.from), readSide(params.to)];
  const newer = to ?? (isChanged ? "draft" : live);
  return { from: from ?? before(newer, live), to: newer };
}

/** What a version, or the draft, is compared with unless somebody asks for another. */
export function before(side: Side, live: number): Side {
  if (side === "draft") return "live";
  return Math.max(0, (side === "live" ? live : side) - 1);
}

/** "Version 3", "Version 4, live", "Draft"; the empty map has no number. */
export function sideName(side: Side, live: number): string {
  if (side === "draft") return "Draft";
  const number = side === "live" ? live : side;
  if (number === 0) return "Nothing";
  return number === live ? `Version ${number}, live` : `Version ${number}`;
}
