import type {
  AttemptId,
  BindingId,
  ConflictId,
  EntityId,
  LinkId,
  QuarantineId,
  RecordId,
  SystemId,
} from "../ids.ts";
import type { Awaited } from "../mapping/refer.ts";
import { asPosition, type Position } from "../position.ts";
import type { Columns, FieldValue, FieldValues } from "../values/field-value.ts";

/**
 * The states that `reconcile` compares: the hub's value (h), and per link and field the base
 * (s, g). Key names are short because they are stored a hundred million times.
 */

/** Where a hub value came from: "system:erp" or "person:ana@example.com". */
export type Source = `system:${string}` | `person:${string}`;

export type HubValue = {
  readonly v: FieldValue;
  readonly by: Source;
  /** When its source wrote it, ISO 8601 UTC with microseconds; the hub's clock where unknown. */
  readonly at: string;
};

/**
 * The merge base of one link and field. `s`: the system's value last accounted for. `g`: the hub
 * value that it stands for; a missing `g` equals `s`, and `void` means it stands for none, so that
 * the hub's value is due.
 */
export type Base = {
  readonly s: FieldValue;
  readonly g?: FieldValue;
  readonly void?: true;
  /** Kept apart: the link does not receive the field until the values meet. */
  readonly apart?: true;
  /**
   * The held item about which a person has spoken: this very `s` may stand although it breaks a
   * rule, or `apart` is their word. No rule takes it up again.
   */
  readonly said?: QuarantineId;
  /**
   * The hub came to the same value by an edit elsewhere that this system has not been told of: what
   * it changed before that edit is no clean edit.
   */
  readonly byChance?: true;
  /** It refers to its record by a name that this has no more: it is to be told the present one. */
  readonly misnamed?: true;
  /** What stood there before a write of ours of which, as of then, its answer alone tells. */
  readonly w?: { readonly v: FieldValue; readonly at: string };
};

export type RecordState = {
  readonly id: RecordId;
  readonly entity: EntityId;
  readonly values: Readonly<Record<string, HubValue>>;
  /** When the hub record was deleted; null while it lives. */
  readonly deletedAt: string | null;
  /** A person found it to be another record, and it lives there; null for all others. */
  readonly merged?: Merged | null;
};

/** Where a merged record went, with all that parting the two again needs. */
export type Merged = {
  readonly into: RecordId;
  /** The hub's time of the act, ISO 8601 UTC. */
  readonly at: string;
  readonly by: Source;
  /** Links that went along. */
  readonly moved: readonly LinkId[];
  /** Second rows that stay in their system as they are: read, neither decided nor written. */
  readonly left: readonly LinkId[];
  /** Second rows that were to be deleted in their system. */
  readonly deleted: readonly LinkId[];
  /** Rows of either record that were still to be made, and are not any more. */
  readonly dropped: readonly LinkId[];
  /** Fields whose value the other record took from this one. */
  readonly taken: readonly string[];
  /** Per link of either record: fields in which its system was kept apart. */
  readonly apart: Readonly<Record<LinkId, readonly string[]>>;
  /** What was asked about its fields. */
  readonly asked: readonly Pick<Conflict, "field" | "reason" | "candidates">[];
  /** The other record's values before. */
  readonly before: Readonly<Record<string, HubValue>>;
};

/**
 * pending: to be created in its system · live · gone: a tombstone, its row was deleted ·
 * unlinked: a person or a rule parted them · left: its row left the binding's scope; it may come
 * back, to its bases as they were · archived: its record was deleted and we put the row away ·
 * missing: told as deleted with many others, which waits for a person · doubted: its id may have
 * been given to another row, which waits for a person
 */
export const LINK_STATES = [
  "pending",
  "live",
  "gone",
  "unlinked",
  "left",
  "archived",
  "missing",
  "doubted",
] as const;
export type LinkStateName = (typeof LINK_STATES)[number];

/** States of a link whose row is followed although nothing of it is read or written. */
export const ASIDE: readonly LinkStateName[] = ["left", "archived", "missing", "doubted"];

export const isAside = ({ state }: Pick<LinkState, "state">): boolean => ASIDE.includes(state);

export type LinkState = {
  readonly id: LinkId;
  readonly record: RecordId;
  readonly binding: BindingId;
  readonly system: SystemId;
  /** Null while pending. */
  readonly externalId: string | null;
  readonly incarnation: number;
  readonly state: LinkStateName;
  /** Mapped columns as last accounted for: the condition of the next write. */
  readonly columns: Columns;
  readonly bases: Readonly<Record<string, Base>>;
  /** The last observation's place in the link's order. Earlier ones decide nothing. */
  readonly position: Position | null;
  /** Rounds per field in the current hour, for the war guard. */
  readonly reverts?: Readonly<Record<string, Rounds>>;
  /**
   * Of a row that is still to be made: the held item with which a person has let it be that it is
   * not, until a value changes that it would be made with.
   */
  readonly letBe?: QuarantineId | null;
};

