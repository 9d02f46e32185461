import type { MapDocument, OwnershipRule, Rights } from "../document.ts";
import { ruledOf } from "../groups.ts";
import { ownersOf } from "../owners.ts";
import type { Edit, SimpleEdit } from "./edit.ts";
import { ownershipEdit } from "./groups.ts";
import {
  applied,
  type EditResult,
  isMissing,
  withChanges,
  withItem,
  withoutChanges,
} from "./outcome.ts";

type Of<Type extends SimpleEdit["type"]> = Extract<SimpleEdit, { type: Type }>;

export function addSystem(document: MapDocument, edit: Of<"add-system">): EditResult {
  const next = { ...document, systems: withItem(document.systems, edit.system, edit.at) };
  const inverse: Edit = { type: "remove-system", system: edit.system.id };
  return applied(next, inverse, `Add system ${edit.system.name}`);
}

export function changeSystem(document: MapDocument, edit: Of<"change-system">): EditResult {
  const at = document.systems.findIndex((one) => one.id === edit.system);
  const system = document.systems[at];
  if (system === undefined) return isMissing(document, { system: edit.system });
  const changed = withChanges(system, edit.changes);
  const next = { ...document, systems: document.systems.with(at, changed) };
  const inverse: Edit = { ...edit, changes: withoutChanges(system, edit.changes) };
  return applied(next, inverse, `Change system ${changed.name}`);
}

/** The edits that remove a system and everything that names it; null where there is none. */
export function removalOfSystem(document: MapDocument, id: string): Edit[] | null {
  if (!document.systems.some((one) => one.id === id)) return null;
  const bindings = document.bindings.filter((binding) => binding.system === id);
  return [
    ...bindings.map((binding): Edit => ({ type: "remove-binding", binding: binding.id })),
    ...document.entities.flatMap((entity) =>
      ruledOf(entity).flatMap((one): Edit[] => {
        if (!ownersOf(one.ownership).includes(id)) return [];
        return [ownershipEdit(entity, one, ownershipWithout(one.ownership, id))];
      }),
    ),
    { type: "remove-system", system: id },
  ];
}

/**
 * The rule without the system; null where nobody is left, so that every bound system decides. A
 * case in which nobody is left goes with it.
 */
function ownershipWithout(rule: OwnershipRule | undefined, system: string): OwnershipRule | null {
  if (rule === undefined) return null;
  const { cases = [], ...rights } = rule;
  const left = rightsWithout(rights, system);
  const kept = cases.flatMap((one) => rightsWithout(one, system) ?? []);
  if (left === null) return null;
  return kept.length === 0 ? left : { cases: kept, ...left };
}

function rightsWithout<Own extends Rights>(rights: Own, system: string): Own | null {
  const tiers = rights.tiers
    .map((tier) => ({ ...tier, systems: tier.systems.filter((one) => one !== system) }))
    .filter((tier) => tier.systems.length > 0);
  const { clear, ...rest } = rights;
  const clears = clear === undefined ? {} : { clear: clear.filter((one) => one !== system) };
  return tiers.length === 0 ? null : ({ ...rest, tiers, ...clears } as Own);
}

/** Removes the system alone; `removalOfSystem` says what must go with it. */
export function removeSystem(document: MapDocument, edit: Of<"remove-system">): EditResult {
  const at = document.systems.findIndex((one) => one.id === edit.system);
  const system = document.systems[at];
  if (system === undefined) return isMissing(document, { system: edit.system });
  const next = { ...document, systems: document.systems.toSpliced(at, 1) };
  return applied(next, { type: "add-system", system, at }, `Remove system ${system.name}`);
}
