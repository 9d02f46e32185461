import { KIND_WORDS } from "../../../components/audit-words.ts";
import type { AuditKind } from "../../../server/core/audit/audit-entry.ts";

/** Kinds that answer one question of a reader together. */
export const KIND_GROUPS = [
  { id: "hub", label: "The hub’s values", kinds: ["created", "accepted", "resolved", "set"] },
  {
    id: "writes",
    label: "Writes to systems",
    kinds: ["stored", "adjusted", "row-created", "row-deleted", "row-archived", "row-restored"],
  },
  {
    id: "refused",
    label: "Refused or waiting",
    kinds: ["rejected", "kept-apart", "held", "quarantined", "warned", "released"],
  },
  {
    id: "rows",
    label: "Rows and records",
    kinds: [
      "linked",
      "unlinked",
      "row-gone",
      "deleted",
      "restored",
      "merged",
      "merged-into",
      "unmerged",
    ],
  },
] as const satisfies readonly { id: string; label: string; kinds: readonly AuditKind[] }[];

/** What a filter by kinds is called: its group, or the kinds themselves. */
export function kindsWords(kinds: readonly AuditKind[]): string {
  const group = KIND_GROUPS.find(
    (one) => one.kinds.length === kinds.length && one.kinds.every((kind) => kinds.includes(kind)),
  );
  return group?.label ?? kinds.map((kind) => KIND_WORDS[kind]).join(", ");
}
