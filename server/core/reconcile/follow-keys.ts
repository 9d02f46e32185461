import { isLate } from "./late.ts";
import { rowGone } from "./row-gone.ts";
import type { LinkState, MappedObservation } from "./state.ts";
import { endWaiting, leftLink, liveLink, putLink, type Working } from "./world.ts";

/**
 * Moves the links of rows whose keys a transaction changed: the same records under new ids. All of
 * them at once, for two rows may have exchanged theirs.
 */
export function followKeys(
  work: Working,
  observations: readonly MappedObservation[],
  index: number,
): void {
  const { transaction = null, system } = observations[index] ?? {};
  const place = `${system}\n${transaction ?? index}`;
  if (work.rekeyed.has(place)) return;
  work.rekeyed.add(place);
  const together = observations
    .slice(index)
    .filter((one, at) => at === 0 || (transaction !== null && one.transaction === transaction));
  const moves = together.flatMap((observation) => {
    const { binding, previousExternalId } = observation;
    if (previousExternalId === undefined) return [];
    const link =
      liveLink(work, binding, previousExternalId) ?? leftLink(work, binding, previousExternalId);
    return link === undefined || isLate(link, observation) ? [] : [{ link, observation }];
  });
  const moved = new Set(moves.map(({ link }) => link.id));
  for (const { observation } of moves) {
    const there = liveLink(work, observation.binding, observation.externalId);
    if (there !== undefined && !moved.has(there.id)) endUnseen(work, there, observation);
  }
  for (const { link, observation } of moves) {
    putLink(work, { ...link, externalId: observation.externalId });
  }
  // One that nobody has yet waits under its new id.
  for (const { binding, previousExternalId } of together) {
    if (previousExternalId !== undefined) endWaiting(work, binding, previousExternalId);
  }
}

/** The row that had the id until now is gone, and nobody was told of that: an id has one row. */
function endUnseen(work: Working, link: LinkState, { position, ...told }: MappedObservation): void {
  const end = { ...told, position, kind: "gone" as const, columns: {}, fields: {}, problems: [] };
  const asked = { detail: "Another row has its id now." };
  rowGone(work, link, end, { attempt: undefined, isStray: false, asked });
}
