import type { OwnershipRule, Rights } from "./document.ts";

/** The rights of a rule: those of its cases in their order, then those that hold otherwise. */
export function rightsIn(rule: OwnershipRule | undefined | null): Rights[] {
  return rule === undefined || rule === null ? [] : [...(rule.cases ?? []), rule];
}

/** Every system that a rule names, each once. */
export function ownersOf(rule: OwnershipRule | undefined | null): string[] {
  const named = rightsIn(rule).flatMap(({ tiers, clear = [] }) => [
    ...tiers.flatMap(({ systems }) => systems),
    ...clear,
  ]);
  return [...new Set(named)];
}

/** Every field on which a rule's cases depend. */
export function conditionFieldsOf(rule: OwnershipRule | undefined | null): string[] {
  const named = (rule?.cases ?? []).flatMap(({ when }) => when.map(({ of }) => of));
  return [...new Set(named)];
}
