import { diffMaps, ruleSubject } from "../diff.ts";
import type { MapDocument } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import { applyEdit } from "../edits.ts";
import { type MapRule, ruleKey, rulesOf } from "../rules.ts";
import { restoreBinding } from "./of-binding.ts";
import { restoreEntity } from "./of-entity.ts";
import { restoreField } from "./of-field.ts";
import { restoreGroup } from "./of-group.ts";
import { restoreSplit } from "./of-split.ts";
import { restoreDimension, restoreSystem } from "./of-system.ts";
import { because, type NotRestored, type Restored, type Wanted } from "./restored.ts";

/** A rule as the difference of two maps names it. */
export type RuleName = Pick<MapRule, "kind" | "place">;

export type Restoration = { readonly ok: true; readonly edit: Edit } | NotRestored;

/**
 * The edit that makes a map say of one thing what another map says of it: one rule of an earlier
 * version comes back, the others stay as they are. What an earlier version did not have goes.
 *
 * @param maps `into` is to say it (the draft), `from` says it (an earlier version)
 * @param version the number of `from`, for the undo menu
 */
export function restoreRule(
  maps: { readonly into: MapDocument; readonly from: MapDocument },
  rule: RuleName,
  version: number,
): Restoration {
  const { from, into } = maps;
  const said = ruleOf(from, rule) ?? ruleOf(into, rule);
  if (said === undefined) {
    return because("Neither map says anything of it any more. Compare them again.");
  }
  if (!differs(from, into, rule)) return because("The draft says so already.");
  const restored = restore({ ...maps, ...rule });
  if (!restored.ok) return restored;
  const label = `Bring back ${ruleSubject(said)}`.slice(0, SUBJECT_MAX);
  const named = `${label}, as in version ${version}`;
  const edit: Edit = { type: "batch", label: named, edits: [...restored.edits] };
  const result = applyEdit(into, edit);
  if (!result.ok) return because(result.refusal.message);
  return differs(from, result.document, rule) ? because(ENTANGLED) : { ok: true, edit };
}

/** Characters of what a label of the undo menu is about. */
const SUBJECT_MAX = 150;

const ENTANGLED =
  "It hangs together with something else that differs, as a field with its group. " +
  "Bring that back first, or change it in the draft by hand.";

function ruleOf(map: MapDocument, rule: RuleName): MapRule | undefined {
  const key = ruleKey(rule);
  return [...rulesOf(map)].find((one) => ruleKey(one) === key);
}

function differs(from: MapDocument, into: MapDocument, rule: RuleName): boolean {
  const key = ruleKey(rule);
  return diffMaps(from, into).entities.some(({ fields }) =>
    fields.some(({ changes }) =>
      changes.some((change) => ruleKey({ kind: change.rule, place: change.place }) === key),
    ),
  );
}

function restore(wanted: Wanted): Restored {
  const { place } = wanted;
  if (place.binding !== undefined) return restoreBinding(wanted);
  if (place.system !== undefined) return restoreSystem(wanted);
  if (place.dimension !== undefined) return restoreDimension(wanted);
  if (place.field !== undefined) return restoreField(wanted);
  if (place.group !== undefined) return restoreGroup(wanted);
  return place.split === undefined ? restoreEntity(wanted) : restoreSplit(wanted);
}
