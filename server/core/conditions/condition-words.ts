import type { Condition, Field } from "../map/document.ts";

/** "Region is EU or UK and Stock is at least 5": conditions on the fields of a record. */
export function conditionsWords(
  fields: readonly Pick<Field, "id" | "name">[],
  conditions: readonly Condition[],
): string {
  const nameOf = (id: string) => fields.find((field) => field.id === id)?.name ?? id;
  return conditions.map((one) => conditionWords(one, nameOf(one.of))).join(" and ");
}

/** "country is DE, AT or CH" */
export function conditionWords({ of, operator, values }: Condition, name = of): string {
  return `${name} ${OPERATOR_WORDS[operator]} ${either(values)}`.trimEnd();
}

export const OPERATOR_WORDS: Record<Condition["operator"], string> = {
  is: "is",
  "is-not": "is not",
  below: "is below",
  "at-most": "is at most",
  above: "is above",
  "at-least": "is at least",
  "starts-with": "begins with",
  blank: "is empty",
  "not-blank": "is not empty",
};

function either(values: readonly string[]): string {
  const last = values.at(-1) ?? "";
  return values.length < 2 ? last : `${values.slice(0, -1).join(", ")} or ${last}`;
}
