import { conditionWords } from "../conditions/condition-words.ts";
import type { Scope } from "../map/document.ts";

/**
 * Which rows a binding is about, without a full stop.
 *
 * => "rows where country is DE or AT and retired_on is empty; one that leaves is left alone"
 */
export function scopeWords(scope: Scope | undefined): string {
  if (scope === undefined) return "all rows";
  const joined = scope.conditions
    .map((one) => conditionWords(one))
    .join(scope.match === "all" ? " and " : " or ");
  return `rows where ${joined}; one that leaves is ${LEFT_WORDS[scope.whenLeft]}`;
}

const LEFT_WORDS: Record<Scope["whenLeft"], string> = {
  stop: "left alone",
  gone: "taken for gone",
};

/** "Valid to (date)" */
export const fieldWords = ({ name, type }: { readonly name: string; readonly type: string }) =>
  `${name} (${type})`;
