import type { Condition, Field } from "./document.ts";

/** "Region is EU or UK and Stock is at least 5": what must hold for a case, in words. */
export function conditionsWords(
  fields: readonly Field[],
  conditions: readonly Condition[],
): string {
  return conditions.map((one) => conditionWords(fields, one)).join(" and ");
}

function conditionWords(fields: readonly Field[], condition: Condition): string {
  const name = fields.find(({ id }) => id === condition.field)?.name ?? condition.field;
  switch (condition.is) {
    case "one-of":
      return `${name} is ${condition.values.join(" or ")}`;
    case "none-of":
      return `${name} is not ${condition.values.join(" or ")}`;
    case "at-least":
      return `${name} is at least ${condition.value}`;
    case "at-most":
      return `${name} is at most ${condition.value}`;
    case "blank":
      return `${name} is blank`;
    case "present":
      return `${name} has a value`;
  }
}
