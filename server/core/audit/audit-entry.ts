import type { ConflictId, LinkId, RecordId, RunId } from "../ids.ts";
import type { FieldValue } from "../values/field-value.ts";

/**
 * What one audit line says happened. Hub side first, then a write to a system (seen from our
 * side: sent, stored), then acts on identity and state.
 */
export const AUDIT_KINDS = [
  /** A record was made; `after` holds all its first values as an object, `field` is null. */
  "created",
  /** A system's edit became the hub's value. */
  "accepted",
  /** A system held the hub's value already: linked silently or edited to the same. */
  "converged",
  /** A system's edit lost; `after` is the hub's value that stands, `losers` holds the edit. */
  "rejected",
  /** A system's edit is kept apart: both values stand. */
  "kept-apart",
  /** An edit waits in a conflict for a person; `losers` holds it. */
  "held",
  /** A person, or agreement of all candidates, settled a conflict. */
  "resolved",
  /** A person set the hub's value outside a conflict. */
  "set",
  /** The hub's value was written to a system; `before` is what stood there. */
  "stored",
  /** The system stored something else than was sent: `after` stored, `losers` sent. */
  "adjusted",
  /** A row was made in a system; `after` holds its values as an object. */
  "row-created",
  /** A row was deleted in a system by us. */
  "row-deleted",
  /** A row was put away in a system by us, for its record was deleted; or brought back. */
  "row-archived",
  "row-restored",
  /** A system refused a write, or a value failed validation: waits in quarantine. */
  "quarantined",
  /** A value was taken that breaks a rule which only warns. */
  "warned",
  /** Quarantined work was let go: replayed, or dismissed with a reason. */
  "released",
  "linked",
  "unlinked",
  /** A system's row is gone. */
  "row-gone",
  /** The hub record was deleted, or came back as a new incarnation. */
  "deleted",
  "restored",
  /**
   * Another record was merged into this one: one line for the act, and one for each field in which
   * they differed, with the value that lost.
   */
  "merged",
  /** The record was merged into another one and lives on there. */
  "merged-into",
  /** Two records that were merged are parted again; a line for each field that changed by it. */
  "unmerged",
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Who did it: "system:erp", "person:ana@example.com", "engine". */
export type Actor = string;

/** One line of the audit log: one field of one record, in the hub or in one system. */
export type AuditEntry = {
  readonly kind: AuditKind;
  readonly actor: Actor;
  readonly entity: string;
  /** Null for a row that never was a record's. */
  readonly record: RecordId | null;
  readonly link: LinkId | null;
  /** The system concerned: where the edit came from, or where it was written to. */
  readonly system: string | null;
  readonly field: string | null;
  /** Absent where there was nothing before. */
  readonly before?: FieldValue;
  /** A created record or row has all its values here, by field. */
  readonly after?: FieldValue | Readonly<Record<string, FieldValue>>;
  /** The values that were decided against or wait, each with where it came from. */
  readonly losers?: readonly Loser[];
  readonly rule: Rule;
  readonly cause: Cause;
};

export type Loser = {
  readonly from: string;
  readonly value: FieldValue;
  /** When the loser was written in its system, ISO 8601 UTC, where known. */
  readonly at?: string | null;
};

/** The rule that decided, as a code; the screens make a sentence of it. */
export const RULES = [
  "first-value",
  "equal",
  "empty-yields",
  "only-change",
  "owner",
  "fills-blank",
  "rank",
  "newest",
  "ranked",
  "min",
  "max",
  "longest",
  "first-non-empty",
  "sum-of-deltas",
  "set-union",
  "text-merge",
  "expression",
  "not-an-owner",
  "set-once",
  "may-not-clear",
  "review",
  "tie",
  "delivery",
  "adjusted",
  "matched",
  "person",
  "validation",
  "target-limit",
  "target-refused",
  "row-gone",
  "mass-change",
  "id-reused",
  "scope",
  "unmapped",
  "war",
  "publish",
] as const;
export type Rule = (typeof RULES)[number];

/** What made it happen, enough to find the source event again. */
export type Cause = {
  /** The source's position of the event, where it came from one. */
  readonly position?: string | null;
  /** The source's transaction id. */
  readonly transaction?: string | null;
  /** When the source says it happened, ISO 8601 UTC. */
  readonly at?: string | null;
  readonly conflict?: ConflictId;
  readonly attempt?: string;
  readonly quarantine?: string;
  /** The other record of a merge. */
  readonly other?: RecordId;
  readonly run?: RunId;
  /** The command of a person, where one did it. */
  readonly command?: string;
  /** Words for people: why a value was refused. */
  readonly detail?: string;
};
