declare const brand: unique symbol;

/**
 * How far a source has been read: opaque text that its connector makes. The rest of the code
 * stores it and hands it back; only `comparePositions` of the same connector may order two.
 * Every connector here makes text whose plain string order is the reading order.
 *
 * A Postgres commit at LSN 0/16B3748, third change in it => "00000000016B3748:000003"
 */
export type Position = string & { readonly [brand]: "Position" };

/** Marks text that a connector made as a position. */
export function asPosition(text: string): Position {
  return text as Position;
}

/** Negative when `a` was read before `b`, 0 when they are the same place. */
export function comparePositions(a: Position, b: Position): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
