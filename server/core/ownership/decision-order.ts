import type { Field } from "../map/document.ts";
import { conditionFieldsOf } from "../map/owners.ts";

/** Fields on whose values the ownership of a field depends; its own is read as it stood before. */
function conditionFields({ id, ownership }: Field): string[] {
  return conditionFieldsOf(ownership).filter((field) => field !== id);
}

/**
 * The fields in the order in which they are decided: each after those that its ownership depends
 * on, else as the map has them. Null where the map's own order is as good.
 */
export function decisionOrder(fields: readonly Field[]): string[] | null {
  if (fields.every((field) => conditionFields(field).length === 0)) return null;
  const order = new Set<string>();
  const visit = (field: Field, path: readonly string[]): void => {
    if (order.has(field.id) || path.includes(field.id)) return;
    for (const id of conditionFields(field)) {
      const before = fields.find((one) => one.id === id);
      if (before !== undefined) visit(before, [...path, field.id]);
    }
    order.add(field.id);
  };
  for (const field of fields) visit(field, []);
  return [...order];
}

/** Fields of which each depends on the next and the last on the first; null where none do. */
export function findCycle(fields: readonly Field[]): string[] | null {
  const done = new Set<string>();
  const walk = (id: string, path: readonly string[]): string[] | null => {
    if (path.includes(id)) return path.slice(path.indexOf(id));
    if (done.has(id)) return null;
    const field = fields.find((one) => one.id === id);
    for (const next of field === undefined ? [] : conditionFields(field)) {
      const cycle = walk(next, [...path, id]);
      if (cycle !== null) return cycle;
    }
    done.add(id);
    return null;
  };
  for (const { id } of fields) {
    const cycle = walk(id, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
