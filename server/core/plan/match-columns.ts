import type { Columns, ColumnValue } from "../values/field-value.ts";
import type { BindingRules } from "./compile-map.ts";

/**
 * How a row that a target may have already is looked for before it is made: per match key the
 * columns that tell it, with what is to be written there. A key counts only where the map both
 * writes and reads it in columns of its own: a row found by another would be matched with nobody.
 */
export function matchColumns(rules: BindingRules, columns: Columns): Columns[] {
  return rules.entity.matchKeys.flatMap(({ fields }) => {
    const names = fields.flatMap((field) => ownColumns(rules, field, fields) ?? [UNKNOWN]);
    const match = names.map((name): [string, ColumnValue] => [name, columns[name] ?? null]);
    return match.some(([, value]) => value === null) ? [] : [Object.fromEntries(match)];
  });
}

/** No column is called so. */
const UNKNOWN = "";

/** Columns in which the map reads the field, and writes it with other parts of its key alone. */
function ownColumns(
  { binding, mapping, inFields }: BindingRules,
  field: string,
  key: readonly string[],
): readonly string[] | undefined {
  const { writes } = mapping.edgeOfField(field);
  const edge = binding.edges.find(({ id }) => id === writes);
  const isOwn = edge?.fields.every((one) => key.includes(one)) === true;
  return isOwn && inFields.includes(field) ? edge.columns : undefined;
}
