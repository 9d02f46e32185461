import { diffIndices } from "node-diff3";
import { LIMITS } from "../../limits.ts";
import { isSame } from "../../map/same.ts";
import type { FieldValue } from "../../values/field-value.ts";
import { POLICY_WORDS } from "../policy-words.ts";
import type { Contest, PolicyDefinition, Verdict } from "./policy.ts";

/**
 * Three ways, sentence by sentence and line by line: both sides' changes of what the edit started
 * from are made, where they lie apart. Where they meet or touch a person is asked.
 */
export const textMerge: PolicyDefinition = {
  id: "text-merge",
  ...POLICY_WORDS["text-merge"],
  types: ["text"],
  readsChange: true,
  decide({ rules, hub, base, edit }: Contest): Verdict {
    if (base === undefined) return { kind: "ask", reason: "collision" };
    const merged = merge(textOf(base), textOf(hub.v), textOf(edit.v));
    if (merged === null) return { kind: "ask", reason: "collision" };
    if (rules.equals(merged, hub.v)) return { kind: "hub" };
    return rules.equals(merged, edit.v) ? { kind: "edit" } : { kind: "value", value: merged };
  },
};

const textOf = (value: FieldValue): string => (typeof value === "string" ? value : "");

/** Pieces of the base that are replaced by others; from = to puts something in between. */
type Hunk = { readonly from: number; readonly to: number; readonly put: readonly string[] };

/**
 * "A. B. C. ", "A! B. C. ", "A. B. D. " => "A! B. D. "; null where the changes meet.
 *
 * What comes out must differ from the base by exactly both sides' changes. Then it is the same
 * text in whatever order several sides' changes are merged.
 */
function merge(base: string, one: string, other: string): string | null {
  const [from, left, right] = [piecesOf(base), piecesOf(one), piecesOf(other)];
  if ([from, left, right].some(({ length }) => length > LIMITS.mergePiecesMax)) return null;
  const hunks = unite(hunksOf(from, left), hunksOf(from, right));
  if (hunks === null) return null;
  const text = applied(from, hunks);
  return isSame(hunksOf(from, piecesOf(text)), hunks) ? text : null;
}

/** Each sentence with the space after its end, each line with its break: joined, the very text. */
function piecesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n|[.!?]\s)/u);
}

function hunksOf(base: string[], text: string[]): Hunk[] {
  return diffIndices(base, text).map(({ buffer1: [from, length], buffer2Content: put }) => ({
    ...{ from, to: from + length, put },
  }));
}

/** Both sides' changes in their order, one that both have made once; null where two touch. */
function unite(one: readonly Hunk[], other: readonly Hunk[]): Hunk[] | null {
  const more = other.filter((hunk) => !one.some((known) => isSame(known, hunk)));
  const all = [...one, ...more].sort((a, b) => a.from - b.from || a.to - b.to);
  const touches = all.some((hunk, at) => hunk.from <= (all[at - 1]?.to ?? -1));
  return touches ? null : all;
}

function applied(base: readonly string[], hunks: readonly Hunk[]): string {
  let end = 0;
  const parts: string[] = [];
  for (const { from, to, put } of hunks) {
    parts.push(...base.slice(end, from), ...put);
    end = to;
  }
  return [...parts, ...base.slice(end)].join("");
}
