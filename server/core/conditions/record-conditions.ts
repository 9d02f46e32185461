import type { Condition, Field } from "../map/document.ts";
import type { FieldValue } from "../values/field-value.ts";
import { compileCondition } from "./condition.ts";

/** A value of a record, by its field; undefined where it has none. */
export type Read = (field: string) => FieldValue | undefined;

/** Do all of the conditions hold of a record? One that the check would refuse holds never. */
export function compileConditions(
  fields: readonly Field[],
  conditions: readonly Condition[],
): (read: Read) => boolean {
  const all = conditions.map((condition) => {
    const field = fields.find(({ id }) => id === condition.of);
    const compiled = field === undefined ? undefined : compileCondition(condition, field);
    return { of: condition.of, holds: compiled?.ok === true ? compiled.holds : () => false };
  });
  return (read) => all.every(({ of, holds }) => holds(read(of) ?? null));
}
