import { type FieldValue, isList } from "../../values/field-value.ts";
import { POLICY_WORDS } from "../policy-words.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/**
 * Three ways: what either side has added is in, what either side has removed is out. Without a
 * base nobody has removed anything. A list counts as a set: members in the order of the base, then
 * the added ones sorted, so that the order of arrival does not show.
 *
 * base [1, 2], hub [2] (1 removed), edit [1, 2, 3] (3 added) => [2, 3]
 */
export const setUnion: PolicyDefinition = {
  id: "set-union",
  ...POLICY_WORDS["set-union"],
  types: ["set", "list"],
  readsChange: true,
  decide({ rules, hub, base = null, edit }: Contest): Verdict {
    const was = membersOf(rules, base);
    const theirs = membersOf(rules, hub.v);
    const mine = membersOf(rules, edit.v);
    const added = [...new Map([...theirs, ...mine]).keys()]
      .filter((key) => !was.has(key))
      .map((key) => spelledFirst(theirs.get(key), mine.get(key)));
    const kept = [...was].filter(([key]) => theirs.has(key) && mine.has(key));
    const members = [...kept.map(([, member]) => member), ...inOrder(added)];
    // The one spelling of a set is sorted as a whole.
    const value = rules.type === "set" ? inOrder(members) : members;
    if (rules.equals(value, hub.v)) return { kind: "hub" };
    return rules.equals(value, edit.v) ? { kind: "edit" } : { kind: "value", value };
  },
};

/** By what they mean; a blank has none. */
function membersOf({ memberKey }: Contest["rules"], value: FieldValue): Map<string, FieldValue> {
  const members = value !== null && typeof value === "object" && isList(value) ? value : [];
  return new Map(members.map((member) => [memberKey(member), member]));
}

/** Both sides may have added one member in two spellings: the one that sorts first. */
function spelledFirst(a: FieldValue | undefined, b: FieldValue | undefined): FieldValue {
  if (a === undefined || b === undefined) return a ?? b ?? null;
  return inOrder([a, b])[0] ?? null;
}

function inOrder(members: readonly FieldValue[]): FieldValue[] {
  const keyed = new Map(members.map((member) => [JSON.stringify(member), member]));
  return [...keyed.keys()].sort().map((key) => keyed.get(key) ?? null);
}
