declare const brand: unique symbol;

/**
 * How far a source has been read: opaque text that its connector makes. The rest of the code
 * stores it and hands it back. Every connector makes text whose plain string order is its reading
 * order, so that `<` tells which of two came first.
 *
 * A Postgres commit at LSN 0/16B3748, third change in it => "00000000016B3748:000003"
 */
export type Position = string & { readonly [brand]: "Position" };

/** Marks text that a connector made as a position. */
export function asPosition(text: string): Position {
  return text as Position;
}
