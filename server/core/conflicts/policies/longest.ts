import { countCharacters } from "../../validation/count-characters.ts";
import { type FieldValue, isList } from "../../values/field-value.ts";
import { POLICY_WORDS } from "../policy-words.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/**
 * Whoever said most. Of equally long values one must win whichever came first, without a clock:
 * the one that sorts first, by code point.
 */
export const longest: PolicyDefinition = {
  id: "longest",
  ...POLICY_WORDS.longest,
  types: ["text", "list", "set"],
  decide({ hub, edit }: Contest): Verdict {
    const difference = lengthOf(edit.v) - lengthOf(hub.v);
    if (difference !== 0) return difference > 0 ? { kind: "edit" } : { kind: "hub" };
    return sortsBefore(edit.v, hub.v) ? { kind: "edit" } : { kind: "hub" };
  },
};

/** Characters of a text, members of a list; nothing is shorter than the empty text. */
function lengthOf(value: FieldValue): number {
  if (typeof value === "string") return countCharacters(value);
  return value !== null && typeof value === "object" && isList(value) ? value.length : -1;
}

function sortsBefore(a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(a) < JSON.stringify(b);
}
