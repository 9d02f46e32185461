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
  const woken = new Set<LinkState["id"]>();
  for (;;) {
    for (const link of whoWants(work, work.moved)) woken.add(link);
    work.moved.clear();
    // In an order that no batch has made: of several that want one value the eldest link has it,
    // also where another one, woken by what it wanted before, stands nearer to it.
    const [eldest] = [...woken].sort();
    if (eldest === undefined) return;
    woken.delete(eldest);
    tryAgain(work, eldest);
  }
}

const whoWants = (work: Working, places: Iterable<string>): LinkState["id"][] =>
  [...places].flatMap((place) => [
    ...(work.world.wanting?.get(place) ?? []),
    ...(work.wanting.get(place) ?? []),
  ]);

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
