import { compilePolicy } from "../conflicts/policy-expression.ts";
import type { Entity, Field } from "../map/document.ts";
import { type Decided, decidedOf } from "../map/groups.ts";
import { conditionFieldsOf } from "../map/owners.ts";

/** What is decided by itself, and the fields on whose values that depends. */
export type Depending = { readonly decided: Decided; readonly on: readonly string[] };

/** Everything of an entity that is decided; its own fields are read as they stood before. */
export function dependingOf(entity: Pick<Entity, "groups" | "fields">): Depending[] {
  return decidedOf(entity).map((decided) => dependingIn(entity.fields, decided));
}

export function dependingIn(fields: readonly Field[], decided: Decided): Depending {
  const named = [...conditionFieldsOf(decided.ownership), ...policyFields(fields, decided)];
  return { decided, on: named.filter((field) => !decided.fields.includes(field)) };
}

function policyFields(fields: readonly Field[], { id, policy }: Decided): readonly string[] {
  const field = fields.find((one) => one.id === id);
  if (policy.kind !== "expression" || field === undefined) return [];
  const compiled = compilePolicy(policy.expression, field, fields);
  return compiled.ok ? compiled.policy.readsFields : [];
}

/**
 * The fields in the order in which they are decided: each after those that its ownership or policy
 * depends on, else as the map has them. Null where the map's own order is as good.
 */
export function decisionOrder(all: readonly Depending[]): string[] | null {
  if (all.every(({ on }) => on.length === 0)) return null;
  const order = new Set<string>();
  const visit = (one: Depending, path: readonly Depending[]): void => {
    const { fields } = one.decided;
    if (fields.some((field) => order.has(field)) || path.includes(one)) return;
    for (const before of dependsOn(all, one)) visit(before, [...path, one]);
    for (const field of fields) order.add(field);
  };
  for (const one of all) visit(one, []);
  return [...order];
}

/** What must be decided before: a group as a whole, also where one of its fields is named. */
function dependsOn(all: readonly Depending[], { on }: Depending): Depending[] {
  return all.filter(({ decided }) => decided.fields.some((field) => on.includes(field)));
}

/** What depends each on the next and the last on the first; null where nothing does. */
export function findCycle(all: readonly Depending[]): Decided[] | null {
  const done = new Set<Depending>();
  const walk = (one: Depending, path: readonly Depending[]): Depending[] | null => {
    if (path.includes(one)) return path.slice(path.indexOf(one));
    if (done.has(one)) return null;
    for (const next of dependsOn(all, one)) {
      const cycle = walk(next, [...path, one]);
      if (cycle !== null) return cycle;
    }
    done.add(one);
    return null;
  };
  for (const one of all) {
    const cycle = walk(one, []);
    if (cycle !== null) return cycle.map(({ decided }) => decided);
  }
  return null;
}
