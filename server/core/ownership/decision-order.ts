import type { Decided } from "../map/groups.ts";
import { conditionFieldsOf } from "../map/owners.ts";

/** Fields on whose values the ownership depends; its own are read as they stood before. */
function conditionFields({ fields, ownership }: Decided): string[] {
  return conditionFieldsOf(ownership).filter((field) => !fields.includes(field));
}

/**
 * The fields in the order in which they are decided: each after those that its ownership depends
 * on, else as the map has them. Null where the map's own order is as good.
 */
export function decisionOrder(all: readonly Decided[]): string[] | null {
  if (all.every((one) => conditionFields(one).length === 0)) return null;
  const order = new Set<string>();
  const visit = (one: Decided, path: readonly Decided[]): void => {
    if (one.fields.some((field) => order.has(field)) || path.includes(one)) return;
    for (const before of dependsOn(all, one)) visit(before, [...path, one]);
    for (const field of one.fields) order.add(field);
  };
  for (const one of all) visit(one, []);
  return [...order];
}

/** What must be decided before: a group as a whole, also where one of its fields is named. */
function dependsOn(all: readonly Decided[], one: Decided): Decided[] {
  const named = conditionFields(one);
  return all.filter(({ fields }) => fields.some((field) => named.includes(field)));
}

/** What depends each on the next and the last on the first; null where nothing does. */
export function findCycle(all: readonly Decided[]): Decided[] | null {
  const done = new Set<Decided>();
  const walk = (one: Decided, path: readonly Decided[]): Decided[] | null => {
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
    if (cycle !== null) return cycle;
  }
  return null;
}
