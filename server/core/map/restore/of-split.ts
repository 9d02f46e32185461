import type { Split } from "../document.ts";
import { saidForAll, splitEdit, splitEnd } from "../edits/splits.ts";
import { splitById } from "../splits.ts";
import { because, edits, itemOf, type Restored, type Wanted } from "./restored.ts";

/** What is said of all fields of a split. A split that was not there goes, with its fields. */
export function restoreSplit({ kind, place, from, into }: Wanted): Restored {
  const { entity: id = "", split = "" } = place;
  const entity = itemOf(into.entities, id)?.item;
  if (entity === undefined) return because("The draft has no such entity. Bring the entity back.");
  const earlier = itemOf(from.entities, id)?.item;
  const was = earlier === undefined ? undefined : splitById(earlier, split);
  if (was === undefined) return edits(splitEnd(entity, split, "remove"));
  const edit = saidForAll(into, entity, split, partOf(kind, was));
  return edits(edit ?? splitEdit(into, entity, { split, to: was }));
}

/** What a rule of this kind says. */
function partOf(kind: Wanted["kind"], was: Split): Partial<Split> {
  const { name, type, per, options, group, note, ownership, policy, validation } = was;
  const parts: Partial<Record<Wanted["kind"], object>> = {
    ...{ field: { name }, type: { type, per }, policy: { policy }, validation: { validation } },
    ...{ options: { options }, group: { group }, note: { note }, ownership: { ownership } },
  };
  return parts[kind] ?? {};
}
