import { decideFields } from "./decide-fields.ts";
import { findDue } from "./find-due.ts";
import { refreshKeys } from "./keys.ts";
import { type LinkState, rowOf } from "./state.ts";
import { validated } from "./validate.ts";
import {
  type Changes,
  heldOf,
  linkOf,
  recordOf,
  startWork,
  type Working,
  type World,
} from "./world.ts";

/**
 * What waited for a unique value goes on as soon as its holder gives it up: by itself, and before
 * anything that was told later.
 */
export function wakeWanting(work: Working): void {
  while (work.moved.size > 0) {
    const places = [...work.moved];
    work.moved.clear();
    const links = places.flatMap((place) => [
      ...(work.world.wanting?.get(place) ?? []),
      ...(work.wanting.get(place) ?? []),
    ]);
    // In an order that no batch has made: of several that want one value the eldest link has it.
    for (const id of [...new Set(links)].sort()) tryAgain(work, id);
  }
}

/** The same after what a person did, or a row of another system: these keys have been given up. */
export function wakeFor(world: World, places: readonly string[], newId: () => string): Changes {
  const work = startWork(world, newId);
  for (const place of places) work.moved.add(place);
  wakeWanting(work);
  for (const record of work.touched) findDue(work, record);
  return work.changes;
}

function tryAgain(work: Working, id: LinkState["id"]): void {
  const link = linkOf(work, id);
  if (link === undefined || link.state !== "live") return;
  if (recordOf(work, link.record)?.deletedAt !== null) return;
  if (!heldOf(work, link.record).some((held) => held.link === id)) return;
  decideFields(work, id, validated(work, id, rowOf(link, {}), undefined), undefined);
  refreshKeys(work, link.record);
}
