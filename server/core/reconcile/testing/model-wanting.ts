import type { LinkId } from "../../ids.ts";
import { AS_SPELLED } from "../../mapping/refer.ts";
import type { CompiledMap } from "../../plan/compile-map.ts";
import type { LinkState } from "../state.ts";
import { claimsOf } from "../unique.ts";
import type { HeldValue } from "../world.ts";

/** Whoever waits until nobody has a unique value any more, by its key. */
export function wantingOf(
  map: CompiledMap,
  links: ReadonlyMap<LinkId, LinkState>,
  held: Iterable<HeldValue>,
): Map<string, LinkId[]> {
  const wanting = new Map<string, LinkId[]>();
  for (const { link: id, field, code } of held) {
    const link = links.get(id);
    const rules = link === undefined ? undefined : map.bindings.get(link.binding);
    if (link === undefined || rules === undefined || code !== "unique") continue;
    const { fields } = rules.mapping.forward(link.columns, null, AS_SPELLED);
    for (const claim of claimsOf(rules.entity, (name) => (name === field ? fields[name] : null))) {
      wanting.set(claim.place, [...(wanting.get(claim.place) ?? []), id]);
    }
  }
  return wanting;
}
