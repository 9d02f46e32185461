import type { Scope, ScopeCondition } from "../map/document.ts";

/**
 * Which rows a binding is about, without a full stop.
 *
 * => "rows where country is DE or AT and retired_on is empty; one that leaves is left alone"
 */
export function scopeWords(scope: Scope | undefined): string {
  if (scope === undefined) return "all rows";
  const joined = scope.conditions
    .map(conditionWords)
    .join(scope.match === "all" ? " and " : " or ");
  return `rows where ${joined}; one that leaves is ${LEFT_WORDS[scope.whenLeft]}`;
}

const LEFT_WORDS: Record<Scope["whenLeft"], string> = {
  stop: "left alone",
  gone: "taken for gone",
};

/** "country is DE, AT or CH" */
export function conditionWords({ column, operator, values }: ScopeCondition): string {
  return `${column} ${OPERATOR_WORDS[operator]} ${either(values)}`.trimEnd();
}

export const OPERATOR_WORDS: Record<ScopeCondition["operator"], string> = {
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

/** "Valid to (date)" */
export const fieldWords = ({ name, type }: { readonly name: string; readonly type: string }) =>
  `${name} (${type})`;
