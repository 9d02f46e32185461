import type { LinkState, MappedObservation } from "./state.ts";

/**
 * Told already, or overtaken: an observation before the link's last one decides nothing. A whole
 * read at the very place of the one before it may be read with other edges, and is decided again.
 */
export function isLate(link: LinkState, { position, transaction, at }: MappedObservation): boolean {
  if (link.position === null || position > link.position) return false;
  return position < link.position || transaction !== null || at !== null;
}
