import type { ConflictReason } from "../../../server/core/reconcile/state.ts";
import type { Question } from "./conflict-filter.ts";

type Names = {
  /** What the field is called; empty for a question about a record. */
  readonly field: string;
  /** Who contends, by name, in the order of the columns. */
  readonly sides: readonly string[];
};

/** Why a machine must not decide this, in one or two sentences. */
export function whySentence(question: Pick<Question, "reason">, names: Names): string {
  return SENTENCES[question.reason](names.field, join(names.sides));
}

const SENTENCES: Readonly<Record<ConflictReason, (field: string, sides: string) => string>> = {
  "policy-review": (field, sides) =>
    `${sides} changed ${field} after they had last agreed. The map asks a person then.`,
  tie: (field, sides) =>
    `${sides} changed ${field} so close together that their clocks cannot tell which came last, ` +
    "and neither outranks the other.",
  collision: (field, sides) =>
    `${sides} changed the same passage of ${field}, or passages next to each other: the two texts ` +
    "cannot be merged by a rule.",
  "merge-breaks-rule": (field, sides) =>
    `${sides} changed ${field}, and what both changes make together breaks a rule of the field.`,
  "no-answer": (field, sides) =>
    `${sides} changed ${field}, and the map's expression gives no value of the field for that.`,
  "part-of-group": (field, sides) =>
    `${sides} changed ${field}, and one of them knows only a part of it: put beside the rest, its ` +
    "part could make what nobody has ever had.",
  "first-contact": (field, sides) =>
    `${sides} were joined to one record and held different values in ${field}. They never ` +
    "agreed on one, so nothing tells which is right.",
  "refused-review": (field, sides) =>
    `${sides}: the rule for ${field} does not admit every edit of every system, and says that ` +
    "such an edit is looked at by a person.",
  "unknown-outcome": (field, sides) =>
    `${sides}: nobody knows whether our last write of ${field} arrived, so adding up the changes ` +
    "could count one of them twice.",
  drift: (field, sides) =>
    `${sides} hold different values in ${field}, and no edit that we saw explains it.`,
  war: (field, sides) =>
    `${sides} kept setting ${field} back, again and again within an hour. It was stopped.`,
  "ambiguous-match": (_, sides) => `${sides}: a row matches more than one record.`,
  "row-gone": (_, sides) => `${sides} deleted its row. The map asks a person what that means.`,
  "row-gone-with-edits": (_, sides) =>
    `${sides} deleted its row, while somebody else had changed the record.`,
  "left-scope": (_, sides) =>
    `The row in ${sides} left the scope of its binding, and the map takes such a row for gone. A ` +
    "person decides what that means for the record.",
  "record-deleted": (_, sides) =>
    `The record was deleted. The map asks a person before the row in ${sides} goes too.`,
  "mass-change": (_, sides) => `${sides} changed very many records at once.`,
};

/** ["ERP", "Shop", "CRM"] => "ERP, Shop and CRM" */
function join(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "Nobody";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
