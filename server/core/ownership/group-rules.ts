import { present } from "../assert.ts";
import type { Entity, FieldGroup } from "../map/document.ts";
import { isTuple, type Tuple } from "../values/field-value.ts";
import { compileDecider, type FieldRules } from "./field-rules.ts";

/**
 * The rules of fields that are decided together. Values are tuples; what one of two does not tell
 * is no difference between them, for an absent part is what was last accounted for.
 * @param fields the rules of the entity's fields
 */
export function compileGroupRules(
  entity: Entity,
  group: FieldGroup,
  fields: ReadonlyMap<string, FieldRules>,
): FieldRules {
  const parts = group.fields.map((id) => present(fields.get(id), `No field ${id} of a group.`));
  return compileDecider(group, entity.fields, {
    ...{ field: group.fields[0] ?? "", type: "json", parts, group: group.name },
    ...comparing(parts),
    // No policy of a group makes values of its own.
    expression: null,
    memberKey: (member) => JSON.stringify(member),
    meetsRules: () => false,
  });
}

/** The rules of a group as a binding reads it: of the parts that its rows tell. */
export function groupOfParts(rules: FieldRules, read: readonly string[]): FieldRules {
  const parts = rules.parts?.filter(({ field }) => read.includes(field)) ?? null;
  if (parts === null || parts.length === rules.parts?.length) return rules;
  const cases = rules.cases.map((one) => ({ ...one, rules: groupOfParts(one.rules, read) }));
  return { ...rules, ...comparing(parts), parts, cases, whole: rules };
}

function comparing(parts: readonly FieldRules[]): Pick<FieldRules, "equals" | "isBlank"> {
  return {
    equals: (a, b) =>
      a === b || (isTuple(a) && isTuple(b) && parts.every((part) => isAlike(part, a, b))),
    isBlank: (value) =>
      parts.every(({ field, isBlank }) =>
        isBlank(isTuple(value) ? (value.parts[field] ?? null) : null),
      ),
  };
}

function isAlike({ field, equals }: FieldRules, a: Tuple, b: Tuple): boolean {
  const [one, other] = [a.parts[field], b.parts[field]];
  return one === undefined || other === undefined || equals(one, other);
}