/** How often a value was set back, or came back: `v` is the one that came, where one did. */
export type Rounds = {
  readonly count: number;
  readonly since: string;
  readonly v?: FieldValue;
};

/** What the engine asks `reconcile` about: one external row as its binding's map reads it. */
export type MappedObservation = {
  readonly binding: BindingId;
  readonly system: SystemId;
  readonly externalId: string;
  /** The row's id before, when its key changed. */
  readonly previousExternalId?: string;
  readonly kind: "full" | "gone";
  /** All columns that were read and are mapped; an unread one is missing. */
  readonly columns: Columns;
  /** What the mapping made of them; a field that could not be observed is missing. */
  readonly fields: FieldValues;
  /** Fields whose value does not fit its type, a step or a validation rule. */
  readonly problems: readonly FieldProblem[];
  /** Values in `fields` that break a rule which only warns. */
  readonly warnings?: readonly FieldProblem[];
  /** References that mean what they meant, by a name which that has no more. */
  readonly misnamed?: readonly string[];
  readonly position: Position;
  /** The source's commit time, ISO 8601 UTC; null where it has none. */
  readonly at: string | null;
  readonly transaction: string | null;
  /** Why the row lies outside its binding's scope, as a sentence; missing where it does not. */
  readonly outside?: string;
  /** A whole read found it so: no event says that anybody did anything. */
  readonly enumerated?: true;
  /** Our own write's row, read some time after it: what differs from it may be an edit since. */
  readonly readBack?: true;
  /** Our own write's row as its answer shows it: nobody else has said that it was done. */
  readonly answered?: true;
};

/** What is known of a linked row, told once more: no news but what is added to it. */
export function rowOf(link: LinkState, columns: Columns): MappedObservation {
  return {
    binding: link.binding,
    system: link.system,
    externalId: link.externalId ?? "",
    kind: "full",
    columns,
    fields: {},
    problems: [],
    position: link.position ?? asPosition(""),
    at: null,
    transaction: null,
  };
}

export type FieldProblem = {
  readonly field: string;
  /** Machine-readable: "type", "required", "length" … */
  readonly code: string;
  /** For people, with the value shortened: `"12,5" is not a decimal number.` */
  readonly message: string;
  readonly value: FieldValue | null;
  /** Nothing that its row tells is taken while it stands. */
  readonly severity?: "record";
  /** The other end of a reference: when it comes, the value is decided again by itself. */
  readonly awaits?: Awaited;
};

/** An intent to write, committed before the call. One attempt explains one observation. */
export const ATTEMPT_STATES = ["open", "stored", "refused", "unknown"] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

export type Attempt = {
  readonly id: AttemptId;
  readonly link: LinkId;
  readonly binding: BindingId;
  readonly system: SystemId;
  readonly operation: "create" | "update" | "delete";
  /** The target's own id of our transaction: its event in the log carries it. */
  readonly transaction: string | null;
  /** Per field the hub value that the attempt carried. */
  readonly sent: FieldValues;
  /** Per column what was sent. */
  readonly columns: Columns;
  readonly state: AttemptState;
  /** The key of the row, once the target has told it. */
  readonly externalId: string | null;
};

/** One contender of a conflict. */
export type Candidate = {
  /** "system:shop", or the hub's own value's source. */
  readonly from: Source;
  readonly link: LinkId | null;
  /** Of a group a tuple of all its parts: those that the system does not tell are the hub's. */
  readonly value: FieldValue;
  readonly at: string | null;
  readonly position?: Position | null;
  /** A write of ours went over it before anybody could decide: its system has it no more. */
  readonly writtenOver?: true;
};

export const CONFLICT_KINDS = ["field", "identity", "delete"] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];
export const CONFLICT_STATES = ["open", "resolved", "withdrawn"] as const;
export type ConflictState = (typeof CONFLICT_STATES)[number];
/** Why a machine must not decide: a code that the screens make a sentence of. */
export const CONFLICT_REASONS = [
  "policy-review",
  "tie",
  "collision",
  "merge-breaks-rule",
  "no-answer",
  "part-of-group",
  "first-contact",
  "refused-review",
  "unknown-outcome",
  "drift",
  "war",
  "ambiguous-match",
  "row-gone",
  "row-gone-with-edits",
  "left-scope",
  "record-deleted",
  "mass-change",
] as const;
export type ConflictReason = (typeof CONFLICT_REASONS)[number];

/** A question that a person must answer (or did). One open question per record and field. */
export type Conflict = {
  readonly id: ConflictId;
  readonly kind: ConflictKind;
  readonly entity: EntityId;
  readonly record: RecordId;
  /** Null for identity and delete questions; of a group its first field. */
  readonly field: string | null;
  readonly reason: ConflictReason;
  /** The last agreed value (the hub's when the question opened); missing where there was none. */
  readonly base?: FieldValue;
  readonly candidates: readonly Candidate[];
  /** Counts every change of the candidates; an answer names the one that it was shown. */
  readonly revision: number;
  readonly state: ConflictState;
  readonly openedAt: string;
};
